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

/// Text that is safe to show: the only text that reaches a screen, standard output in words, standard error or a log.
///
/// Controls are in caret form, invisible and direction-changing scalars are `<U+XXXX>`: marked, never deleted, so that
/// two different names never look the same. Making one is total and idempotent.
package struct DisplayText: Hashable, Sendable {
  package let string: String
  /// Columns in a terminal.
  package let width: Int

  /// Most scalars of one field as it is shown; what is left out of a longer one is counted, `...(+N)`.
  package static let maximumScalars = 1024
  /// Most combining marks on one base.
  package static let maximumMarks = 4

  /// `limit`: most scalars kept. Files that are read by programs keep all of them.
  package init(_ untrusted: String, charset: DisplayCharset = .current, limit: Int = maximumScalars) {
    var text = untrusted
    let isPlain = text.withUTF8 { bytes in
      bytes.count <= limit && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }
    if isPlain {
      string = text
      width = text.utf8.count
    } else {
      let safe = DisplaySanitizer.sanitize(untrusted, charset: charset, limit: limit)
      string = safe
      width = TextWidth.columns(of: safe)
    }
  }

  fileprivate init(safe string: String, width: Int) {
    self.string = string
    self.width = width
  }

  package static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    DisplayText(safe: left.string + right.string, width: left.width + right.width)
  }

  /// One byte a column: no other text has as many bytes as columns.
  package var isASCII: Bool { string.utf8.count == width }

  /// Cut to some columns, with a mark of the cut where there is room for one.
  package func truncated(to columns: Int) -> DisplayText {
    guard width > columns else { return self }
    guard columns > 1 else { return prefix(columns: max(columns, 0)) }
    let mark = DisplayCharset.current == .utf8 ? "\u{2026}" : "~"
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

  /// Filled with spaces to some columns.
  package func padded(to columns: Int) -> DisplayText {
    guard width < columns else { return self }
    return DisplayText(safe: string + String(repeating: " ", count: columns - width), width: columns)
  }
}

extension DisplayText: ExpressibleByStringLiteral {
  /// A literal of the program itself; checked like any other text.
  package init(stringLiteral value: StaticString) { self.init(value.description) }
}

extension DisplayText: CustomStringConvertible {
  package var description: String { string }
}
