import Glibc
import TestSupport
import Testing

@testable import TerminalCore

@Suite("Frames", .timeLimit(.minutes(30)))
struct FrameTests {
  @Test("Text is written into cells, and what does not fit is dropped")
  func put() {
    var frame = Frame(width: 6, height: 2)
    #expect(frame.put("abcdefgh", row: 0, column: 2) == 4)
    #expect(frame.put("xyz", row: 1, column: 0, maxColumns: 2) == 2)
    #expect(frame.put("no", row: 2, column: 0) == 0)
    #expect(frame.put("no", row: -1, column: 0) == 0)
    #expect(frame.textGrid() == ["  abcd", "xy"])
  }

  @Test("A wide character takes two cells or none")
  func wide() {
    let wide = DisplayText("\u{4E2D}\u{6587}", charset: .utf8)
    var frame = Frame(width: 5, height: 1)
    #expect(frame.put(wide, row: 0, column: 2) == 2)
    #expect(frame.textGrid() == ["  \u{4E2D}"])
    frame.put("x", row: 0, column: 3)
    #expect(frame.textGrid() == ["   x"])
    frame.put(wide, row: 0, column: 0)
    frame.put(wide, row: 0, column: 1)
    #expect(frame.textGrid() == [" \u{4E2D}\u{6587}"])
    frame.fill(row: 0, columns: 2..<4)
    #expect(frame.textGrid() == [""])
    for column in 0..<5 { #expect(frame[0, column].scalar == 0x20) }
  }

  @Test("Frames of random writes never hold half a character")
  func halves() {
    var random = SplitMix(state: 7)
    var frame = Frame(width: 12, height: 1)
    let texts: [DisplayText] = [
      "ab", DisplayText("\u{4E2D}\u{6587}", charset: .utf8), DisplayText("a\u{4E2D}b", charset: .utf8),
    ]
    for _ in 0..<5000 {
      let column = random.below(13)
      if random.below(4) == 0 {
        frame.fill(row: 0, columns: column..<(column + random.below(4)))
      } else {
        frame.put(texts[random.below(3)], row: 0, column: column)
      }
      for place in 0..<12 {
        let isHalf = frame[0, place].scalar == 0
        let followsWide =
          place > 0 && (Unicode.Scalar(frame[0, place - 1].scalar).map { TextWidth.columns(of: $0) } ?? 0) == 2
        #expect(isHalf == followsWide)
      }
    }
  }

  @Test("Widths are those of a terminal", .tags(.a5))
  func widths() throws {
    let emulator = try #require(TerminalEmulator(columns: 20, rows: 1))
    // Every assigned scalar before a release; every 7th otherwise.
    let step = getenv("APIKEYS_ALL_SCALARS") == nil ? 7 : 1
    var tried = 0
    var newer = 0
    // Twelve old ones whose class Unicode has changed since, or that the emulator takes for wide letters, not marks.
    let changed: Set<UInt32> = [
      0x6DE, 0x1734, 0x1885, 0x1886, 0x1A1B, 0x302A, 0x302B, 0x302C, 0x302D, 0x3099, 0x309A, 0xA802,
    ]
    var wrong: [String] = []
    for value in stride(from: UInt32(0xA1), to: 0x11_0000, by: step) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      // Behind a letter, where a mark has a base; what is shown by its code is ASCII and has no question of width.
      let text = DisplayText("x\(scalar)", charset: .utf8)
      guard text.string.unicodeScalars.count == 2 else { continue }
      tried += 1
      emulator.write("\r\u{1B}[K\(text.string)")
      let columns = emulator.caret.column - 1
      guard columns != TextWidth.columns(of: scalar) else { continue }
      // The emulator's tables are of Unicode 5 for marks and 9 for pictures; what came later it cannot know.
      if (scalar.properties.age?.major ?? 0) >= 5 || changed.contains(value) {
        newer += 1
      } else {
        wrong.append(String(value, radix: 16))
      }
    }
    print("figure A5: \(tried) scalars, \(wrong.count) of another width; \(newer) newer than the emulator's tables")
    #expect(tried > 140_000 / step)
    #expect(wrong.isEmpty, "\(wrong.prefix(40))")
    #expect(newer * 50 < tried)
  }

  @Test("A scalar that the table of widths does not have is named, not drawn", .tags(.a5))
  func unknownScalars() {
    for scalar in ["\u{378}", "\u{1FAFF}", "\u{E0FFF}"] as [Unicode.Scalar] {
      #expect(!TextWidth.isKnown(scalar))
      #expect(DisplayText("a\(scalar)", charset: .utf8).string.hasPrefix("a<U+"))
    }
    #expect(TextWidth.isKnown("\u{1F600}") && TextWidth.isKnown("\u{4E2D}") && TextWidth.isKnown("e"))
  }
}
