/// The base address of a server, read strictly: what is not clearly safe is refused before any socket is opened.
package struct ServerAddress: Equatable, Sendable {
  package enum Problem: Error, Equatable, Sendable {
    case empty
    /// `suggestion` is the address with one.
    case noScheme(suggestion: String)
    case unknownScheme(String)
    /// `http:/host`, `http//host`.
    case badSeparator
    case isQuoted
    /// A blank, a control character or a backslash, and how many characters precede it.
    case badCharacter(name: String, before: Int)
    /// A character of the path or the port that is not ASCII.
    case notASCII
    /// `ascii` is the host in the form that the network knows, where that is known.
    case hostNotASCII(host: String, ascii: String?)
    /// Punctuation or digits as East Asian keyboards type them; `ascii` is the address without them, where that is one.
    case fullWidth(ascii: String?)
    case noHost
    case badHost(String)
    /// `a..b`, `.com`
    case emptyLabel(String)
    case longLabel
    case needsBrackets
    case badPort(String)
    case hasUser
    case hasQuery
    case clearText(host: String)

    /// A sentence, and what to do; `origin` is what the address was given with: `--url`, `APIKEYS_URL`.
    package func message(origin: String) -> String {
      let subject = "The address in \(origin)"
      return switch self {
      case .empty: "\(subject) is empty. Give one like https://keys.example.com."
      case .noScheme(let suggestion): "\(subject) has no scheme. Give \(suggestion)."
      case .unknownScheme(let scheme):
        "\(subject) has the scheme \(scheme), which is not known. Give one that begins with https://."
      case .badSeparator: "\(subject) needs :// between scheme and host. Give one like https://keys.example.com."
      case .isQuoted: "\(subject) has quotes or brackets around it. Give it without them."
      case .badCharacter(let name, let before):
        "\(subject) has \(name) in it, at character \(before + 1). Give it without."
      case .notASCII: "\(subject) has characters in it that are not ASCII. Write them as %XX, byte by byte of UTF-8."
      case .hostNotASCII(_, let ascii?): "\(subject) has a host that is not ASCII. Give its ASCII form: \(ascii)."
      case .hostNotASCII(let host, nil):
        "\(subject) has a host that is not ASCII, \(host). Give its ASCII form (xn--…), as a web browser or idn2 shows it."
      case .fullWidth(let ascii):
        "\(subject) has full-width characters in it, which only look like those of an address. Give \(ascii ?? "it in ASCII")."
      case .emptyLabel(let host):
        "\(subject) has the host \(host), in which nothing stands before a dot. Give one like https://keys.example.com."
      case .longLabel:
        "\(subject) has a host that is too long: a name has at most 63 characters between two dots, and 253 in all."
      case .noHost: "\(subject) names no host. Give one like https://keys.example.com."
      case .badHost(let host):
        "\(subject) has the host \(host), which is not a host name. Give one like https://keys.example.com."
      case .needsBrackets:
        "\(subject) has colons in its host. An IPv6 address stands in brackets, as in https://[2001:db8::1]:8443."
      case .badPort(let port):
        "\(subject) has the port \(port.isEmpty ? "“”" : port). A port is a number from 1 to 65535."
      case .hasUser:
        "\(subject) has a user name or password in it, which is not taken. Give the token with APIKEYS_TOKEN or --token-file."
      case .hasQuery: "\(subject) has a ? or # in it. Give the base address only."
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
    try ServerAddress.checkCharacters(text)
    try ServerAddress.checkWidth(text)
    guard let range = text.firstRange(ofText: "://") else { throw ServerAddress.withoutScheme(text) }
    let scheme = text[..<range.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else {
      if scheme.isEmpty || scheme.contains("/") { throw ServerAddress.withoutScheme(String(text[range.upperBound...])) }
      throw .unknownScheme(scheme)
    }
    isSecure = scheme == "https"
    let rest = text[range.upperBound...]
    guard !rest.contains("?"), !rest.contains("#") else { throw .hasQuery }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<slash]
    guard !authority.contains("@") else { throw .hasUser }
    try ServerAddress.checkASCII(authority, scheme: scheme, behind: rest[slash...])
    var path = rest[slash...]
    while path.last == "/" { path.removeLast() }
    // Whoever copies the address of the list itself means the same server.
    let list = "/v1/api_key"
    basePath = String(path.hasSuffix(list) ? path.dropLast(list.count) : path)
    (host, port) = try ServerAddress.split(authority, standardPort: isSecure ? 443 : 80)
    if !isSecure, !allowHTTP, !ServerAddress.isLoopback(host) { throw .clearText(host: host) }
  }

  /// The same host and port over TLS.
  var secured: ServerAddress { ServerAddress(isSecure: true, host: host, port: port, basePath: basePath) }

  private init(isSecure: Bool, host: String, port: Int, basePath: String) {
    self.isSecure = isSecure
    self.host = host
    self.port = port
    self.basePath = basePath
  }

  private static func checkCharacters(_ text: String) throws(Problem) {
    guard !text.isEmpty else { throw .empty }
    if let first = text.first, let last = text.last, text.count > 1 {
      if "\"'<(“‘«".contains(first) || "\"'>)”’»".contains(last) { throw .isQuoted }
    }
    for (index, scalar) in text.unicodeScalars.enumerated() {
      let name: String? =
        switch scalar {
        case " ": "a blank"
        case "\\": "a backslash"
        case "\n", "\r": "a line break"
        case "\u{FEFF}", "\u{200B}"..."\u{200F}", "\u{2060}", "\u{AD}": "an invisible character"
        case _ where scalar.properties.isWhitespace: "a blank"
        case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): "a control character"
        default: nil
        }
      if let name { throw .badCharacter(name: name, before: index) }
    }
  }

  /// Punctuation and digits of full width, which are none of a host's letters.
  private static func checkWidth(_ text: String) throws(Problem) {
    let wide: Set<Unicode.Scalar> = ["：", "／", "．", "？", "＃", "＠", "［", "］", "－", "％"]
    func isWide(_ scalar: Unicode.Scalar) -> Bool {
      wide.contains(scalar) || ("\u{FF10}"..."\u{FF19}").contains(scalar)
    }
    guard text.unicodeScalars.contains(where: isWide) else { return }
    var narrow = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      narrow.append(isWide(scalar) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    let ascii = String(narrow)
    // What stands before is not shown: it may be a password.
    if ascii.contains("@") { throw .hasUser }
    var suggestion: String? = ascii
    do throws(Problem) {
      _ = try ServerAddress(parsing: ascii, allowHTTP: true)
    } catch {
      suggestion = if case .noScheme(let whole) = error { whole } else { nil }
    }
    throw .fullWidth(ascii: suggestion)
  }

  /// What is wrong with an address that has no `://`.
  private static func withoutScheme(_ text: String) -> Problem {
    let lower = text.lowercased()
    if lower.hasPrefix("http:") || lower.hasPrefix("https:") || lower.hasPrefix("http/") || lower.hasPrefix("https/") {
      return .badSeparator
    }
    // What stands before is not shown: it may be a password.
    if text.contains("@") { return .hasUser }
    let rest = text.drop { $0 == "/" }
    let host = rest.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
    guard !host.isEmpty else { return .noHost }
    // `unix:/run/x`: a host name has a port after its colon.
    let isName = host.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    if isName, !isLoopback(host.lowercased()), rest.dropFirst(host.count).hasPrefix(":/") {
      return .unknownScheme(host.lowercased())
    }
    let suggestion = (isLoopback(host.lowercased()) ? "http://" : "https://") + rest
    do throws(Problem) {
      _ = try ServerAddress(parsing: suggestion, allowHTTP: true)
      return .noScheme(suggestion: suggestion)
    } catch {
      return error
    }
  }

  private static func checkASCII(_ authority: Substring, scheme: String, behind: Substring) throws(Problem) {
    let isASCII = { (text: Substring) in text.utf8.allSatisfy { $0 < 0x80 } }
    let host = authority.prefix { $0 != ":" }
    guard isASCII(host) else {
      let port = authority[host.endIndex...]
      let ascii = Punycode.asciiHost(String(host)).map { "\(scheme)://\($0)\(port)\(behind)" }
      throw .hostNotASCII(host: String(host), ascii: isASCII(behind) && isASCII(port) ? ascii : nil)
    }
    guard isASCII(authority), isASCII(behind) else { throw .notASCII }
  }

  static func split(_ authority: Substring, standardPort: Int) throws(Problem) -> (String, Int) {
    var host = authority
    var portText: Substring?
    if authority.first == "[" {
      guard let end = authority.firstIndex(of: "]") else { throw .needsBrackets }
      host = authority[authority.index(after: authority.startIndex)..<end]
      let after = authority[authority.index(after: end)...]
      if after.first == ":" {
        portText = after.dropFirst()
      } else if !after.isEmpty {
        throw .badHost(String(authority))
      }
      guard host.contains(":") else { throw .badHost(String(host)) }
    } else if let colon = authority.lastIndex(of: ":") {
      host = authority[..<colon]
      portText = authority[authority.index(after: colon)...]
      guard !host.contains(":") else { throw .needsBrackets }
    }
    guard !host.isEmpty else { throw .noHost }
    guard !host.contains("%") else { throw .badHost(String(host)) }
    if !host.contains(":") { try checkLabels(host) }
    guard let portText else { return (host.lowercased(), standardPort) }
    guard portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(portText), (1...65535).contains(port)
    else { throw .badPort(String(portText)) }
    return (host.lowercased(), port)
  }

  /// One dot may end a name.
  private static func checkLabels(_ host: Substring) throws(Problem) {
    let labels = (host.last == "." ? host.dropLast() : host).split(separator: ".", omittingEmptySubsequences: false)
    guard labels.allSatisfy({ $0.utf8.count <= 63 }), host.utf8.count <= 254 else { throw .longLabel }
    guard labels.allSatisfy({ !$0.isEmpty }) else { throw .emptyLabel(String(host)) }
  }

  /// 127.0.0.0/8 in four decimal parts, ::1, or exactly `localhost`.
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
