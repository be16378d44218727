/// Text as it is searched for a token: folded, and each byte with its index in the original text.
///
/// Upper and lower case are one, and so are the two alphabets of base64.
struct RedactionStream {
  private(set) var bytes: [UInt8] = []
  /// Where what became the byte starts and ends in the text.
  private(set) var starts: [Int] = []
  private(set) var ends: [Int] = []
  /// The bytes before they were folded, for the next round of unescaping.
  private var original: [UInt8] = []

  init(_ text: [UInt8]) {
    original = text
    bytes = text.map(RedactionStream.folded)
    starts = Array(text.indices)
    ends = text.indices.map { $0 + 1 }
  }

  private init(capacity: Int) {
    bytes.reserveCapacity(capacity)
    starts.reserveCapacity(capacity)
    ends.reserveCapacity(capacity)
    original.reserveCapacity(capacity)
  }

  static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x41...0x5A: byte | 0x20
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: byte
    }
  }

  private mutating func append(_ byte: UInt8, from start: Int, to end: Int) {
    original.append(byte)
    bytes.append(RedactionStream.folded(byte))
    starts.append(start)
    ends.append(end)
  }

  /// Without what is no visible ASCII, as a token is; nil where all of it is.
  var joined: RedactionStream? {
    guard bytes.contains(where: { !(0x21...0x7E).contains($0) }) else { return nil }
    var result = RedactionStream(capacity: bytes.count)
    for index in bytes.indices where (0x21...0x7E).contains(bytes[index]) {
      result.append(original[index], from: starts[index], to: ends[index])
    }
    return result
  }

  /// How text escapes a byte.
  struct Escaping: OptionSet {
    let rawValue: UInt8
    /// URLs.
    static let percent = Escaping(rawValue: 1)
    /// JSON and JavaScript.
    static let backslash = Escaping(rawValue: 2)
    /// HTML.
    static let entity = Escaping(rawValue: 4)

    static let all: Escaping = [.percent, .backslash, .entity]
  }

  /// With every escape of some kinds undone once; nil where there is none.
  func unescaped(_ kinds: Escaping) -> RedactionStream? {
    var result = RedactionStream(capacity: bytes.count)
    var index = 0
    var isChanged = false
    while index < original.count {
      let escape =
        switch original[index] {
        case UInt8(ascii: "%") where kinds.contains(.percent): number(at: index + 1, radix: 16, digits: 2...2)
        case UInt8(ascii: "\\") where kinds.contains(.backslash): backslash(at: index + 1)
        case UInt8(ascii: "&") where kinds.contains(.entity): entity(at: index + 1)
        default: nil as Escape?
        }
      let end = escape?.end ?? index + 1
      // What is no ASCII is no part of a token, whatever it is.
      let byte = escape.map { UInt8(exactly: $0.value).map { min($0, 0x80) } ?? 0x80 } ?? original[index]
      result.append(byte, from: starts[index], to: ends[end - 1])
      isChanged = isChanged || escape != nil
      index = end
    }
    return isChanged ? result : nil
  }

  private typealias Escape = (value: UInt32, end: Int)

  /// `\n`, `\/`, `\x41`, `\u0041`, `\u{41}`, `\101`; `start` is after the backslash.
  private func backslash(at start: Int) -> Escape? {
    guard start < original.count else { return nil }
    switch original[start] {
    case UInt8(ascii: "x"): return number(at: start + 1, radix: 16, digits: 2...2)
    case UInt8(ascii: "u"):
      if let escape = number(at: start + 1, radix: 16, digits: 4...4) { return escape }
      guard start + 1 < original.count, original[start + 1] == UInt8(ascii: "{"),
        let escape = number(at: start + 2, radix: 16, digits: 1...6), escape.end < original.count,
        original[escape.end] == UInt8(ascii: "}")
      else { return nil }
      return (escape.value, escape.end + 1)
    case 0x30...0x37: return number(at: start, radix: 8, digits: 3...3)
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"):
      return (0x20, start + 1)
    case 0x21...0x7E: return (UInt32(original[start]), start + 1)
    default: return nil
    }
  }

  /// `&#65;`, `&#x41;`, `&amp;`; `start` is after the ampersand.
  private func entity(at start: Int) -> Escape? {
    guard start < original.count else { return nil }
    if original[start] == UInt8(ascii: "#") {
      let isHex = start + 1 < original.count && original[start + 1] | 0x20 == UInt8(ascii: "x")
      guard
        let escape = isHex
          ? number(at: start + 2, radix: 16, digits: 1...8) : number(at: start + 1, radix: 10, digits: 1...8)
      else { return nil }
      let hasEnd = escape.end < original.count && original[escape.end] == UInt8(ascii: ";")
      return (escape.value, escape.end + (hasEnd ? 1 : 0))
    }
    let name = original[start...].prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }.prefix(14)
    guard name.endIndex < original.count, original[name.endIndex] == UInt8(ascii: ";"),
      let byte = RedactionStream.entities[String(decoding: name, as: UTF8.self)]
    else { return nil }
    return (UInt32(byte), name.endIndex + 1)
  }

  private func number(at start: Int, radix: UInt32, digits: ClosedRange<Int>) -> Escape? {
    var value: UInt32 = 0
    var end = start
    while end < original.count, end - start < digits.upperBound,
      let digit = RedactionStream.digit(original[end]), digit < radix
    {
      // Eight digits of sixteen fit.
      value = value * radix + digit
      end += 1
    }
    return end - start >= digits.lowerBound ? (value, end) : nil
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46, 0x61...0x66: UInt32(byte | 0x20) - 0x57
    default: nil
    }
  }

  /// The names that HTML has for visible ASCII.
  private static let entities: [String: UInt8] = [
    "excl": 0x21, "quot": 0x22, "QUOT": 0x22, "num": 0x23, "dollar": 0x24, "percnt": 0x25, "amp": 0x26, "AMP": 0x26,
    "apos": 0x27, "lpar": 0x28, "rpar": 0x29, "ast": 0x2A, "midast": 0x2A, "plus": 0x2B, "comma": 0x2C, "period": 0x2E,
    "sol": 0x2F, "colon": 0x3A, "semi": 0x3B, "lt": 0x3C, "LT": 0x3C, "equals": 0x3D, "gt": 0x3E, "GT": 0x3E,
    "quest": 0x3F, "commat": 0x40, "lsqb": 0x5B, "lbrack": 0x5B, "bsol": 0x5C, "rsqb": 0x5D, "rbrack": 0x5D,
    "Hat": 0x5E, "lowbar": 0x5F, "UnderBar": 0x5F, "grave": 0x60, "lcub": 0x7B, "lbrace": 0x7B, "verbar": 0x7C,
    "vert": 0x7C, "VerticalLine": 0x7C, "rcub": 0x7D, "rbrace": 0x7D,
  ]
}
