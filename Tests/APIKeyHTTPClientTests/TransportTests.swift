import APIKeyClient
import APIKeyHTTPClient
import TestSupport
import Testing

@Suite("TLS and proxies") struct TransportTests {
  @Test("A certificate that is not right ends it before a byte of the request", .tags(.b9))
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
      let server = try await FaultServer(identity: identity) { _, _ in .http(Asking.emptyPage) }
      var options = Asking.options()
      options.limits.connect = 10_000
      options.limits.whole = 20_000
      options.caFile = trusting ? known.authority : nil
      let error = try await Asking.page(of: "https://\(host):\(server.port)", options: options)
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
    "A file without certificates is told", .tags(.b9),
    arguments: [
      (#filePath, "it holds no certificate in PEM form"), ("/nonexistent", "there is no such file"),
      ("/", "it is a directory"),
    ])
  func badAuthority(path: String, reason: String) async throws {
    var options = Asking.options()
    options.caFile = path
    let error = try await Asking.page(of: "https://localhost:1", options: options)
    #expect(error == .unusableCertificates(path: path, reason: reason))
  }

  @Test("A proxy sees CONNECT and nothing else", .tags(.b10))
  func tunnel() async throws {
    let certificates = try TestCertificates()
    let identity = try certificates.identity("keys", for: "DNS:keys.example.com")
    let server = try await FaultServer(identity: identity) { _, _ in .http(Asking.emptyPage) }
    let proxy = try await ConnectProxy(target: server.port)
    var options = Asking.options()
    options.limits.connect = 10_000
    options.limits.whole = 20_000
    options.caFile = certificates.authority
    options.proxy = ProxyAddress(
      host: "127.0.0.1", port: proxy.port, user: .init(name: "alice", password: "pass:word"))
    #expect(try await Asking.page(of: "https://keys.example.com", options: options) == nil)
    #expect(server.heads.first?.contains("Bearer \(Asking.canary)") == true)
    let lines = proxy.firstHead.components(separatedBy: "\r\n")
    #expect(lines.first == "CONNECT keys.example.com:443 HTTP/1.1")
    #expect(lines.contains { $0.lowercased() == "proxy-authorization: basic ywxpy2u6cgfzczp3b3jk" }, "\(lines)")
    let seen = String(decoding: proxy.bytes, as: UTF8.self)
    #expect(!seen.contains(Asking.canary) && !seen.contains("api_key") && !seen.contains("Bearer"))
    await proxy.close()
    await server.close()
  }

  @Test("A proxy that refuses is named", .tags(.e2), arguments: [(403, "tunnel"), (407, "password"), (502, "tunnel")])
  func refusal(status: Int, word: String) async throws {
    let proxy = try await ConnectProxy(target: 1, status: status)
    var options = Asking.options()
    options.proxy = ProxyAddress(host: "127.0.0.1", port: proxy.port)
    let error = try await Asking.page(of: "https://keys.example.com", options: options)
    await proxy.close()
    guard case .proxyFailed(proxy: "127.0.0.1", let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.text.contains(word))
    // Nobody listens any more.
    guard case .proxyFailed? = try await Asking.page(of: "https://keys.example.com", options: options) else {
      Issue.record("a proxy that is not there is not named")
      return
    }
  }
}
