/// Base 64 of RFC 4648, with padding.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func text(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var word: UInt32 = 0
      for offset in 0..<3 { word = word << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
      for position in 0..<4 {
        output.append(position <= count ? alphabet[Int(word >> UInt32(18 - position * 6) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes of exactly what ``text(_:)`` writes; nil for anything else.
  package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    var output: [UInt8] = []
    var word: UInt32 = 0
    var bits: UInt32 = 0
    for character in text.utf8.prefix(while: { $0 != UInt8(ascii: "=") }) {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      word = word << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        output.append(UInt8(truncatingIfNeeded: word >> bits))
      }
    }
    // Missing padding and unused bits are found by encoding it again.
    return self.text(output).utf8.elementsEqual(text.utf8) ? output : nil
  }
}
