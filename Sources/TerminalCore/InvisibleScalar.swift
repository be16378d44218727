/// Scalars that a terminal draws as nothing, or that only change how others are drawn.
enum InvisibleScalar {
  /// True for every default-ignorable code point of Unicode, assigned or not, and for what draws nothing without being
  /// one: spaces but U+0020, blank patterns, fillers, and modifiers of scripts that no terminal shapes.
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    // Nearly all text; U+00AD is the only default-ignorable scalar below the combining marks.
    if value < 0x300 { return value == 0xA0 || value == 0xAD }
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    if value >= 0x2800, blank.contains(where: { $0.contains(value) }) { return true }
    return scalar.properties.generalCategory == .spaceSeparator
  }

  /// Blank without being default-ignorable, by their names in Unicode.
  private static let blank: [ClosedRange<UInt32>] = [
    0x2D7F...0x2D7F,  // TIFINAGH CONSONANT JOINER
    0x2800...0x2800,  // BRAILLE PATTERN BLANK
    0x303F...0x303F,  // IDEOGRAPHIC HALF FILL SPACE
    0xFFFC...0xFFFC,  // OBJECT REPLACEMENT CHARACTER
    0x1107F...0x1107F,  // BRAHMI NUMBER JOINER
    0x13440...0x13442,  // EGYPTIAN HIEROGLYPH MIRROR HORIZONTALLY, FULL BLANK, HALF BLANK
    0x13447...0x13455,  // EGYPTIAN HIEROGLYPH MODIFIER DAMAGED AT ...
    0x16FE4...0x16FE4,  // KHITAN SMALL SCRIPT FILLER
    0x1BC9D...0x1BC9D,  // DUPLOYAN THICK LETTER SELECTOR
    0x1D159...0x1D159,  // MUSICAL SYMBOL NULL NOTEHEAD
    0x1DA7F...0x1DA80,  // SIGNWRITING LOCATION-WALLPLANE SPACE, LOCATION-FLOORPLANE SPACE
    0x1DA9B...0x1DA9F,  // SIGNWRITING FILL MODIFIER-...
    0x1DAA1...0x1DAAF,  // SIGNWRITING ROTATION MODIFIER-...
  ]
}
