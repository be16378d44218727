import APIKeyModel

/// JSON written straight into bytes: rows become responses without an object for each.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Text that is JSON already.
  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func raw(_ text: UnsafeRawBufferPointer) { bytes.append(contentsOf: text) }

  mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { string(UnsafeRawBufferPointer($0)) }
  }

  /// Writes valid UTF-8 as a JSON string.
  mutating func string(_ text: UnsafeRawBufferPointer) {
    bytes.append(UInt8(ascii: "\""))
    if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      bytes.append(contentsOf: text)
    } else {
      for byte in text { escaped(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func uuid(_ value: UUID128) {
    bytes.append(UInt8(ascii: "\""))
    value.appendText(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// `"2023-11-07T05:31:56Z"`
  mutating func date(seconds: Int64) {
    let time = CivilTime(seconds: seconds)
    bytes.append(UInt8(ascii: "\""))
    twoDigits(time.date.year / 100)
    twoDigits(time.date.year % 100)
    for (separator, value) in [
      ("-", time.date.month), ("-", time.date.day), ("T", time.hour), (":", time.minute), (":", time.second),
    ] as [(Unicode.Scalar, Int)] {
      bytes.append(UInt8(ascii: separator))
      twoDigits(value)
    }
    raw("Z\"")
  }

  private mutating func twoDigits(_ value: Int) {
    bytes.append(UInt8(0x30 + value / 10))
    bytes.append(UInt8(0x30 + value % 10))
  }

  private mutating func escaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 0x08: raw("\\b")
    case 0x09: raw("\\t")
    case 0x0A: raw("\\n")
    case 0x0C: raw("\\f")
    case 0x0D: raw("\\r")
    case 0..<0x20:
      raw("\\u00")
      for nibble in [byte >> 4, byte & 15] { bytes.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
    default: bytes.append(byte)
    }
  }
}
