import TerminalCore
import Testing

@Suite("Glyphs", .timeLimit(.minutes(5)))
struct GlyphsTests {
  @Test(
    "Every glyph is one cell wide, and ASCII where only ASCII can be shown", arguments: [DisplayCharset.utf8, .ascii])
  func width(charset: DisplayCharset) {
    let glyphs = Glyphs(charset: charset)
    for glyph in [glyphs.horizontal, glyphs.vertical, glyphs.bar, glyphs.up, glyphs.down] {
      #expect(glyph.unicodeScalars.count == 1)
      #expect(glyph.utf8.count == 1 || charset == .utf8)
    }
  }
}
