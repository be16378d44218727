import Foundation
import TestSupport
import Testing

/// What the system counts of a process at rest.
@Suite("Wake-ups at rest", .serialized, .timeLimit(.minutes(5)))
struct IdleWakeTests {
  @Test("After a 429 without Retry-After nothing wakes the program", .tags(.t16))
  func tooManyRequests() async throws {
    let server = try await FaultServer { _, head in
      head.contains("after=") ? .http(429, "{\"detail\":\"slow down\"}") : .http(PageBody.page(for: head, of: 500))
    }
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url, "--page-size", "50"], columns: 140,
      rows: 30)
    try session.waitUntil("the first page", timeout: .seconds(20)) { $0.contains { $0.contains("key 0") } }
    try session.send("G")
    try session.waitUntil("the stop", timeout: .seconds(30)) { $0.contains { $0.contains("stopped after ") } }
    try session.waitUntilQuiet()
    // The thread of the connections wakes once, where the timer of its last request was.
    let before = try wakes(of: session.processIdentifier, sparing: "NIO")
    let seconds = 4
    #expect(session.bytesWritten(within: .seconds(seconds)) == 0)
    let woken = try wakes(of: session.processIdentifier, sparing: "NIO") - before
    print("figure T16: \(woken) wake-ups in \(seconds) s after a 429")
    #expect(woken == 0)
    try session.send("q")
    _ = try session.waitForExit()
    await server.close()
  }

  /// Voluntary switches of every thread but those whose names begin so.
  private func wakes(of process: pid_t, sparing prefix: String) throws -> Int {
    let tasks = "/proc/\(process)/task"
    var count = 0
    for task in try FileManager.default.contentsOfDirectory(atPath: tasks) {
      let status = try String(contentsOfFile: "\(tasks)/\(task)/status", encoding: .utf8)
      let lines = status.split(separator: "\n")
      if lines.first?.split(separator: "\t").last?.hasPrefix(prefix) == true { continue }
      for line in lines where line.hasPrefix("voluntary_ctxt_switches:") {
        count += line.split(separator: "\t").last.flatMap { Int($0) } ?? 0
      }
    }
    return count
  }
}
