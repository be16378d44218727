import TestSupport
import Testing

/// `q` in every phase of a load, in the real dashboard.
@Suite("Quitting", .serialized, .timeLimit(.minutes(5)))
struct QuitTests {
  enum Phase: CaseIterable {
    case connecting, handshake, waiting, head, body, pause, serverPause, countdown
  }

  private func answer(_ phase: Phase) -> FaultServer.Answer {
    switch phase {
    case .connecting, .handshake, .waiting: .http("", toxics: [.timeout])
    case .head: .http("", toxics: [.slicer(bytes: 1, milliseconds: 20, sparesHead: false)])
    case .body:
      .http(String(repeating: " ", count: 90_000), toxics: [.slicer(bytes: 1, milliseconds: 20, sparesHead: true)])
    case .pause: .http(500, "{}")
    case .serverPause: .http(503, "{}", headers: "Retry-After: 29\r\n")
    case .countdown: .http(429, "{}", headers: "Retry-After: 600\r\n")
    }
  }

  @Test("quit (q) leaves at any phase of a load", .tags(.e9), arguments: Phase.allCases)
  func quit(phase: Phase) async throws {
    let script = answer(phase)
    let server = try await FaultServer { _, _ in script }
    let hole = try BlackHole()
    let url =
      switch phase {
      case .connecting: "http://127.0.0.1:\(hole.port)"
      case .handshake: "https://localhost:\(server.port)"
      default: server.url
      }
    let session = try PtySession(program: TestProducts.path("apikeys-tui"), arguments: ["--url", url], columns: 120)
    switch phase {
    case .connecting:
      try session.waitUntil("the load", timeout: .seconds(20)) { $0.contains { $0.contains("loading...") } }
    case .handshake: try await eventually { server.receivedBytes > 0 }
    case .countdown:
      try session.waitUntil("the countdown", timeout: .seconds(20)) {
        $0.contains { $0.contains("trying again in") }
      }
    default: try await eventually { !server.heads.isEmpty }
    }
    try session.waitUntil("the screen", timeout: .seconds(20)) { _ in session.isAlternateScreen }
    let start = ContinuousClock.now
    try session.send("q")
    let status = try session.waitForExit()
    let took = ContinuousClock.now - start
    #expect(PtySession.exitCode(of: status) == 0)
    #expect(!session.isAlternateScreen)
    try await eventually { server.openConnections == 0 }
    await server.close()
    print("figure E9: q while \(phase): gone in \(took)")
    #expect(took < .seconds(2), "far more than the 200 ms it takes where the machine is free")
  }
}
