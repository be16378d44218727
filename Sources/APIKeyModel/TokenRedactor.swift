import Digests

/// Takes a token, and whatever shows it in another form, out of text that a server sent.
///
/// Found are the token, its beginnings and ends of eight bytes and more, and any sixteen bytes of its middle: as they
/// are, in other case, percent-encoded, escaped as in JSON, JavaScript or HTML (three times over), broken by spaces and
/// line breaks, in hexadecimal, in base64 and base64url wherever it is in what was encoded, and its SHA-256 in
/// hexadecimal and base64. The time grows with the text plus the token.
struct TokenRedactor {
  /// One form of the token.
  private struct Needle {
    let bytes: [UInt8]
    /// Least bytes of its beginning or end that count.
    let edge: Int
    let kind: Kind
  }

  private struct Kind: OptionSet {
    let rawValue: UInt8
    static let exact = Kind(rawValue: 1)
    /// The letters around what is found belong to it: they hold parts of its first and last bytes.
    static let base64 = Kind(rawValue: 2)
  }

  /// Sixteen bytes.
  private struct Gram: Hashable {
    let high: UInt64
    let low: UInt64
  }

  private static let word = 8
  private static let gram = 16
  /// Beginnings and ends are compared up to here; from 16 bytes on, n-grams are used.
  private static let reach = 24
  /// How often escapes of escapes are undone.
  private static let rounds = 3

  private var needles: [Needle] = []
  private var grams: [Gram: Kind] = [:]
  private var beginnings: [UInt64: [Int]] = [:]
  private var ends: [UInt64: [Int]] = [:]

  /// `token` has at least eight bytes.
  init(token: [UInt8]) {
    add(token, edge: 8)
    add(TokenRedactor.hexadecimal(token), edge: 16)
    for bytes in Set([token, TokenRedactor.percentEncoded(token)]) {
      // Three bytes become four characters: one form for each position in the three.
      for offset in 0..<3 { add(TokenRedactor.base64(bytes, offset: offset), edge: 10, kind: .base64) }
    }
    for text in [token, token + [0x0A], Array("Bearer ".utf8) + token] {
      var digest = SHA256()
      digest.update(text)
      let hex = digest.hexDigest()
      add(Array(hex.utf8), edge: 8)
      add(TokenRedactor.base64(TokenRedactor.bytes(ofHexadecimal: hex), offset: 0), edge: 8)
    }
  }

  /// The text with `<redacted>` for each stretch that shows something of the token.
  func removed(from text: [UInt8]) -> [UInt8] {
    guard text.count >= TokenRedactor.word else { return text }
    // How many findings begin less how many end at each byte.
    var changes = [Int32](repeating: 0, count: text.count + 1)
    let stream = RedactionStream(text)
    find(in: stream, &changes)
    // What one escape leaves may be another, and a token may have in it what another takes for one of its own.
    for first in [.percent, .backslash, .entity] as [RedactionStream.Escaping] {
      guard let once = stream.unescaped(first) else { continue }
      find(in: once, &changes)
      for second in [.percent, .backslash, .entity] as [RedactionStream.Escaping] {
        if let twice = once.unescaped(second) { find(in: twice, &changes) }
      }
    }
    var rest = stream
    for _ in 0..<TokenRedactor.rounds {
      guard let next = rest.unescaped(.all) else { break }
      find(in: next, &changes)
      rest = next
    }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var depth: Int32 = 0
    var wasSecret = false
    for index in text.indices {
      depth += changes[index]
      if depth == 0 { output.append(text[index]) } else if !wasSecret { output += "<redacted>".utf8 }
      wasSecret = depth > 0
    }
    return output
  }

  // MARK: Finding

  private func find(in stream: RedactionStream, _ changes: inout [Int32]) {
    find(in: stream, minimum: 0, &changes)
    // Words that are only adjacent must not become a beginning: more of it is required.
    if let joined = stream.joined { find(in: joined, minimum: TokenRedactor.gram, &changes) }
  }

  /// `minimum` is the least length of a beginning or end, or that of the whole form where it is shorter.
  private func find(in stream: RedactionStream, minimum: Int, _ changes: inout [Int32]) {
    let bytes = stream.bytes
    guard bytes.count >= TokenRedactor.word else { return }
    var findings = Findings(stream)
    let words = TokenRedactor.words(of: bytes)
    for start in words.indices {
      for index in beginnings[words[start]] ?? [] {
        let length = TokenRedactor.lengthOfBeginning(needles[index], in: bytes, at: start)
        if length >= least(needles[index], minimum) {
          findings.note(start..<start + length, needles[index].kind, &changes)
        }
      }
      let end = start + TokenRedactor.word
      for index in ends[words[start]] ?? [] {
        let length = TokenRedactor.lengthOfEnd(needles[index], in: bytes, before: end)
        if length >= least(needles[index], minimum) { findings.note(end - length..<end, needles[index].kind, &changes) }
      }
      let second = start + TokenRedactor.word
      if second < words.count, let kind = grams[Gram(high: words[start], low: words[second])] {
        findings.note(start..<start + TokenRedactor.gram, kind, &changes)
      }
    }
    findings.completeBase64(&changes)
  }

  /// How many bytes from `start` on are those the needle begins with.
  private static func lengthOfBeginning(_ needle: Needle, in bytes: [UInt8], at start: Int) -> Int {
    let most = min(needle.bytes.count, reach, bytes.count - start)
    var length = 0
    while length < most, bytes[start + length] == needle.bytes[length] { length += 1 }
    return length
  }

  /// How many bytes before `end` are those the needle ends with.
  private static func lengthOfEnd(_ needle: Needle, in bytes: [UInt8], before end: Int) -> Int {
    let most = min(needle.bytes.count, reach, end)
    var length = 0
    while length < most, bytes[end - 1 - length] == needle.bytes[needle.bytes.count - 1 - length] { length += 1 }
    return length
  }

  /// What was found in one stream, on its way to the bytes of the text.
  private struct Findings {
    private let stream: RedactionStream
    /// Of base64: how many findings begin less how many end at each byte of the stream.
    private var encoded: [Int32]
    private var hasEncoded = false

    init(_ stream: RedactionStream) {
      self.stream = stream
      encoded = [Int32](repeating: 0, count: stream.bytes.count + 1)
    }

    mutating func note(_ range: Range<Int>, _ kind: Kind, _ changes: inout [Int32]) {
      mark(range, &changes)
      guard kind.contains(.base64) else { return }
      encoded[range.lowerBound] += 1
      encoded[range.upperBound] -= 1
      hasEncoded = true
    }

    /// Adds the rest of each word of base64 that has a finding in it.
    func completeBase64(_ changes: inout [Int32]) {
      guard hasEncoded else { return }
      let bytes = stream.bytes
      var depth: Int32 = 0
      var start = 0
      var isFound = false
      for index in 0...bytes.count {
        depth += encoded[index]
        if index < bytes.count, TokenRedactor.isBase64(bytes[index]) {
          isFound = isFound || depth > 0
          continue
        }
        if isFound {
          var end = index
          while end < bytes.count, end < index + 2, bytes[end] == UInt8(ascii: "=") { end += 1 }
          mark(start..<end, &changes)
        }
        isFound = false
        start = index + 1
      }
    }

    private func mark(_ range: Range<Int>, _ changes: inout [Int32]) {
      changes[stream.starts[range.lowerBound]] += 1
      changes[stream.ends[range.upperBound - 1]] -= 1
    }
  }

  private func least(_ needle: Needle, _ minimum: Int) -> Int { max(needle.edge, min(minimum, needle.bytes.count)) }

  // MARK: Forms

  private mutating func add(_ bytes: [UInt8], edge: Int, kind: Kind = .exact) {
    guard bytes.count >= max(edge, TokenRedactor.word) else { return }
    let folded = bytes.map(RedactionStream.folded)
    let words = TokenRedactor.words(of: folded)
    guard let first = words.first, let last = words.last else { return }
    beginnings[first, default: []].append(needles.count)
    ends[last, default: []].append(needles.count)
    needles.append(Needle(bytes: folded, edge: edge, kind: kind))
    for start in words.indices where start + TokenRedactor.word < words.count {
      grams[Gram(high: words[start], low: words[start + TokenRedactor.word]), default: []].formUnion(kind)
    }
  }

  /// Each eight bytes as a number.
  private static func words(of bytes: [UInt8]) -> [UInt64] {
    guard bytes.count >= word else { return [] }
    var words: [UInt64] = []
    words.reserveCapacity(bytes.count - word + 1)
    var value: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      value = value << 8 | UInt64(byte)
      if index >= word - 1 { words.append(value) }
    }
    return words
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"): true
    default: false
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte in [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x57 + $0 } }
  }

  private static func bytes(ofHexadecimal text: String) -> [UInt8] {
    let digits = text.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// As a query has it: letters, digits and `-._~` stay.
  private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        [byte]
      default: [UInt8(ascii: "%")] + hexadecimal([byte])
      }
    }
  }

  /// The characters of base64 that the bytes alone decide, where `offset` bytes precede them.
  private static func base64(_ bytes: [UInt8], offset: Int) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var output: [UInt8] = []
    var value: UInt32 = 0
    // Bits of the bytes before are not known, nor is the character that they share.
    var skipped = offset
    var bits = offset * 8 % 6
    for byte in bytes {
      value = (value << 8 | UInt32(byte)) & 0xFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        if skipped > 0 { skipped = 0 } else { output.append(alphabet[Int(value >> UInt32(bits)) & 63]) }
      }
    }
    return output
  }
}
