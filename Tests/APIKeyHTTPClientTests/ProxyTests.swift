import APIKeyClient
import APIKeyHTTPClient
import TestSupport
import Testing

@Suite("Proxies", .timeLimit(.minutes(5)))
struct ProxyTests {
  @Test("A proxy sees only CONNECT", .tags(.b10))
  func tunnel() async throws {
    let certificates = try TestCertificates()
    let identity = try certificates.identity("keys", for: "DNS:keys.example.com")
    let server = try await FaultServer(identity: identity) { _, _ in .http(FaultRequest.emptyPage) }
    let proxy = try await ConnectProxy(target: server.port)
    var options = FaultRequest.options()
    options.limits.connect = 10_000
    options.limits.whole = 20_000
    options.caFile = certificates.authority
    options.proxy = ProxyAddress(
      host: "127.0.0.1", port: proxy.port, user: .init(name: "alice", password: "pass:word"))
    #expect(try await FaultRequest.page(of: "https://keys.example.com", options: options) == nil)
    #expect(server.heads.first?.contains("Bearer \(FaultRequest.canary)") == true)
    let lines = proxy.firstHead.components(separatedBy: "\r\n")
    #expect(lines.first == "CONNECT keys.example.com:443 HTTP/1.1")
    #expect(lines.contains { $0.lowercased() == "proxy-authorization: basic ywxpy2u6cgfzczp3b3jk" }, "\(lines)")
    let seen = String(decoding: proxy.bytes, as: UTF8.self)
    #expect(!seen.contains(FaultRequest.canary) && !seen.contains("api_key") && !seen.contains("Bearer"))
    await proxy.close()
    await server.close()
  }

  @Test(
    "A proxy's refusal names the proxy", .tags(.e2), arguments: [(403, "tunnel"), (407, "password"), (502, "tunnel")])
  func refusal(status: Int, word: String) async throws {
    let proxy = try await ConnectProxy(target: 1, status: status)
    var options = FaultRequest.options()
    options.proxy = ProxyAddress(host: "127.0.0.1", port: proxy.port)
    let error = try await FaultRequest.page(of: "https://keys.example.com", options: options)
    await proxy.close()
    guard case .proxyFailed(proxy: "127.0.0.1", let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.text.contains(word))
    // Nobody listens any more.
    guard case .proxyFailed? = try await FaultRequest.page(of: "https://keys.example.com", options: options) else {
      Issue.record("a proxy that is not there is not named")
      return
    }
  }
}
