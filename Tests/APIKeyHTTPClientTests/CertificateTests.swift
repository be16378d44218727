import APIKeyClient
import APIKeyHTTPClient
import TestSupport
import Testing

@Suite("Certificates", .timeLimit(.minutes(5))) struct CertificateTests {
  @Test("An invalid certificate ends the connection before the request is sent", .tags(.b9))
  func certificates() async throws {
    let known = try TestCertificates()
    let unknown = try TestCertificates()
    let names = "DNS:localhost,IP:127.0.0.1"
    var refusals = 0
    func ask(
      _ identity: FaultServer.Identity, host: String = "localhost", trusting: Bool
    ) async throws -> (
      KeySourceError?, bytes: Int, heads: Int
    ) {
      let server = try await FaultServer(identity: identity) { _, _ in .http(FaultRequest.emptyPage) }
      var options = FaultRequest.options()
      options.limits.connect = 10_000
      options.limits.whole = 20_000
      options.caFile = trusting ? known.authority : nil
      let error = try await FaultRequest.page(of: "https://\(host):\(server.port)", options: options)
      await server.close()
      return (error, server.receivedBytes, server.heads.count)
    }
    let good = try known.identity("good", for: names)
    let cases: [(what: String, identity: FaultServer.Identity, trusting: Bool)] = [
      ("expired", try known.identity("expired", for: names, days: -1), true),
      ("wrong host", try known.identity("wrong", for: "DNS:other.example.com"), true),
      ("self-signed", try known.selfSigned(for: names), true),
      ("unknown root", try unknown.identity("stranger", for: names), true),
      ("our root, not given", good, false),
    ]
    for (what, identity, trusting) in cases {
      let result = try await ask(identity, trusting: trusting)
      guard case .tlsFailed(host: "localhost", let reason)? = result.0 else {
        Issue.record("\(what): \(String(describing: result.0))")
        continue
      }
      #expect(reason.text.contains("name") == (what == "wrong host"), "\(what): \(reason)")
      #expect(result.bytes == 0 && result.heads == 0, "\(what)")
      refusals += 1
    }
    // The same server is fine where its root is given, by name and by address.
    for host in ["localhost", "127.0.0.1"] {
      let result = try await ask(good, host: host, trusting: true)
      #expect(result.0 == nil && result.heads == 1)
    }
    print("figure B9: \(refusals) of \(cases.count) bad certificates refused, 0 request bytes seen")
  }

  @Test(
    "A CA file without certificates is an error", .tags(.b9),
    arguments: [
      (#filePath, "it holds no certificate in PEM form"), ("/nonexistent", "there is no such file"),
      ("/", "it is a directory"),
    ])
  func badAuthority(path: String, reason: String) async throws {
    var options = FaultRequest.options()
    options.caFile = path
    let error = try await FaultRequest.page(of: "https://localhost:1", options: options)
    #expect(error == .unusableCertificates(path: path, reason: reason))
  }
}
