/// Characters for drawing lines, by what the terminal can show.
package struct Glyphs: Sendable {
  package let horizontal: String
  package let vertical: String
  /// One cell of a bar.
  package let bar: String
  /// The signs of a sorted column.
  package let up: String
  package let down: String

  package init(charset: DisplayCharset) {
    switch charset {
    case .utf8:
      (horizontal, vertical, bar) = ("\u{2500}", "\u{2502}", "\u{2588}")
      (up, down) = ("\u{2191}", "\u{2193}")
    case .ascii:
      (horizontal, vertical, bar) = ("-", "|", "#")
      (up, down) = ("^", "v")
    }
  }

  package static var current: Glyphs { Glyphs(charset: .current) }
}
