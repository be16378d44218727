import APIKeyClient
import APIKeyHTTPClient
import Foundation
import TestSupport
import Testing
import TokenSource

@Suite("Errors of TLS", .timeLimit(.minutes(5)))
struct TLSErrorTests {
  @Test("Each TLS and proxy failure has its own message and next step", .tags(.t20))
  func tlsSteps() {
    let kinds: [TLSProblem] = [
      .expired(date: nil), .notYetValid(date: nil), .unknownAuthority, .wrongName([]), .oldVersion, .notTLS,
      .wantsClientCertificate, .otherKey(pin: "p"), .weak("w"), .nothingInCommon,
    ]
    #expect(Set(kinds.map(\.text)).count == kinds.count)
    #expect(Set(kinds.map(\.nextStep)).count == kinds.count)
    let steps = kinds + [.onlyCommonName, .nameNotKnown, .handshakeEnded, .noCertificate, .systemCertificates]
    for kind in steps { #expect(kind.nextStep.last == ".") }
  }

  @Test("HTTP to a TLS server is recognised, with the silent OpenSSL and Python servers too", .tags(.t20))
  func clearTextToTLS() async throws {
    let table = try TLSTable()
    let case13 = try #require(table.cases.first { $0.name == "TLS 1.3" })
    var options = FaultRequest.options()
    options.retries.tries = 1
    let error = try await FaultRequest.page(
      of: "http://localhost:\(case13.port)", options: options, request: PageRequest(limit: 1, order: .descending))
    #expect(error == .speaksTLS(host: "localhost", port: case13.port))
    #expect(error?.nextStep.contains("https://") == true)
    // A server of clear text that hangs up is not taken for one.
    for toxic in [FaultServer.Toxic.reset(afterBytes: 0), .limit(bytes: 0)] {
      let plain = try await FaultServer { _, _ in .http("", toxics: [toxic]) }
      let lost = try await FaultRequest.page(
        of: plain.url, options: options, request: PageRequest(limit: 1, order: .descending))
      #expect(lost == .connectionLost(host: "127.0.0.1"), "\(toxic)")
      await plain.close()
    }
  }
}
