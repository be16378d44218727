import Digests

/// Sanitizes text: see ``DisplayText``. One pass over the bytes of valid UTF-8, and one over those of the result.
struct DisplaySanitizer {
  /// How the end of a text that was cut is written: `...(+976, 3f9a1c0b7d21e5aa)`.
  private static let countRoom = 48
  /// Digits of the digest of what was cut off: 64 bits, so that no second text with the same ones can be made.
  private static let digestDigits = 16

  private let input: UnsafeBufferPointer<UInt8>
  private let charset: DisplayCharset
  private let limit: Int
  /// False for the program's own words.
  private let escapesEscapes: Bool

  private var output: [UInt8] = []
  /// Scalars written.
  private var length = 0
  /// The byte that is read next, and the scalars before it.
  private var position = 0
  private var read = 0
  /// Marks on the last base.
  private var marks = 0
  /// The last scalar as it was written.
  private var previous: Unicode.Scalar?
  /// The picture that `previous` ends, without selector and skin tone.
  private var picture: Unicode.Scalar?

  /// `limit` is the most scalars written; `end` the most that are read.
  static func sanitize(
    _ text: String, charset: DisplayCharset, limit: Int, end: Int = .max, escapesEscapes: Bool = true
  ) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var sanitizer = DisplaySanitizer(
        input: bytes, charset: charset, limit: limit, escapesEscapes: escapesEscapes)
      sanitizer.run(end: end)
      return String(decoding: sanitizer.output, as: UTF8.self)
    }
  }

  /// Whether text of visible ASCII has something in it that would read as an escape.
  static func hasEscape(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.indices.contains { readsAsEscape(bytes, at: $0) }
  }

  private init(input: UnsafeBufferPointer<UInt8>, charset: DisplayCharset, limit: Int, escapesEscapes: Bool) {
    self.input = input
    self.charset = charset
    self.limit = limit
    self.escapesEscapes = escapesEscapes
    output.reserveCapacity(min(input.count, max(limit, 0)) + DisplaySanitizer.countRoom)
  }

  private mutating func run(end: Int) {
    // Where a text that grows too long is cut.
    var cut = (output: 0, position: 0, read: 0)
    let room = limit - DisplaySanitizer.countRoom
    while position < input.count, read < end {
      let byte = input[position]
      if byte < 0x80 {
        position += 1
        readASCII(byte)
      } else {
        let (scalar, count) = scalar(at: position)
        position += count
        readScalar(scalar)
      }
      read += 1
      if length > limit {
        output.removeSubrange(cut.output...)
        appendCount(of: cut.position, read: cut.read)
        return
      }
      // A joiner without its second picture would not be one.
      if length <= room, previous != PictureSequence.joiner { cut = (output.count, position, read) }
    }
  }

  /// The number of scalars left out, and a digest of them: texts that differ only there differ still.
  private mutating func appendCount(of start: Int, read: Int) {
    let rest = UnsafeBufferPointer(rebasing: input[start...])
    var count = 0
    for byte in rest where byte & 0xC0 != 0x80 { count &+= 1 }
    var digest = SHA256()
    digest.update(rest)
    let mark = charset == .utf8 ? "\u{2026}" : "..."
    output += "\(mark)(+\(count), \(digest.hexDigest().prefix(DisplaySanitizer.digestDigits)))".utf8
  }

  private mutating func readASCII(_ byte: UInt8) {
    marks = 0
    picture = nil
    let isEscape = escapesEscapes && DisplaySanitizer.readsAsEscape(input, at: position - 1)
    if byte < 0x20 || byte == 0x7F || isEscape {
      appendCode(UInt32(byte))
    } else {
      output.append(byte)
      length += 1
      previous = Unicode.Scalar(byte)
    }
  }

  private mutating func readScalar(_ scalar: Unicode.Scalar) {
    switch treatment(of: scalar) {
    case .keep:
      marks = 0
      // A skin tone belongs to the person before it.
      let isTone = PictureSequence.isModifier(scalar) && picture?.properties.isEmojiModifierBase == true
      if !isTone { picture = scalar }
      append(scalar)
    case .mark:
      marks += 1
      // The fifth mark on a base and those after it are named, not drawn.
      if marks <= DisplayText.maximumMarks {
        append(scalar)
      } else {
        appendCode(scalar.value)
      }
    case .code:
      marks = 0
      picture = nil
      appendCode(scalar.value)
    }
  }

  private enum Treatment {
    case keep
    case mark
    case code
  }

  private func treatment(of scalar: Unicode.Scalar) -> Treatment {
    let value = scalar.value
    if charset == .ascii || value < 0xA0 { return .code }
    if value < 0x300 { return InvisibleScalar.contains(scalar) ? .code : .keep }
    if scalar == PictureSequence.joiner { return isJoiner() ? .mark : .code }
    if PictureSequence.isSelector(scalar) {
      return previous.map { PictureSequence.changes($0, selector: scalar) } == true ? .mark : .code
    }
    // A letter newer than the table of widths would shift whatever follows it.
    guard !InvisibleScalar.contains(scalar), TextWidth.isKnown(scalar) else { return .code }
    let takesNoColumn = TextWidth.columns(of: scalar) == 0
    // A mark without a base would be drawn on whatever precedes the text.
    if takesNoColumn, previous == nil { return .code }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return .code
    case .nonspacingMark, .enclosingMark: return takesNoColumn ? .mark : .keep
    default:
      // Whatever else takes no column would be unseen, but the second and third letter of a Korean syllable.
      guard takesNoColumn else { return .keep }
      return isJamo(value) && previous.map { isHangul($0.value) } == true ? .mark : .code
    }
  }

  /// Whether the joiner just read makes one picture of those around it.
  private func isJoiner() -> Bool {
    guard let previous, let picture, position < input.count else { return false }
    let (next, count) = scalar(at: position)
    let after = position + count < input.count ? scalar(at: position + count).scalar : nil
    return PictureSequence.joins(base: picture, previous: previous, next: next, afterNext: after)
  }

  /// Medial and final letters of a Korean syllable.
  private func isJamo(_ value: UInt32) -> Bool {
    (0x1161...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
  }

  private func isHangul(_ value: UInt32) -> Bool {
    (0x1100...0x11FF).contains(value) || (0xA960...0xA97F).contains(value) || (0xAC00...0xD7FF).contains(value)
  }

  // MARK: Reading

  /// A scalar of valid UTF-8 and its bytes.
  private func scalar(at index: Int) -> (scalar: Unicode.Scalar, count: Int) {
    let first = UInt32(input[index])
    func bits(_ offset: Int) -> UInt32 { UInt32(input[index + offset]) & 0x3F }
    let (value, count): (UInt32, Int) =
      switch first {
      case ..<0x80: (first, 1)
      case ..<0xE0: ((first & 0x1F) << 6 | bits(1), 2)
      case ..<0xF0: ((first & 0x0F) << 12 | bits(1) << 6 | bits(2), 3)
      default: ((first & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), 4)
      }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", count)
  }

  /// Whether what is in the input would read as one of the two things this writes: `<U+` and a hexadecimal digit,
  /// or the count after a text that was cut.
  private static func readsAsEscape(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "<"):
      guard index + 3 < bytes.count, bytes[index + 1] == UInt8(ascii: "U"), bytes[index + 2] == UInt8(ascii: "+")
      else { return false }
      return isDigit(bytes[index + 3], or: 0x41...0x46)
    case UInt8(ascii: "("):
      guard index > 0, index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "+") else { return false }
      // The last byte of the three dots as one character.
      return isDigit(bytes[index + 2]) && (bytes[index - 1] == UInt8(ascii: ".") || bytes[index - 1] == 0xA6)
    default: return false
    }
  }

  private static func isDigit(_ byte: UInt8, or letters: ClosedRange<UInt8> = 0x30...0x39) -> Bool {
    // In either case: who reads it does not look whether the letters are small.
    (0x30...0x39).contains(byte) || letters.contains(byte & 0xDF)
  }

  // MARK: Writing

  private mutating func append(_ scalar: Unicode.Scalar) {
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    length += 1
    previous = scalar
  }

  /// `<U+202E>`: four to six digits.
  private mutating func appendCode(_ value: UInt32) {
    let digits = value > 0xFFFFF ? 6 : value > 0xFFFF ? 5 : 4
    output += "<U+".utf8
    for shift in stride(from: (digits - 1) * 4, through: 0, by: -4) {
      let nibble = UInt8(truncatingIfNeeded: value >> UInt32(shift)) & 15
      output.append(nibble < 10 ? 0x30 + nibble : 0x37 + nibble)
    }
    output.append(UInt8(ascii: ">"))
    length += digits + 4
    previous = ">"
  }
}
