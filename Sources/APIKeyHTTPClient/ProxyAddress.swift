/// A proxy for secure connections: it sees a CONNECT and nothing else.
package struct ProxyAddress: Equatable, Sendable {
  /// What the proxy itself wants to know, from the address; the password prints as `<redacted>`.
  package struct User: Equatable, Sendable, CustomStringConvertible {
    package let name: String
    package let password: String
    package init(name: String, password: String) {
      self.name = name
      self.password = password
    }
    package var description: String { "\(name):<redacted>" }
  }

  package enum Problem: Error, Equatable, Sendable {
    /// The value of this environment variable cannot be read.
    case notAnAddress(variable: String)
    case unsupportedScheme(variable: String, scheme: String)

    /// A sentence, and what to do. It holds nothing of the address, which may have a password in it.
    package var message: String {
      switch self {
      case .notAnAddress(let variable):
        "The proxy in \(variable) is not an address. Give one like http://proxy.example.com:3128, or unset it."
      case .unsupportedScheme(let variable, let scheme):
        "The proxy in \(variable) is of the kind \(scheme), which is not supported. Give an http:// proxy, or unset it."
      }
    }
  }

  package let host: String
  package let port: Int
  package let user: User?

  package init(host: String, port: Int, user: User? = nil) {
    self.host = host
    self.port = port
    self.user = user
  }

  /// The proxy by curl's rules: for https the first that is set of `https_proxy`, `HTTPS_PROXY`, `all_proxy` and
  /// `ALL_PROXY`, unless `no_proxy` or `NO_PROXY` names the host. Nil for a direct connection.
  ///
  /// Stricter than curl: a loopback address is never proxied, and clear text never goes through a proxy, which would
  /// see the token; so `http_proxy` has no meaning here.
  package static func choose(
    for address: ServerAddress, environment: (String) -> String?
  ) throws(Problem) -> ProxyAddress? {
    guard address.isSecure, !ServerAddress.isLoopback(address.host) else { return nil }
    func firstSet(_ names: [String]) -> (name: String, value: String)? {
      for name in names {
        if let value = environment(name), !value.isEmpty { return (name, value) }
      }
      return nil
    }
    guard let proxy = firstSet(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]) else { return nil }
    if let exceptions = firstSet(["no_proxy", "NO_PROXY"]), NoProxyList(exceptions.value).contains(address.host) {
      return nil
    }
    return try ProxyAddress(proxy.value, variable: proxy.name)
  }

  /// `[http://][user[:password]@]host[:port][/]`; the port is 1080 where none is given, as in curl.
  private init(_ text: String, variable: String) throws(Problem) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .notAnAddress(variable: variable) }
    var rest = text[...]
    if let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") {
      let scheme = text[..<colon].lowercased()
      guard scheme == "http" else { throw .unsupportedScheme(variable: variable, scheme: scheme) }
      rest = text[text.index(colon, offsetBy: 3)...]
    }
    var authority = rest.prefix { $0 != "/" }
    var user: User?
    if let at = authority.lastIndex(of: "@") {
      let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = percentDecoded(parts[0]), let password = percentDecoded(parts.count > 1 ? parts[1] : "") else {
        throw .notAnAddress(variable: variable)
      }
      user = User(name: name, password: password)
      authority = authority[authority.index(after: at)...]
    }
    do throws(ServerAddress.Problem) {
      (host, port) = try ServerAddress.split(authority, standardPort: 1080)
    } catch {
      throw .notAnAddress(variable: variable)
    }
    self.user = user
  }
}

/// The text with every `%XX` as its byte; nil where that is not UTF-8 or a percent sign is alone.
private func percentDecoded(_ text: Substring) -> String? {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
      return nil
    }
    bytes.append(value)
    rest = rest.dropFirst(2)
  }
  return String(validating: bytes, as: UTF8.self)
}
