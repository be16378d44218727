import Foundation
import Synchronization
import TestSupport
import Testing

/// Every way a server can fail is a readable state of the dashboard, and `r` recovers once the server is well.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct RecoveryTests {
  private static let page = """
    {"data":[{"id":"00000000-0000-4000-8000-000000000001","name":"recovered key","created_date":"2026-01-02T03:04:05Z",\
    "last_four_digits":"ab12","creator_id":"00000000-0000-4000-8000-000000000002","restricted":true,\
    "permissions":["calls.view"]}],"has_more":false,"first_id":"00000000-0000-4000-8000-000000000001",\
    "last_id":"00000000-0000-4000-8000-000000000001"}
    """

  /// A fault, and words of the sentence it must be told in.
  struct Fault: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let status: Int
    let body: String
    var type = "application/json"
    var headers = ""
    let words: [String]
  }

  static let faults = [
    Fault(
      testDescription: "wrong token", status: 401, body: #"{"detail":"Not authenticated"}"#,
      words: ["does not accept the token", "APIKEYS_TOKEN"]),
    Fault(
      testDescription: "wrong token, older FastAPI", status: 403, body: #"{"detail":"Not authenticated"}"#,
      words: ["does not accept the token", "APIKEYS_TOKEN"]),
    Fault(
      testDescription: "no permission", status: 403, body: #"{"detail":"Missing permission"}"#,
      words: ["may not list keys", "api_keys.view"]),
    Fault(testDescription: "no such endpoint", status: 404, body: "{}", words: ["no key list at", "--url"]),
    Fault(
      testDescription: "rejected parameters", status: 422,
      body: #"{"detail":[{"loc":["query","limit"],"msg":"Input should be less","type":"x"}]}"#,
      words: ["query.limit: Input should be less", "--page-size"]),
    Fault(
      testDescription: "rate limited", status: 429, body: "{}", headers: "Retry-After: 0\r\n",
      words: ["(429)", "try again"]),
    Fault(
      testDescription: "server failure", status: 500, body: "Internal Server Error", type: "text/plain",
      words: ["The server failed (500): Internal Server Error.", "Try again later"]),
    Fault(
      testDescription: "server failure without a message", status: 500, body: #"{"data":[]}"#,
      words: ["The server failed (500)", "11 bytes"]),
    Fault(
      testDescription: "a web page", status: 200, body: "<!DOCTYPE html><html>sign in</html>", type: "text/html",
      words: ["web page", "login"]),
    Fault(testDescription: "bad JSON", status: 200, body: #"{"data":[{"#, words: ["not understood", "--url"]),
  ]

  @Test("A fault is shown on the screen, and refresh (r) recovers", arguments: faults)
  func recovers(_ fault: Fault) async throws {
    let isWell = Mutex(false)
    let server = try await FaultServer { _, _ in
      isWell.withLock { $0 }
        ? .http(RecoveryTests.page)
        : .http(fault.status, fault.body, type: fault.type, headers: fault.headers)
    }
    let session = try start(server.url)
    try expect(fault.words, in: session)
    isWell.withLock { $0 = true }
    try recover(session)
    await server.close()
  }

  @Test("A refused connection recovers when the server starts")
  func refused() async throws {
    let first = try await FaultServer { _, _ in .http(RecoveryTests.page) }
    let port = first.port
    await first.close()
    let session = try start("http://127.0.0.1:\(port)")
    try expect(["refused the connection on port \(port)", "--url"], in: session)
    let server = try await FaultServer(port: port) { _, _ in .http(RecoveryTests.page) }
    try recover(session)
    await server.close()
  }

  @Test(
    "An unresolvable host name recovers when it resolves",
    .enabled(if: geteuid() == 0, "needs root, for a table of hosts that only the program sees"))
  func nameNotFound() async throws {
    let server = try await FaultServer { _, _ in .http(RecoveryTests.page) }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("hosts-\(UUID().uuidString)")
    try "127.0.0.1 localhost\n".write(to: file, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }  // What is left over harms nothing.
    let session = try PtySession(
      program: "/usr/bin/unshare",
      arguments: [
        "--mount", "/bin/sh", "-c", "mount --bind \"$0\" /etc/hosts && exec \"$@\"", file.path,
        try TestProducts.path("apikeys-tui"), "--allow-http", "--url", "http://keys.invalid:\(server.port)",
      ], environment: ["APIKEYS_TOKEN": "test-token-for-recovery", "TZ": "UTC"], columns: 120, rows: 40)
    try expect(["keys.invalid was not found", "--url"], in: session)
    // In place: the program sees this file and no other.
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("127.0.0.1 keys.invalid\n".utf8))
    try handle.close()
    try recover(session)
    await server.close()
  }

  private func start(_ url: String) throws -> PtySession {
    try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", url],
      environment: ["APIKEYS_TOKEN": "test-token-for-recovery", "TZ": "UTC"], columns: 120, rows: 40)
  }

  /// Waits for the words, wherever a line of the screen breaks between them, and for the way on.
  private func expect(_ words: [String], in session: PtySession) throws {
    for text in words + ["press r to resume"] {
      try session.waitUntil("'\(text)'", timeout: .seconds(20)) { screen in
        screen.joined(separator: " ").split(separator: " ").joined(separator: " ").contains(text)
      }
    }
    try session.waitUntilQuiet()
    #expect(session.isCursorVisible)
  }

  private func recover(_ session: PtySession) throws {
    try session.send("r")
    try session.waitUntil("the key", timeout: .seconds(20)) { screen in
      screen.contains { $0.contains("recovered key") } && screen.contains { $0.contains("1 key, complete at") }
    }
    #expect(!session.screen.contains { $0.contains("press r to resume") })
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
  }
}
