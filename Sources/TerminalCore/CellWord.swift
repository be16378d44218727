/// A cell in eight bytes: the scalar in the low 21 bits, whether marks combine with it, and the style from bit 32 on.
enum CellWord {
  private static let scalarMask: UInt64 = 0x1F_FFFF
  private static let marksBit: UInt64 = 1 << 21
  private static let styleMask: UInt64 = 0xFFFF_FFFF_0000_0000
  private static let boldBit: UInt64 = 1 << 32
  private static let reverseBit: UInt64 = 1 << 33
  private static let underlineBit: UInt64 = 1 << 34
  private static let colorShift: UInt64 = 40

  /// A space in the plain style.
  static let blank: UInt64 = 0x20

  static func make(scalar: UInt32, style: Style) -> UInt64 { restyled(UInt64(scalar), style) }

  static func scalar(_ word: UInt64) -> UInt32 { UInt32(word & scalarMask) }

  static func hasMarks(_ word: UInt64) -> Bool { word & marksBit != 0 }

  static func marked(_ word: UInt64) -> UInt64 { word | marksBit }

  static func style(_ word: UInt64) -> Style {
    if word & styleMask == 0 { return .plain }
    return Style(
      foreground: ThemeColor(rawValue: UInt8(truncatingIfNeeded: word >> colorShift)) ?? .default,
      bold: word & boldBit != 0, reverse: word & reverseBit != 0, underline: word & underlineBit != 0)
  }

  static func restyled(_ word: UInt64, _ style: Style) -> UInt64 {
    var result = word & ~styleMask
    if style.bold { result |= boldBit }
    if style.reverse { result |= reverseBit }
    if style.underline { result |= underlineBit }
    return result | UInt64(style.foreground.rawValue) << colorShift
  }

  /// A space in the word's style.
  static func erased(_ word: UInt64) -> UInt64 { word & styleMask | blank }
}
