/// A UUID in 16 bytes, ordered as its text is.
///
/// The text form is the canonical one of RFC 9562: lower case, hyphens at 8-4-4-4-12. Capitals name the same UUID (see
/// ``KeyIdentifier``, which keeps the text: an id must go back to the server exactly as it came).
package struct UUID128: Hashable, Comparable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the canonical text form; nil for every other text, upper case included: see ``spelled(utf8:)``.
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

  /// How the letters of a UUID are written.
  package enum Spelling: Sendable { case lower, upper, mixed }

  /// Reads the text form whatever the case of its letters; nil for every other text.
  package static func spelled(utf8 bytes: UnsafeBufferPointer<UInt8>) -> (UUID128, Spelling)? {
    guard bytes.count == textLength else { return nil }
    var hasCapitals = false
    var hasSmall = false
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: textLength) { folded in
      for (index, byte) in bytes.enumerated() {
        let isCapital = (0x41...0x46).contains(byte)
        if isCapital { hasCapitals = true } else if byte >= 0x61 { hasSmall = true }
        folded[index] = isCapital ? byte | 0x20 : byte
      }
      guard let uuid = UUID128(utf8: UnsafeBufferPointer(folded)) else { return nil }
      return (uuid, hasCapitals ? hasSmall ? .mixed : .upper : .lower)
    }
  }

  package static func < (left: UUID128, right: UUID128) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// Writes the 36 bytes of the text form.
  package func appendText(to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: UUID128.textLength) { text in
      guard let base = text.baseAddress else { return }
      writeText(to: UnsafeMutableRawPointer(base))
      bytes.append(contentsOf: text)
    }
  }

  /// Bytes of the text form.
  package static let textLength = 36

  /// Writes the text form to ``textLength`` bytes of memory.
  package func writeText(to target: UnsafeMutableRawPointer) {
    let hyphen = UInt8(ascii: "-")
    target.storeBytes(of: UUID128.digits(UInt32(truncatingIfNeeded: high >> 32)), as: UInt64.self)
    target.storeBytes(of: hyphen, toByteOffset: 8, as: UInt8.self)
    let middle = UUID128.digits(UInt32(truncatingIfNeeded: high))
    target.storeBytes(of: UInt32(truncatingIfNeeded: middle), toByteOffset: 9, as: UInt32.self)
    target.storeBytes(of: hyphen, toByteOffset: 13, as: UInt8.self)
    target.storeBytes(of: UInt32(truncatingIfNeeded: middle >> 32), toByteOffset: 14, as: UInt32.self)
    target.storeBytes(of: hyphen, toByteOffset: 18, as: UInt8.self)
    let next = UUID128.digits(UInt32(truncatingIfNeeded: low >> 32))
    target.storeBytes(of: UInt32(truncatingIfNeeded: next), toByteOffset: 19, as: UInt32.self)
    target.storeBytes(of: hyphen, toByteOffset: 23, as: UInt8.self)
    target.storeBytes(of: UInt32(truncatingIfNeeded: next >> 32), toByteOffset: 24, as: UInt32.self)
    target.storeBytes(of: UUID128.digits(UInt32(truncatingIfNeeded: low)), toByteOffset: 28, as: UInt64.self)
  }

  /// Eight hexadecimal digits as they are in memory: all at once, a byte each.
  @inline(__always)
  private static func digits(_ value: UInt32) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var spread = UInt64(value)
    spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
    spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
    spread = (spread | spread << 4) & (ones &* 0x0F)
    let isLetter = (spread &+ ones &* 6) >> 4 & ones
    return (spread &+ ones &* 0x30 &+ isLetter &* 0x27).bigEndian
  }
}

extension UUID128: CustomStringConvertible {
  package var description: String {
    String(unsafeUninitializedCapacity: UUID128.textLength) { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      writeText(to: UnsafeMutableRawPointer(base))
      return UUID128.textLength
    }
  }
}
