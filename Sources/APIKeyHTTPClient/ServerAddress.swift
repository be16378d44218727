/// The base address of a server, read strictly: what is not plainly safe is refused before any socket is opened.
package struct ServerAddress: Equatable, Sendable {
  package enum Problem: Error, Equatable, Sendable {
    case notAnAddress
    case unknownScheme(String)
    case hasUser
    case hasQuery
    case clearText(host: String)

    /// A sentence, and what to do.
    package var message: String {
      switch self {
      case .notAnAddress: "That is not an address. Give one like https://keys.example.com."
      case .unknownScheme(let scheme): "The scheme \(scheme) is not known. Give an address that begins with https://."
      case .hasUser:
        "An address with a user name or password is not taken. Give the token with APIKEYS_TOKEN or --token-file."
      case .hasQuery: "An address with ? or # is not taken. Give the base address only."
      case .clearText(let host):
        "http to \(host) would send the token in clear text. Use https, or --allow-http if you accept that risk."
      }
    }
  }

  package let isSecure: Bool
  /// Without brackets for IPv6.
  package let host: String
  package let port: Int
  /// Begins with `/` or is empty; never ends with `/`.
  package let basePath: String

  package init(parsing text: String, allowHTTP: Bool = false) throws(Problem) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { throw .notAnAddress }
    guard let range = text.firstRange(ofText: "://") else { throw .notAnAddress }
    let scheme = text[..<range.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { throw .unknownScheme(scheme) }
    isSecure = scheme == "https"
    let rest = text[range.upperBound...]
    guard !rest.contains("?"), !rest.contains("#") else { throw .hasQuery }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<slash]
    guard !authority.contains("@") else { throw .hasUser }
    var path = rest[slash...]
    while path.last == "/" { path.removeLast() }
    // Whoever copies the address of the list itself means the same server.
    let list = "/v1/api_key"
    basePath = String(path.hasSuffix(list) ? path.dropLast(list.count) : path)
    (host, port) = try ServerAddress.split(authority, standardPort: isSecure ? 443 : 80)
    if !isSecure, !allowHTTP, !ServerAddress.isLoopback(host) { throw .clearText(host: host) }
  }

  static func split(_ authority: Substring, standardPort: Int) throws(Problem) -> (String, Int) {
    var host = authority
    var portText: Substring?
    if authority.first == "[" {
      guard let end = authority.firstIndex(of: "]") else { throw .notAnAddress }
      host = authority[authority.index(after: authority.startIndex)..<end]
      let after = authority[authority.index(after: end)...]
      if after.first == ":" { portText = after.dropFirst() } else if !after.isEmpty { throw .notAnAddress }
      guard host.contains(":") else { throw .notAnAddress }
    } else if let colon = authority.lastIndex(of: ":") {
      host = authority[..<colon]
      portText = authority[authority.index(after: colon)...]
      guard !host.contains(":") else { throw .notAnAddress }
    }
    guard !host.isEmpty, !host.contains("%") else { throw .notAnAddress }
    guard let portText else { return (host.lowercased(), standardPort) }
    guard portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(portText), (1...65535).contains(port)
    else { throw .notAnAddress }
    return (host.lowercased(), port)
  }

  /// 127.0.0.0/8 in four plain decimal parts, ::1, or exactly `localhost`.
  package static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (part == "0" || part.first != "0")
          && Int(part).map { $0 <= 255 } ?? false
      }
  }

  /// `keys.example.com`, with the port where it is not the usual one.
  package var label: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// `https://keys.example.com`, without a path.
  package var origin: String { "\(isSecure ? "https" : "http")://\(label)" }

  package var endpoint: String { origin + listPath }

  /// The path of the list.
  var listPath: String { basePath + "/v1/api_key/" }
}

extension String {
  fileprivate func firstRange(ofText text: String) -> Range<Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
      index = self.index(after: index)
    }
    return nil
  }
}
