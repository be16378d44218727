import APIKeyClient
import APIKeyHTTPClient
import TestSupport
import Testing

/// Each phase of a request, slow: which limit ends it, and that it ends. No upper bound in time is asserted: the error
/// names the limit, and an hour is given where the limit must not be the one.
@Suite("Timeouts", .timeLimit(.minutes(5))) struct TimeLimitTests {
  /// Only one limit is short.
  private static func options(_ limit: WritableKeyPath<HTTPOptions.TimeLimits, Int>) -> HTTPOptions {
    var options = FaultRequest.options()
    options.limits.connect = 3_600_000
    options.limits.headers = 3_600_000
    options.limits.idle = 3_600_000
    options.limits.whole = 3_600_000
    options.limits[keyPath: limit] = 1000
    return options
  }

  @Test("The connect timeout ends a connection attempt", .tags(.e1))
  func connecting() async throws {
    let hole = try BlackHole()
    let start = ContinuousClock.now
    let error = try await FaultRequest.page(
      of: "http://127.0.0.1:\(hole.port)", options: TimeLimitTests.options(\.connect))
    #expect(error == .connectTimedOut(host: "127.0.0.1", seconds: 1))
    print("figure E1: a limit of 1 s for connecting ended after \(ContinuousClock.now - start)")
  }

  @Test("The connect timeout ends a TLS handshake", .tags(.e1))
  func handshake() async throws {
    let server = try await FaultServer { _, _ in .init(bytes: [], ending: .hang) }
    let error = try await FaultRequest.page(
      of: "https://localhost:\(server.port)", options: TimeLimitTests.options(\.connect))
    #expect(error?.exitCode == 75 || error?.exitCode == 69, "\(String(describing: error))")
    #expect(error != nil)
    await server.close()
  }

  @Test("The idle timeout ends a silent response", .tags(.e1))
  func silence() async throws {
    for bytes in [0, 10, 85] {
      let result = try await FaultRequest.page(options: TimeLimitTests.options(\.idle)) { _, _ in
        .init(bytes: Array(FaultServer.Answer.http(FaultRequest.emptyPage).bytes.prefix(bytes)), ending: .hang)
      }
      #expect(result.error == .idleTimedOut(host: "127.0.0.1", seconds: 1))
    }
  }

  @Test("The header timeout ends slow response headers", .tags(.e1))
  func head() async throws {
    var options = TimeLimitTests.options(\.headers)
    options.limits.connect = 1000
    let result = try await FaultRequest.page(options: options) { _, _ in
      .http(
        200, FaultRequest.emptyPage, headers: "X: \(String(repeating: "a", count: 5000))\r\n",
        toxics: [.slicer(bytes: 1, milliseconds: 100, sparesHead: false)])
    }
    #expect(result.error == .headersTimedOut(host: "127.0.0.1", seconds: 1))
    #expect(result.error?.exitCode == 75)
  }

  @Test("The total timeout ends a trickling response", .tags(.e1))
  func trickle() async throws {
    let toxics: [[FaultServer.Toxic]] = [
      [.bandwidth(bytesPerSecond: 1)], [.slicer(bytes: 1, milliseconds: 50, sparesHead: true)],
      [.latency(milliseconds: 200), .bandwidth(bytesPerSecond: 40)],
    ]
    for toxic in toxics {
      let result = try await FaultRequest.page(options: TimeLimitTests.options(\.whole)) { _, _ in
        .http(String(repeating: " ", count: 5000), toxics: toxic)
      }
      // Bytes keep coming, so that no other limit ends it.
      #expect(result.error == .requestTimedOut(host: "127.0.0.1", seconds: 1))
    }
  }

  @Test("A slow response within the limits succeeds", .tags(.e1))
  func slow() async throws {
    let toxics: [FaultServer.Toxic] = [
      .latency(milliseconds: 300), .bandwidth(bytesPerSecond: 2000), .slowClose(milliseconds: 500),
      .slicer(bytes: 7, milliseconds: 5, sparesHead: false), .limit(bytes: 100_000),
    ]
    for toxic in toxics {
      let result = try await FaultRequest.page { _, _ in .http(FaultRequest.emptyPage, toxics: [toxic]) }
      #expect(result.error == nil, "\(toxic)")
    }
  }

  @Test("The default timeouts are those of the specification", .tags(.e1))
  func defaults() {
    let limits = HTTPOptions().limits
    #expect((limits.connect, limits.headers, limits.idle, limits.whole) == (10_000, 15_000, 15_000, 30_000))
    #expect(HTTPOptions().maximumBody == 16 << 20)
    #expect(HTTPOptions().maximumHeaderBytes == 300 << 10)
  }
}
