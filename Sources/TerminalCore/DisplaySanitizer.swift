/// Makes text inert: see ``DisplayText``.
enum DisplaySanitizer {
  static func sanitize(_ text: String, charset: DisplayCharset) -> String {
    var output = String.UnicodeScalarView()
    var marks = 0
    var count = 0
    var previous: Unicode.Scalar = " "
    var iterator = text.unicodeScalars.makeIterator()
    var pending = iterator.next()
    while let scalar = pending {
      pending = iterator.next()
      if count == DisplayText.maximumScalars {
        var rest = 1
        while pending != nil {
          rest += 1
          pending = iterator.next()
        }
        output.append(contentsOf: "\(charset == .utf8 ? "\u{2026}" : "...")(+\(rest))".unicodeScalars)
        return String(output)
      }
      count += 1
      switch treatment(of: scalar, after: previous, before: pending, charset: charset) {
      case .keep:
        marks = 0
        output.append(scalar)
      case .mark:
        marks += 1
        // The fifth mark on a base and those after it are named, not drawn.
        if marks <= DisplayText.maximumMarks { output.append(scalar) } else { appendCode(of: scalar, to: &output) }
      case .caret:
        marks = 0
        output.append("^")
        output.append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) ^ 0x40))
      case .code:
        marks = 0
        appendCode(of: scalar, to: &output)
      }
      previous = scalar
    }
    return String(output)
  }

  private enum Treatment {
    case keep
    case mark
    case caret
    case code
  }

  private static func treatment(
    of scalar: Unicode.Scalar, after previous: Unicode.Scalar, before next: Unicode.Scalar?, charset: DisplayCharset
  ) -> Treatment {
    let value = scalar.value
    if value < 0x20 || value == 0x7F { return .caret }
    if value < 0x7F { return .keep }
    if charset == .ascii || value < 0xA0 { return .code }
    if invisibleLetters.contains(value) { return .code }
    if value == 0x200D {
      // A joiner means something between two pictures only.
      guard let next, isPicture(previous) || isVariation(previous), isPicture(next) else { return .code }
      return .mark
    }
    if isVariation(scalar) { return isPicture(previous) ? .mark : .code }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return .code
    case .spaceSeparator: return value == 0xA0 || value == 0x3000 || value == 0x1680 ? .keep : .code
    case .nonspacingMark, .enclosingMark: return TextWidth.columns(of: scalar) == 0 ? .mark : .keep
    default:
      // Whatever else takes no column would be unseen.
      return TextWidth.columns(of: scalar) == 0 ? (isJamo(value) ? .mark : .code) : .keep
    }
  }

  private static let invisibleLetters: Set<UInt32> = [0x34F, 0x115F, 0x1160, 0x3164, 0xFFA0]

  private static func isVariation(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0xFE0E || scalar.value == 0xFE0F }
  private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && (scalar.properties.isEmoji || scalar.properties.isEmojiModifier)
  }
  /// Medial and final letters of a Korean syllable.
  private static func isJamo(_ value: UInt32) -> Bool {
    (0x1161...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
  }

  private static func appendCode(of scalar: Unicode.Scalar, to output: inout String.UnicodeScalarView) {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(4 - hex.count, 0)) + hex
    output.append(contentsOf: "<U+\(padded)>".unicodeScalars)
  }
}
