import Synchronization

/// What the terminal can show.
package enum DisplayCharset: Sendable {
  case utf8
  /// Everything above `~` is written as `<U+XXXX>`.
  case ascii

  private static let asciiOnly = Atomic<Bool>(false)

  /// The charset of this process; set once at the start, from the locale and `--ascii`.
  package static var current: DisplayCharset {
    get { asciiOnly.load(ordering: .relaxed) ? .ascii : .utf8 }
    set { asciiOnly.store(newValue == .ascii, ordering: .relaxed) }
  }
}

/// Text that is safe to show: the only text that reaches a screen, standard output in words, standard error, a log or
/// the clipboard.
///
/// What a terminal obeys or does not draw is written as `<U+XXXX>`, its code point in four to six digits: controls,
/// line breaks and tabs too, directions, spaces but U+0020, every default-ignorable code point, blank glyphs, private
/// and unassigned ones, and the fifth mark on a base. It is marked, never deleted. A `<U+` in the text itself that
/// would read as such an escape has its `<` written as `<U+003C>`, so that two different texts never become the same
/// one: read backwards, the result of a text that is not cut is that text again.
///
/// Making one is total. It is applied once: the type guarantees it. Text that is put together from sanitized text
/// goes through ``init(own:charset:)`` or ``+``.
package struct DisplayText: Hashable, Sendable {
  package let string: String
  /// Columns in a terminal.
  package let width: Int

  /// Most scalars of one field as it is shown. A longer one ends in the number of those left out and a digest of them,
  /// `...(+976, 3f9a1c0b7d21e5aa)`: two that differ only there do not look the same.
  package static let maximumScalars = 1024
  /// Most combining marks on one base.
  package static let maximumMarks = 4

  /// `limit`: most scalars kept. Files that are read by programs keep all of them.
  package init(_ untrusted: String, charset: DisplayCharset = .current, limit: Int = maximumScalars) {
    self.init(untrusted, charset: charset, limit: limit, end: .max, escapesEscapes: true)
  }

  /// The program's own words, and text put together from sanitized text and such words, at any length: as the other,
  /// but an escape in it stays as it is.
  package init(own text: String, charset: DisplayCharset = .current) {
    self.init(text, charset: charset, limit: .max, end: .max, escapesEscapes: false)
  }

  private init(_ text: String, charset: DisplayCharset, limit: Int, end: Int, escapesEscapes: Bool) {
    var text = text
    let isPrintableASCII = text.withUTF8 { bytes in
      guard bytes.count <= min(limit, end) else { return false }
      // Without a branch in it the loop looks at many bytes at once.
      var isOther: UInt8 = 0
      var mayEscape: UInt8 = 0
      for byte in bytes {
        isOther |= byte &- 0x20 > 0x5E ? 1 : 0
        mayEscape |= byte == UInt8(ascii: "<") ? 1 : 0
        mayEscape |= byte == UInt8(ascii: "(") ? 1 : 0
      }
      return isOther == 0 && !(mayEscape != 0 && escapesEscapes && DisplaySanitizer.hasEscape(bytes))
    }
    if isPrintableASCII {
      string = text
      width = text.utf8.count
    } else {
      let safe = DisplaySanitizer.sanitize(
        text, charset: charset, limit: limit, end: end, escapesEscapes: escapesEscapes)
      string = safe
      width = TextWidth.columns(of: safe)
    }
  }

  /// Whether a text of any length is shown as it is, with nothing in it sanitized.
  package static func isExact(_ text: String, charset: DisplayCharset = .current) -> Bool {
    DisplayText(text, charset: charset, limit: .max).string == text
  }

  /// The beginning of a text as it is shown in the whole: its first scalars, read with those after them.
  package static func beginning(_ scalars: Int, of text: String, charset: DisplayCharset = .current) -> DisplayText {
    DisplayText(text, charset: charset, limit: .max, end: scalars, escapesEscapes: true)
  }

  init(safe string: String, width: Int) {
    self.string = string
    self.width = width
  }

  package static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    DisplayText(safe: left.string + right.string, width: left.width + right.width)
  }

  /// One byte a column: no other text has as many bytes as columns.
  package var isASCII: Bool { string.utf8.count == width }

  /// Cut to some columns, with a mark of the cut where there is room for one.
  package func truncated(to columns: Int, charset: DisplayCharset = .current) -> DisplayText {
    guard width > columns else { return self }
    guard columns > 1 else { return prefix(columns: max(columns, 0)) }
    let mark = charset == .utf8 ? "\u{2026}" : "~"
    let kept = prefix(columns: columns - 1)
    return DisplayText(safe: kept.string + mark, width: kept.width + 1)
  }

  /// The scalars that fit into some columns.
  package func prefix(columns: Int) -> DisplayText {
    guard width > columns else { return self }
    if isASCII {
      let count = max(columns, 0)
      return DisplayText(safe: String(Substring(string.utf8.prefix(count))), width: count)
    }
    var view = String.UnicodeScalarView()
    var used = 0
    for scalar in string.unicodeScalars {
      let next = TextWidth.columns(of: scalar)
      if used + next > columns { break }
      used += next
      view.append(scalar)
    }
    return DisplayText(safe: String(view), width: used)
  }

  /// What follows the first columns; a wide character cut in two is left out whole, and marks go with their base.
  package func dropping(columns: Int) -> DisplayText {
    guard columns > 0 else { return self }
    var dropped = 0
    var view = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      let next = TextWidth.columns(of: scalar)
      if dropped < columns || (view.isEmpty && next == 0) { dropped += next } else { view.append(scalar) }
    }
    return DisplayText(safe: String(view), width: max(width - dropped, 0))
  }

  /// The same with a last space by name: at the end nothing would distinguish it from the blank cells of a row.
  package var showingLastSpace: DisplayText {
    guard string.utf8.last == 0x20 else { return self }
    return DisplayText(safe: string.dropLast() + "<U+0020>", width: width + 7)
  }

  /// Filled with spaces to some columns.
  package func padded(to columns: Int) -> DisplayText {
    guard width < columns else { return self }
    return DisplayText(safe: string + String(repeating: " ", count: columns - width), width: columns)
  }
}

extension DisplayText: ExpressibleByStringLiteral {
  /// A literal of the program itself.
  package init(stringLiteral value: StaticString) { self.init(own: value.description) }
}

extension DisplayText: CustomStringConvertible {
  package var description: String { string }
}
