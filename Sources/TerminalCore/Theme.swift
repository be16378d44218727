/// How the screen is coloured. The text is the same in each: colour and weight only decorate words.
package enum Theme: String, Hashable, Sendable, CaseIterable {
  /// The terminal's own text and background; one calm colour on repeated words.
  case `default`
  /// White on black with light colours, each at least 7:1.
  case highContrast = "high-contrast"
  /// No colour at all.
  case mono

  /// The looks of a piece of text.
  package func style(_ role: TextRole) -> Style {
    switch role {
    case .program: Style(foreground: .cyan, bold: true)
    case .heading: Style(foreground: self == .highContrast ? .yellow : .default, bold: true, underline: true)
    case .emphasis: Style(bold: true)
    case .error: Style(foreground: self == .highContrast ? .red : .default, bold: true)
    case .fullAccess: Style(foreground: .cyan)
    case .match: Style(bold: true, underline: true)
    case .bar: Style(foreground: .cyan)
    }
  }
}

/// What a piece of text is on the screen.
package enum TextRole: Sendable, CaseIterable {
  case program
  case heading
  /// A name, a count or a key that the eye should find.
  case emphasis
  case error
  /// The word `full`; the number of permissions beside it is shown as `all`.
  case fullAccess
  /// What a filter found.
  case match
  case bar
}

/// The terminal's colour numbers for a theme.
package struct ThemePalette: Equatable, Sendable {
  /// -1 is the terminal's own.
  package let foreground: Int16
  package let background: Int16
  private let numbers: [Int16]

  /// The number of a colour; ``foreground`` where the theme does not use it on this terminal.
  package func number(of color: ThemeColor) -> Int16 { numbers[Int(color.rawValue)] }

  /// `colorCount` is what the terminal can show, less than 8 being none.
  package init(_ theme: Theme, colorCount: Int, isBackgroundLight: Bool) {
    var chosen: [ThemeColor: Int16] = [:]
    var base: (foreground: Int16, background: Int16) = (-1, -1)
    switch theme {
    case _ where colorCount < 8: break
    case .mono: break
    case .default:
      // Of the sixteen only green and cyan reach 4.5:1 on the dark background of every usual palette; none does on a
      // light one, where a dark colour of the cube does.
      if !isBackgroundLight {
        chosen = [.cyan: 6]
      } else if colorCount >= 256 {
        chosen = [.cyan: 24]
      }
    case .highContrast where colorCount >= 256:
      // The cube is the same in every palette, so that the contrast is known: 231 is white, 16 is black.
      base = (231, 16)
      chosen = [.red: 217, .yellow: 228, .cyan: 123]
    case .highContrast:
      // The sixteen are up to the palette, and only white on black is sure to reach 7:1.
      base = (colorCount >= 16 ? 15 : 7, 0)
    }
    (foreground, background) = base
    numbers = ThemeColor.allCases.map { chosen[$0] ?? base.foreground }
  }

  /// Whether `COLORFGBG`, which some terminals set to `foreground;background`, reports a light background.
  package static func isLight(colorForegroundBackground value: String?) -> Bool {
    guard let last = value?.split(separator: ";").last, let number = Int(last) else { return false }
    return number == 7 || (9...15).contains(number)
  }
}
