import Foundation
import TestSupport
import Testing

/// Twelve ways for a network to fail, shown by the dashboard, by plain mode and by a command of the real program.
@Suite("Network faults", .serialized, .timeLimit(.minutes(5)))
struct NetworkFaultTests {
  enum Fault: CaseIterable {
    case name, refused, unreachable, tls, proxy, connectTimeout, silence, trickle, reset, truncated, wrongType, badJSON

    /// Words of its sentence, and the exit status.
    var expected: (words: String, status: Int32) {
      switch self {
      case .name: ("The name nonexistent.invalid was not found.", 69)
      case .refused: ("refused the connection", 69)
      case .unreachable: ("224.0.0.1 cannot be reached", 69)
      case .tls: ("No secure connection to localhost", 69)
      case .proxy: ("The proxy 127.0.0.1 did not connect", 69)
      case .connectTimeout: ("did not answer the connection within 1 second", 75)
      case .silence: ("sent nothing for 1 second", 75)
      case .trickle: ("did not finish its answer within 1 second", 75)
      case .reset: ("The connection to 127.0.0.1 was lost", 69)
      case .truncated: ("The answer of 127.0.0.1 ended too early", 69)
      case .wrongType: ("The answer is image/png, not JSON", 65)
      case .badJSON: ("The answer is not understood", 65)
      }
    }

    var answer: FaultServer.Answer {
      switch self {
      case .silence: .http("", toxics: [.timeout])
      case .trickle:
        .http(String(repeating: " ", count: 90_000), toxics: [.slicer(bytes: 1, milliseconds: 20, sparesHead: true)])
      case .reset: .http("{}", toxics: [.reset(afterBytes: 0)])
      case .truncated: .http(PageBody.page(0..<3, more: false), toxics: [.limit(bytes: 200)])
      case .wrongType: .http("not a page", type: "image/png")
      default: .http("{\"data\":[")
      }
    }
  }

  @Test(
    "Each network fault has its own message and exit code in every front end", .tags(.e2), arguments: Fault.allCases)
  func fault(_ fault: Fault) async throws {
    let answer = fault.answer
    let server = try await FaultServer { _, _ in answer }
    let proxy = try await ConnectProxy(target: server.port, status: 403)
    let stranger = try await FaultServer(identity: TestCertificates().selfSigned(for: "DNS:localhost")) { _, _ in answer
    }
    let hole = try BlackHole()
    var environment = ["APIKEYS_TOKEN": "sekrit-token-1"]
    var arguments: [String] = []
    switch fault {
    case .name: arguments = ["--url", "https://nonexistent.invalid"]
    case .unreachable: arguments = ["--url", "https://224.0.0.1"]
    case .refused:
      let closed = try await FaultServer { _, _ in answer }
      await closed.close()
      arguments = ["--url", closed.url]
    case .tls: arguments = ["--url", stranger.url]
    case .proxy:
      arguments = ["--url", "https://keys.example.com"]
      environment["https_proxy"] = "http://127.0.0.1:\(proxy.port)"
    case .connectTimeout: arguments = ["--url", "http://127.0.0.1:\(hole.port)", "--connect-timeout", "1"]
    case .silence: arguments = ["--url", server.url, "--idle-timeout", "1"]
    case .trickle: arguments = ["--url", server.url, "--timeout", "1"]
    default: arguments = ["--url", server.url]
    }
    let expected = fault.expected

    let list = try await ProgramRun(["list"] + arguments, environment: environment)
    #expect(list.status == expected.status, "\(list.errors)")
    #expect(list.errors.contains(expected.words), "\(list.errors)")
    #expect(list.output.isEmpty && list.errors.split(separator: "\n").count == 1)

    let plain = try await ProgramRun(["--plain"] + arguments, environment: environment)
    #expect((plain.output + plain.errors).contains(expected.words), "\(plain.output)\(plain.errors)")
    #expect(plain.status == expected.status, "\(plain.output)\(plain.errors)")

    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: arguments, environment: environment, columns: 200, rows: 30)
    try session.waitUntil("the words of \(fault)", timeout: .seconds(30)) { rows in
      rows.contains { $0.contains(expected.words) }
    }
    // It stays, with what to do, and nothing of the token; then it leaves when asked.
    #expect(!session.screen.joined().contains("sekrit"))
    try session.send("q")
    _ = try session.waitForExit()
    #expect(!session.isAlternateScreen)

    await proxy.close()
    await stranger.close()
    await server.close()
    print("figure E2: \(Fault.allCases.count) faults, each with its own sentence in browse, plain and list")
  }
}
