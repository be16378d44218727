import APIKeyClient
import APIKeyHTTPClient
import TestSupport
import Testing

/// A load that is cancelled in each phase of a request, with limits that would not end it for an hour.
@Suite("Cancellation", .timeLimit(.minutes(5))) struct CancellationTests {
  enum Phase: CaseIterable {
    case connecting, handshake, waiting, head, body, pause, longWait
  }

  private func answer(_ phase: Phase) -> FaultServer.Answer {
    switch phase {
    case .connecting, .handshake, .waiting: .http("", toxics: [.timeout])
    case .head: .http("", toxics: [.slicer(bytes: 1, milliseconds: 20, sparesHead: false)])
    case .body:
      .http(
        String(repeating: " ", count: 90_000), toxics: [.slicer(bytes: 1, milliseconds: 20, sparesHead: true)])
    case .pause: .http(500, "{}")
    case .longWait: .http(503, "{}", headers: "Retry-After: 30\r\n")
    }
  }

  @Test("Cancelling ends a request in every phase, and its connection", .tags(.e9), arguments: Phase.allCases)
  func cancel(phase: Phase) async throws {
    var options = FaultRequest.options()
    options.limits.connect = 3_600_000
    options.limits.headers = 3_600_000
    options.limits.idle = 3_600_000
    options.limits.whole = 3_600_000
    options.retries.firstPause = 3_600_000
    // The library finishes a handshake that has begun, for nobody: its own limit ends it then.
    if phase == .handshake { options.limits.connect = 5000 }
    let script = answer(phase)
    let server = try await FaultServer { _, _ in script }
    let hole = try BlackHole()
    let url =
      switch phase {
      case .connecting: "http://127.0.0.1:\(hole.port)"
      case .handshake: "https://localhost:\(server.port)"
      default: server.url
      }
    let source = HTTPKeySource(address: try ServerAddress(parsing: url), options: options)
    let task = Task { () -> KeySourceError? in
      do throws(KeySourceError) {
        _ = try await source.page(PageRequest(limit: 1, order: .descending))
        return nil
      } catch {
        return error
      }
    }
    // The phase has begun: the server knows, or the connection attempt is on its way.
    switch phase {
    case .connecting: try await eventually { source.requestCount == 1 }
    case .handshake: try await eventually { server.receivedBytes > 0 }
    default: try await eventually { server.heads.count == 1 }
    }
    let start = ContinuousClock.now
    task.cancel()
    let error = await task.value
    let took = ContinuousClock.now - start
    #expect(error == .cancelled)
    await source.close()
    // Nothing goes on behind it: no connection is left, no request follows.
    try await eventually { server.openConnections == 0 }
    #expect(server.heads.count <= 1)
    print("figure E9: cancelled while \(phase) in \(took)")
    #expect(took < .seconds(2), "far more than the 200 ms it takes where the machine is free")
    await server.close()
  }
}
