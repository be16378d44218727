import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

@Suite("HTTP and HTTPS mixed up", .timeLimit(.minutes(5)))
struct SchemeMismatchTests {
  @Test("HTTPS to an HTTP port, and HTTP to an HTTPS port, each have their own error", .tags(.s3))
  func wrongScheme() async throws {
    var options = FaultRequest.options()
    options.limits.connect = 20_000
    options.retries.tries = 1
    // The alert of a server that speaks TLS.
    let secure = try await RawServer.start("\u{15}\u{3}\u{3}\u{0}\u{2}\u{2}\u{46}")
    let toTLS = try await FaultRequest.page(of: "http://127.0.0.1:\(secure.port)", options: options)
    #expect(toTLS == .speaksTLS(host: "127.0.0.1", port: secure.port))
    await secure.close()
    let plain = try await RawServer.start("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    let toClear = try await FaultRequest.page(of: "https://localhost:\(plain.port)", options: options)
    #expect(toClear == .tlsFailed(host: "localhost", reason: .notTLS))
    await plain.close()
  }
}
