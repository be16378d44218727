import APIKeyModel

/// Why what was read is no token: the mistakes that people make, each with its sentence. None holds any part of it.
package enum TokenFlaw: Equatable, Sendable, CaseIterable {
  case empty
  case utf16
  case byteOrderMark
  case json
  case severalLines
  case tooLong
  case quoted
  case bearer
  case bearerAlone
  case assignment
  case blank
  case notASCII
  case notVisible

  /// What is wrong, to follow the name of where it was read, and what to do.
  package var message: String {
    switch self {
    case .empty: "holds no token: it is empty. Put the token into it, on one line."
    case .utf16: "holds UTF-16, as some editors and shells of Windows write. Save it as UTF-8."
    case .byteOrderMark: "begins with a byte order mark, as some editors write. Save it as UTF-8 without one."
    case .json: "holds JSON. Give the token alone, such as: jq -r .token"
    case .severalLines: "holds several lines. Give the token alone, on one line."
    case .tooLong: "holds more than a token can have, \(SecretToken.maximumLength) bytes. Give the token alone."
    case .quoted: "holds quotes around the token. Give it without them."
    case .bearer: "holds more than the token: it begins with Bearer or Authorization. Give the token alone."
    case .bearerAlone: "holds the word Bearer or Authorization, and no token behind it. Give the token alone."
    case .assignment: "holds a variable and its value. Give what stands behind the = alone."
    case .blank: "holds a blank in the token. Give the token alone, without blanks."
    case .notASCII: "holds characters that no token has: they are not ASCII. Copy the token again."
    case .notVisible: "holds characters that are not visible. Copy the token again."
    }
  }

  /// What is wrong with a line without its end; nil where it may be a token.
  static func of(_ line: some BidirectionalCollection<UInt8>) -> TokenFlaw? {
    guard let first = line.first, let last = line.last, line.contains(where: { !isBlank($0) }) else { return .empty }
    let start = Array(line.prefix(3))
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
      || line.prefix(64).filter({ $0 == 0 }).count > 1
    {
      return .utf16
    }
    if start == [0xEF, 0xBB, 0xBF] { return .byteOrderMark }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .json }
    if line.contains(0x0A) || line.contains(0x0D) { return .severalLines }
    if line.count > SecretToken.maximumLength { return .tooLong }
    let beginning = String(decoding: line.prefix(40), as: UTF8.self).lowercased()
    if let quotes = quotePair(first), line.count > 1, quotes == last { return .quoted }
    let words = beginning.split { $0 == " " || $0 == "\t" }
    if line.count < 40, words.allSatisfy({ ["bearer", "bearer:", "authorization", "authorization:"].contains($0) }) {
      return .bearerAlone
    }
    if beginning.hasPrefix("bearer ") || beginning.hasPrefix("bearer\t") || beginning.hasPrefix("authorization:") {
      return .bearer
    }
    if isAssignment(beginning) { return .assignment }
    if line.contains(where: isBlank) { return .blank }
    if line.contains(where: { $0 >= 0x80 }) { return isQuotedByTypesetting(line) ? .quoted : .notASCII }
    if line.contains(where: { $0 < 0x21 || $0 == 0x7F }) { return .notVisible }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The quote that ends what this one begins.
  private static func quotePair(_ byte: UInt8) -> UInt8? {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? byte : nil
  }

  private static func isQuotedByTypesetting(_ line: some BidirectionalCollection<UInt8>) -> Bool {
    guard let text = String(validating: Array(line), as: UTF8.self), let first = text.first, let last = text.last else {
      return false
    }
    return "“‘«„".contains(first) && "”’»“".contains(last)
  }

  /// `export NAME=…`, or a name of ours: a token may have = in it, and in front of it what looks like a name.
  private static func isAssignment(_ beginning: String) -> Bool {
    if beginning.hasPrefix("export ") || beginning.hasPrefix("set ") { return true }
    return ["apikeys_token=", "token=", "api_token=", "api_key=", "access_token=", "token:", "access_token:"]
      .contains { beginning.hasPrefix($0) }
  }
}
