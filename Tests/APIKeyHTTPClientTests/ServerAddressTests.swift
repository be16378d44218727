import APIKeyHTTPClient
import TestSupport
import Testing

@Suite("Server addresses", .timeLimit(.minutes(5))) struct ServerAddressTests {
  @Test(
    "Plain HTTP is refused except to this machine", .tags(.b8),
    arguments: [
      "http://127.0.0.1:80@evil", "http://localhost.evil.com", "http://2130706433", "http://0.0.0.0",
      "http://0x7f.0.0.1",
      "http://127.1", "http://127.0.0.1.evil.com", "http://[::ffff:127.0.0.1]", "http://evil.com", "ftp://localhost",
      "localhost:3000", "http://", "http://localhost:0", "http://localhost:99999", "http://local host", "http://[::1",
      "http://localhost#@evil", "http://localhost\\@evil",
    ])
  func refusedAddresses(url: String) {
    #expect(throws: ServerAddress.Problem.self) { try ServerAddress(parsing: url) }
  }

  @Test(
    "Valid addresses are accepted", .tags(.b8),
    arguments: [
      "http://127.0.0.1:3000", "http://127.9.9.9", "http://localhost", "http://LOCALHOST:1/", "http://[::1]:3000",
      "https://keys.example.com/base/",
    ])
  func takenAddresses(url: String) throws {
    #expect(try ServerAddress(parsing: url).endpoint.hasSuffix("/v1/api_key/"))
  }

  @Test("A list address is taken unchanged") func theListsOwnAddressIsTaken() throws {
    for text in ["https://h/base/v1/api_key/", "https://h/base/v1/api_key", "https://h/base", "https://h/base//"] {
      #expect(try ServerAddress(parsing: text).endpoint == "https://h/base/v1/api_key/")
    }
  }

  struct Row: Sendable {
    let url: String
    let environment: [String: String]
    /// `host:port` of the proxy; nil for a direct connection.
    let proxy: String?

    init(_ url: String, _ environment: [String: String], _ proxy: String?) {
      self.url = url
      self.environment = environment
      self.proxy = proxy
    }
  }

  private static let rows: [Row] = [
    Row("https://h.example.com", [:], nil),
    Row("https://h.example.com", ["https_proxy": "http://p:3128"], "p:3128"),
    Row("https://h.example.com", ["HTTPS_PROXY": "http://p:3128/"], "p:3128"),
    Row("https://h.example.com", ["https_proxy": "http://low:1", "HTTPS_PROXY": "http://up:2"], "low:1"),
    Row("https://h.example.com", ["https_proxy": "", "HTTPS_PROXY": "http://up:2"], "up:2"),
    Row("https://h.example.com", ["all_proxy": "p:3128"], "p:3128"),
    Row("https://h.example.com", ["ALL_PROXY": "p:3128"], "p:3128"),
    Row("https://h.example.com", ["https_proxy": "a:1", "all_proxy": "b:2"], "a:1"),
    Row("https://h.example.com", ["https_proxy": "p"], "p:1080"),
    Row("https://h.example.com", ["https_proxy": "http://p:80"], "p:80"),
    Row("https://h.example.com", ["https_proxy": "http://[2001:db8::1]:8080"], "2001:db8::1:8080"),
    Row("https://h.example.com", ["https_proxy": "http://u:s%40c@p:3128"], "p:3128"),
    Row("https://h.example.com", ["http_proxy": "http://p:3128", "HTTP_PROXY": "http://p:3128"], nil),
    Row("https://h.example.com", ["https_proxy": "p:1", "no_proxy": "*"], nil),
    Row("https://h.example.com", ["https_proxy": "p:1", "NO_PROXY": "example.com"], nil),
    Row("https://h.example.com", ["https_proxy": "p:1", "no_proxy": ".example.com"], nil),
    Row("https://h.example.com", ["https_proxy": "p:1", "no_proxy": "a.b, H.Example.COM."], nil),
    Row("https://notexample.com", ["https_proxy": "p:1", "no_proxy": "example.com"], "p:1"),
    Row("https://h.example.com", ["https_proxy": "p:1", "no_proxy": "other,*"], "p:1"),
    Row("https://10.1.2.3", ["https_proxy": "p:1", "no_proxy": "10.0.0.0/8"], nil),
    Row("https://11.1.2.3", ["https_proxy": "p:1", "no_proxy": "10.0.0.0/8,1.2.3"], "p:1"),
    Row("https://[2001:db8::7]", ["https_proxy": "p:1", "no_proxy": "2001:db8::/32"], nil),
    Row("https://localhost", ["https_proxy": "p:1"], nil),
    Row("https://127.0.0.1:8443", ["https_proxy": "p:1", "all_proxy": "p:1"], nil),
    Row("http://h.example.com", ["http_proxy": "p:1", "all_proxy": "p:1", "https_proxy": "p:1"], nil),
    Row("http://localhost", ["http_proxy": "p:1", "HTTP_PROXY": "p:1"], nil),
  ]

  @Test("Proxies are chosen by curl's rules", .tags(.b10))
  func proxies() throws {
    for row in ServerAddressTests.rows {
      let address = try ServerAddress(parsing: row.url, allowHTTP: true)
      let proxy = try ProxyAddress.choose(for: address) { row.environment[$0] }
      #expect(proxy.map { "\($0.host):\($0.port)" } == row.proxy, "\(row.url) \(row.environment)")
    }
    print("figure B10: \(ServerAddressTests.rows.count) of \(ServerAddressTests.rows.count) rows of the proxy table")
  }

  @Test("An unusable proxy is an error, not ignored", .tags(.b10))
  func badProxies() throws {
    let address = try ServerAddress(parsing: "https://h.example.com")
    for value in ["socks5://p:1", "https://p:1", "http://", "http://p:0", "http://p:x", "http://p%zz@:1", "p p:1"] {
      let problem = #expect(throws: ProxyAddress.Problem.self) {
        try ProxyAddress.choose(for: address) { $0 == "https_proxy" ? value : nil }
      }
      #expect(problem?.message.contains("https_proxy") == true)
    }
    let proxy = try ProxyAddress.choose(for: address) { $0 == "https_proxy" ? "http://u:s%40c@p:3128" : nil }
    #expect(proxy?.user == ProxyAddress.User(name: "u", password: "s@c"))
    #expect(!String(describing: proxy).contains("s@c"))
  }
}
