/// JSON that is lossless and sanitized: whatever a terminal would obey or not show is escaped as `\uXXXX`.
package enum JSONText {
  /// A string with its quotes; `asciiOnly` escapes everything above `~`.
  package static func quoted(_ text: String, asciiOnly: Bool = false) -> String {
    var bytes: [UInt8] = []
    append(text, asciiOnly: asciiOnly, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds a string with its quotes.
  package static func append(_ text: String, asciiOnly: Bool = false, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    let isCopied = text.withUTF8 { utf8 in
      let isUnescaped = utf8.allSatisfy {
        (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
      if isUnescaped { bytes.append(contentsOf: utf8) }
      return isUnescaped
    }
    if !isCopied {
      var marks = 0
      for scalar in text.unicodeScalars {
        // As on the screen: no heap of marks is on a base.
        marks = isMark(scalar) ? marks + 1 : 0
        append(scalar, escaping: asciiOnly || marks > DisplayText.maximumMarks, to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    let category = scalar.properties.generalCategory
    return category == .nonspacingMark || category == .enclosingMark
  }

  private static func append(_ scalar: Unicode.Scalar, escaping: Bool, to bytes: inout [UInt8]) {
    switch scalar {
    case "\"": bytes.append(contentsOf: "\\\"".utf8)
    case "\\": bytes.append(contentsOf: "\\\\".utf8)
    case "\n": bytes.append(contentsOf: "\\n".utf8)
    case "\r": bytes.append(contentsOf: "\\r".utf8)
    case "\t": bytes.append(contentsOf: "\\t".utf8)
    case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    default:
      if !escaping, isVisible(scalar) {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { appendEscape(unit, to: &bytes) }
      }
    }
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0xA0 || InvisibleScalar.contains(scalar) || !TextWidth.isKnown(scalar) { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return false
    case .nonspacingMark, .enclosingMark: return true
    default: return TextWidth.columns(of: scalar) > 0
    }
  }

  private static func appendEscape(_ unit: UInt16, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "\\u".utf8)
    for shift in [12, 8, 4, 0] {
      let nibble = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 15
      bytes.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
    }
  }
}
