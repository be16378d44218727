/// A UUID in 16 bytes, ordered as its text is.
///
/// The text form is the canonical one of RFC 9562: lower case, hyphens at 8-4-4-4-12. Any other form of an id is kept
/// as text (see ``KeyIdentifier``), because an id must go back to the server exactly as it came.
package struct UUID128: Hashable, Comparable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the canonical text form; nil for every other text, upper case included.
  package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 36 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var digits = 0
    for position in 0..<36 {
      let byte = bytes[position]
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let value: UInt64
      switch byte {
      case 0x30...0x39: value = UInt64(byte &- 0x30)
      case 0x61...0x66: value = UInt64(byte &- 0x61 &+ 10)
      default: return nil
      }
      if digits < 16 { high = high << 4 | value } else { low = low << 4 | value }
      digits += 1
    }
    self.init(high: high, low: low)
  }

  package init?(_ text: String) {
    var text = text
    guard let value = text.withUTF8({ UUID128(utf8: $0) }) else { return nil }
    self = value
  }

  package static func < (left: UUID128, right: UUID128) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// Writes the 36 bytes of the text form.
  package func appendText(to bytes: inout [UInt8]) {
    for position in 0..<32 {
      if position == 8 || position == 12 || position == 16 || position == 20 { bytes.append(UInt8(ascii: "-")) }
      let word = position < 16 ? high : low
      let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - (position & 15) * 4)) & 15
      bytes.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
    }
  }
}

extension UUID128: CustomStringConvertible {
  package var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    appendText(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
