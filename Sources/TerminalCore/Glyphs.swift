/// Characters for drawing lines, by what the terminal can show.
package struct Glyphs: Sendable {
  package let horizontal: String
  package let vertical: String
  /// One cell of a bar.
  package let bar: String

  package init(charset: DisplayCharset) {
    switch charset {
    case .utf8: (horizontal, vertical, bar) = ("\u{2500}", "\u{2502}", "\u{2588}")
    case .ascii: (horizontal, vertical, bar) = ("-", "|", "#")
    }
  }

  package static var current: Glyphs { Glyphs(charset: .current) }
}
