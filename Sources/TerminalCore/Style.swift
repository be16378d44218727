/// A colour by its name; the theme's palette decides which of the terminal's it is.
package enum ThemeColor: UInt8, Sendable, CaseIterable {
  case `default` = 0
  case red, yellow, cyan
}

/// How a cell is drawn. Colour and weight only decorate what is already a word.
package struct Style: Hashable, Sendable {
  package var foreground: ThemeColor
  package var bold: Bool
  package var reverse: Bool
  package var underline: Bool

  package init(foreground: ThemeColor = .default, bold: Bool = false, reverse: Bool = false, underline: Bool = false) {
    self.foreground = foreground
    self.bold = bold
    self.reverse = reverse
    self.underline = underline
  }

  package static let plain = Style()
}
