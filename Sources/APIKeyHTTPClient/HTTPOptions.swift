import APIKeyModel

/// How to talk to the server.
package struct HTTPOptions: Sendable {
  /// Names of the query parameters: a server that calls them otherwise would ignore ours without a word.
  package struct ParameterNames: Sendable {
    package var limit = "limit"
    package var order = "order"
    package var after = "after"
    package var before = "before"
    package init() {}
  }

  package var parameters = ParameterNames()
  package var token: SecretToken?
  /// A file with further root certificates (PEM).
  package var caFile: String?
  /// Time limits in milliseconds: connecting, silence while waiting or reading, and the whole request.
  package var connectLimit = 10_000
  package var idleLimit = 15_000
  package var requestLimit = 30_000
  /// Largest body after decompression, in bytes.
  package var maximumBody = 16 * 1024 * 1024
  /// Tries in all for failures that may pass.
  package var tries = 3
  /// The pause before the second try, in milliseconds; it doubles.
  package var firstPause = 1000
  /// Proxy by curl's rules, from the environment; nil for none.
  package var proxy: ProxyAddress?

  package init() {}
}

/// A proxy for secure connections: it sees a CONNECT and nothing else.
package struct ProxyAddress: Equatable, Sendable {
  package let host: String
  package let port: Int
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// What curl's rules choose for a host: `https_proxy` (or upper case) for https unless `no_proxy` names the host;
  /// loopback is never proxied. Nil for a direct connection.
  package static func choose(for address: ServerAddress, environment: (String) -> String?) -> ProxyAddress? {
    guard address.isSecure, !ServerAddress.isLoopback(address.host) else { return nil }
    func value(_ name: String) -> String? {
      (environment(name) ?? environment(name.uppercased())).flatMap { $0.isEmpty ? nil : $0 }
    }
    guard let proxy = value("https_proxy") ?? value("all_proxy") else { return nil }
    for entry in (value("no_proxy") ?? "").split(whereSeparator: { $0 == "," || $0 == " " }) {
      var name = entry.lowercased()
      if name == "*" { return nil }
      if name.hasPrefix(".") { name.removeFirst() }
      if address.host == name || address.host.hasSuffix("." + name) { return nil }
    }
    let withScheme = proxy.contains("://") ? proxy : "http://" + proxy
    let parsed = try? ServerAddress(parsing: withScheme, allowHTTP: true)  // An unreadable proxy is no proxy.
    return parsed.map {
      ProxyAddress(
        host: $0.host,
        port: withScheme.hasPrefix("http://") && $0.port == 80 && !proxy.hasSuffix(":80") ? 1080 : $0.port)
    }
  }
}
