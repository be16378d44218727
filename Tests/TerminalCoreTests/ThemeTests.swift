import Glibc
import TerminalCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct ThemeTests {
  /// The sixteen colours of usual palettes, as their programs ship them.
  static let palettes: [(name: String, background: UInt32, colors: [UInt32])] = [
    (
      "linux", 0x000000,
      [
        0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA, 0x555555, 0xFF5555, 0x55FF55,
        0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
      ]
    ),
    (
      "xterm", 0x000000,
      [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00,
        0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
      ]
    ),
    (
      "campbell", 0x0C0C0C,
      [
        0x0C0C0C, 0xC50F1F, 0x13A10E, 0xC19C00, 0x0037DA, 0x881798, 0x3A96DD, 0xCCCCCC, 0x767676, 0xE74856, 0x16C60C,
        0xF9F1A5, 0x3B78FF, 0xB4009E, 0x61D6D6, 0xF2F2F2,
      ]
    ),
    (
      "tango", 0x000000,
      [
        0x000000, 0xCC0000, 0x4E9A06, 0xC4A000, 0x3465A4, 0x75507B, 0x06989A, 0xD3D7CF, 0x555753, 0xEF2929, 0x8AE234,
        0xFCE94F, 0x729FCF, 0xAD7FA8, 0x34E2E2, 0xEEEEEC,
      ]
    ),
    (
      "solarized", 0x002B36,
      [
        0x073642, 0xDC322F, 0x859900, 0xB58900, 0x268BD2, 0xD33682, 0x2AA198, 0xEEE8D5, 0x002B36, 0xCB4B16, 0x586E75,
        0x657B83, 0x839496, 0x6C71C4, 0x93A1A1, 0xFDF6E3,
      ]
    ),
  ]

  /// WCAG 2: the ratio of two colours, 1 to 21.
  private func contrast(_ left: UInt32, _ right: UInt32) -> Double {
    func luminance(_ color: UInt32) -> Double {
      let parts = [16, 8, 0].map { shift -> Double in
        let value = Double(color >> UInt32(shift) & 0xFF) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (high, low) = (max(luminance(left), luminance(right)), min(luminance(left), luminance(right)))
    return (high + 0.05) / (low + 0.05)
  }

  private func rgb(_ number: Int16, in palette: [UInt32]) -> UInt32 {
    if number < 16 { return palette[Int(number)] }
    let steps: [UInt32] = [0, 95, 135, 175, 215, 255]
    let index = Int(number) - 16
    return steps[index / 36] << 16 | steps[index / 6 % 6] << 8 | steps[index % 6]
  }

  /// Colours a theme gives to words.
  private func wordColors(_ theme: Theme) -> Set<ThemeColor> {
    Set(TextRole.allCases.map { theme.style($0).foreground })
  }

  @Test("High contrast reaches 7:1 for every word, on 8, 16 and 256 colours and every usual palette")
  func highContrast() {
    var lowest = Double.infinity
    for count in [8, 16, 88, 256] {
      let palette = ThemePalette(.highContrast, colorCount: count, isBackgroundLight: false)
      #expect(palette.foreground >= 0 && palette.background >= 0)
      for usual in Self.palettes {
        let background = rgb(palette.background, in: usual.colors)
        for color in wordColors(.highContrast) {
          let ratio = contrast(rgb(palette.number(of: color), in: usual.colors), background)
          #expect(ratio >= 7, "\(color) of \(count) on \(usual.name): \(ratio)")
          lowest = min(lowest, ratio)
        }
      }
    }
    print("figure contrast of the high-contrast theme: at least \((lowest * 10).rounded() / 10):1")
  }

  @Test("The default theme's colours reach 4.5:1 on the background of every usual palette, or are not used")
  func defaultTheme() {
    var lowest = Double.infinity
    for usual in Self.palettes {
      for (count, isLight) in [(8, false), (16, false), (256, false), (8, true), (16, true), (256, true)] {
        let palette = ThemePalette(.default, colorCount: count, isBackgroundLight: isLight)
        #expect(palette.foreground == -1 && palette.background == -1)
        for color in wordColors(.default) where palette.number(of: color) >= 0 {
          let ratio = contrast(
            rgb(palette.number(of: color), in: usual.colors), isLight ? usual.colors[15] : usual.background)
          #expect(ratio >= 4.5, "\(color) of \(count) on \(usual.name): \(ratio)")
          lowest = min(lowest, ratio)
        }
      }
    }
    print("figure contrast of the default theme: at least \((lowest * 10).rounded() / 10):1")
  }

  @Test("Mono, and a terminal without colours, use no colour")
  func mono() {
    for palette in [
      ThemePalette(.mono, colorCount: 256, isBackgroundLight: false),
      ThemePalette(.default, colorCount: 2, isBackgroundLight: false),
      ThemePalette(.highContrast, colorCount: 0, isBackgroundLight: false),
    ] {
      #expect(palette.background == -1 && ThemeColor.allCases.allSatisfy { palette.number(of: $0) == -1 })
    }
  }

  @Test(
    "A light background is known from COLORFGBG",
    arguments: [
      ("0;15", true), ("0;7", true), ("12;default;15", true), ("15;0", false), ("7;8", false), ("", false),
      ("0;default", false),
    ])
  func lightBackground(value: String, isLight: Bool) {
    #expect(ThemePalette.isLight(colorForegroundBackground: value) == isLight)
  }

  @Test("Lines are broken at spaces, and long words where they must be")
  func wrapping() {
    #expect(DisplayText("one two three").wrapped(columns: 7).map(\.string) == ["one two", "three"])
    #expect(DisplayText("abcdefgh ij").wrapped(columns: 3).map(\.string) == ["abc", "def", "gh", "ij"])
    #expect(DisplayText("a \u{754C}\u{754C}").wrapped(columns: 3).map(\.string) == ["a", "\u{754C}", "\u{754C}"])
    #expect(DisplayText("\u{754C}").wrapped(columns: 1).count == 1)
    #expect(DisplayText("fits").wrapped(columns: 4).map(\.string) == ["fits"])
  }
}
