/// Where an unseen scalar changes a picture: only there is it drawn, and everywhere else it is shown by name.
///
/// The rules are those of the sequences that Unicode recommends for general interchange (UTS 51), read strictly: a
/// selector that asks for what is drawn without it, or a joiner between pictures that no font joins, would be unseen.
enum PictureSequence {
  static let joiner: Unicode.Scalar = "\u{200D}"
  private static let textSelector: Unicode.Scalar = "\u{FE0E}"
  private static let pictureSelector: Unicode.Scalar = "\u{FE0F}"

  static func isSelector(_ scalar: Unicode.Scalar) -> Bool { scalar == textSelector || scalar == pictureSelector }

  static func isModifier(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isEmojiModifier }

  /// A scalar that a sequence may begin with; digits and signs of Latin-1 are no pictures here.
  static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji && TextWidth.isKnown(scalar)
  }

  /// Whether a selector directly after a scalar changes how that is drawn.
  static func changes(_ base: Unicode.Scalar, selector: Unicode.Scalar) -> Bool {
    guard isPicture(base), !isModifier(base) else { return false }
    return (selector == textSelector) == base.properties.isEmojiPresentation
  }

  /// Whether a joiner makes one picture of two.
  ///
  /// `base` is the last picture before it without selector and skin tone, `previous` the scalar right before it, and
  /// `next` and `afterNext` those after it.
  static func joins(
    base: Unicode.Scalar, previous: Unicode.Scalar, next: Unicode.Scalar, afterNext: Unicode.Scalar?
  ) -> Bool {
    guard isPicture(next), isWhole(base, last: previous) else { return false }
    guard next.properties.isEmojiPresentation || afterNext == pictureSelector else { return false }
    return isPair(base.value, next.value) || (isGender(next.value) && hasGender(base))
  }

  /// A picture that text shows as a sign needs its selector to be one.
  private static func isWhole(_ base: Unicode.Scalar, last: Unicode.Scalar) -> Bool {
    last == pictureSelector || isModifier(last) || (last == base && base.properties.isEmojiPresentation)
  }

  private static func isGender(_ value: UInt32) -> Bool { value == 0x2640 || value == 0x2642 }

  private static func hasGender(_ base: Unicode.Scalar) -> Bool {
    base.properties.isEmojiModifierBase || [0x1F46F, 0x1F93C, 0x1F9DE, 0x1F9DF].contains(base.value)
  }

  private static func isPair(_ left: UInt32, _ right: UInt32) -> Bool {
    if adults.contains(left) { return people.contains(right) || roles.contains(right) }
    if people.contains(left) || left == 0x1F48B || left == 0x1F91D { return people.contains(right) }
    if left == 0x2764 { return people.contains(right) || [0x1F48B, 0x1F525, 0x1FA79].contains(right) }
    if right == 0x27A1 { return facing.contains(left) }
    return pairs.contains { $0 == left && $1 == right }
  }

  private static let adults: Set<UInt32> = [0x1F468, 0x1F469, 0x1F9D1]
  private static let people: Set<UInt32> = [0x1F466, 0x1F467, 0x1F468, 0x1F469, 0x1F9D1, 0x1F9D2]
  /// What adults are joined with: trades, hair, aids, and the heart and the hands of a couple.
  private static let roles: Set<UInt32> = [
    0x2695, 0x2696, 0x2708, 0x2764, 0x1F33E, 0x1F373, 0x1F37C, 0x1F384, 0x1F393, 0x1F3A4, 0x1F3A8, 0x1F3EB, 0x1F3ED,
    0x1F430, 0x1F4BB, 0x1F4BC, 0x1F527, 0x1F52C, 0x1F680, 0x1F692, 0x1F91D, 0x1F9AF, 0x1F9B0, 0x1F9B1, 0x1F9B2, 0x1F9B3,
    0x1F9BC, 0x1F9BD, 0x1FA70,
  ]
  /// Who may face right.
  private static let facing: Set<UInt32> = [
    0x2640, 0x2642, 0x1F3C3, 0x1F6B6, 0x1F9AF, 0x1F9BC, 0x1F9BD, 0x1F9CE,
  ]
  private static let pairs: [(UInt32, UInt32)] = [
    (0x26D3, 0x1F4A5), (0x1F344, 0x1F7EB), (0x1F34B, 0x1F7E9), (0x1F3F3, 0x1F308), (0x1F3F3, 0x26A7),
    (0x1F3F4, 0x2620), (0x1F408, 0x2B1B), (0x1F415, 0x1F9BA), (0x1F426, 0x1F525), (0x1F426, 0x2B1B),
    (0x1F43B, 0x2744), (0x1F441, 0x1F5E8), (0x1F62E, 0x1F4A8), (0x1F635, 0x1F4AB), (0x1F636, 0x1F32B),
    (0x1F642, 0x2194), (0x1F642, 0x2195), (0x1FAF1, 0x1FAF2),
  ]
}
