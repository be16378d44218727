/// Makes text inert: see ``DisplayText``.
enum DisplaySanitizer {
  /// Room kept for the count of what is left out: three dots, `(+`, `)` and any number.
  private static let countRoom = 32

  static func sanitize(_ text: String, charset: DisplayCharset, limit: Int) -> String {
    var output = String.UnicodeScalarView()
    var length = 0
    var marks = 0
    // Where a text that grows too long is cut: scalars written, their end, and scalars read by then.
    var cut = (end: output.startIndex, read: 0)
    var read = 0
    // As written, not as read: the text must come out the same when it is read once more.
    var previous: Unicode.Scalar?
    var iterator = text.unicodeScalars.makeIterator()
    var pending = iterator.next()
    while let scalar = pending {
      pending = iterator.next()
      read += 1
      var written: String.UnicodeScalarView
      switch treatment(of: scalar, after: previous, before: pending, charset: charset) {
      case .keep:
        marks = 0
        written = String.UnicodeScalarView([scalar])
      case .mark:
        marks += 1
        // The fifth mark on a base and those after it are named, not drawn.
        written = marks <= DisplayText.maximumMarks ? String.UnicodeScalarView([scalar]) : code(of: scalar)
      case .caret:
        marks = 0
        written = String.UnicodeScalarView(["^", Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) ^ 0x40)])
      case .code:
        marks = 0
        written = code(of: scalar)
      }
      length += written.count
      if length > limit {
        output.removeSubrange(cut.end...)
        let left = scalarCount(of: text) - cut.read
        output.append(contentsOf: "\(charset == .utf8 ? "\u{2026}" : "...")(+\(left))".unicodeScalars)
        return String(output)
      }
      output.append(contentsOf: written)
      previous = written.last
      // A joiner without its second picture would not be one.
      if length <= limit - countRoom, previous != "\u{200D}" { cut = (output.endIndex, read) }
    }
    return String(output)
  }

  /// Scalars of a text, by bytes: a name of a mebibyte is counted in every frame that shows it.
  private static func scalarCount(of text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var count = 0
      for byte in bytes where byte & 0xC0 != 0x80 { count &+= 1 }
      return count
    }
  }

  private enum Treatment {
    case keep
    case mark
    case caret
    case code
  }

  private static func treatment(
    of scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?, charset: DisplayCharset
  ) -> Treatment {
    let value = scalar.value
    if value < 0x20 || value == 0x7F { return .caret }
    if value < 0x7F { return .keep }
    if charset == .ascii || value < 0xA0 { return .code }
    if invisibleLetters.contains(value) { return .code }
    if value == 0x200D {
      // A joiner means something between two pictures only.
      guard let next, let previous, isPicture(previous) || isVariation(previous), isPicture(next) else { return .code }
      return .mark
    }
    // A letter newer than the table of widths would shift whatever follows it.
    guard TextWidth.isKnown(scalar) else { return .code }
    // A mark without a base would be drawn on whatever stands before the text.
    guard let previous else { return TextWidth.columns(of: scalar) == 0 ? .code : letterTreatment(of: scalar) }
    if isVariation(scalar) { return isPicture(previous) ? .mark : .code }
    return letterTreatment(of: scalar)
  }

  private static func letterTreatment(of scalar: Unicode.Scalar) -> Treatment {
    let value = scalar.value
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return .code
    // Only the ideographic space, two columns wide, cannot be taken for the space bar's.
    case .spaceSeparator: return value == 0x3000 ? .keep : .code
    case .nonspacingMark, .enclosingMark: return TextWidth.columns(of: scalar) == 0 ? .mark : .keep
    default:
      // Whatever else takes no column would be unseen.
      return TextWidth.columns(of: scalar) == 0 ? (isJamo(value) ? .mark : .code) : .keep
    }
  }

  private static let invisibleLetters: Set<UInt32> = [0x34F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0]

  private static func isVariation(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0xFE0E || scalar.value == 0xFE0F }
  private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && TextWidth.isKnown(scalar) && (scalar.properties.isEmoji || scalar.properties.isEmojiModifier)
  }
  /// Medial and final letters of a Korean syllable.
  private static func isJamo(_ value: UInt32) -> Bool {
    (0x1161...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
  }

  private static func code(of scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(4 - hex.count, 0)) + hex
    return "<U+\(padded)>".unicodeScalars
  }
}
