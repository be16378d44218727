import TerminalCore
import TestSupport
import Testing

@Suite("Frames")
struct FrameTests {
  @Test("Text is put into cells, and what does not fit is left out")
  func put() {
    var frame = Frame(width: 6, height: 2)
    #expect(frame.put("abcdefgh", row: 0, column: 2) == 4)
    #expect(frame.put("xyz", row: 1, column: 0, maxColumns: 2) == 2)
    #expect(frame.put("no", row: 2, column: 0) == 0)
    #expect(frame.put("no", row: -1, column: 0) == 0)
    #expect(frame.textGrid() == ["  abcd", "xy"])
  }

  @Test("A wide character takes two cells or none, and is never left in half")
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

  @Test("A5 widths are those of a terminal")
  func widths() throws {
    let emulator = try #require(TerminalEmulator(columns: 20, rows: 1))
    var disagreements: [String] = []
    var tried = 0
    // Letters, pictures and marks of long standing: every 7th scalar of the planes that names are written in.
    for value in stride(from: UInt32(0xA1), to: 0x2_0000, by: 7) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = DisplayText(String(scalar), charset: .utf8)
      guard text.string.unicodeScalars.count == 1 else { continue }
      tried += 1
      emulator.write("\r\u{1B}[Kx\(scalar)")
      let columns = emulator.caret.column - 1
      if columns != TextWidth.columns(of: scalar) {
        disagreements.append(String(value, radix: 16) + ": \(columns)")
      }
    }
    // The emulator's table is of Unicode 11 or so; the C library's is newer.
    print("widths: \(tried) scalars, \(disagreements.count) where the emulator differs: \(disagreements.prefix(40))")
    #expect(tried > 5000)
    #expect(disagreements.count * 50 < tried)
    for value in Array(0x21...0x7E) + Array(0x400...0x45F) + Array(0x4E00...0x4EFF) + Array(0xAC00...0xACFF) as [UInt32]
    {
      let scalar = try #require(Unicode.Scalar(value))
      emulator.write("\r\u{1B}[K\(scalar)")
      #expect(emulator.caret.column == TextWidth.columns(of: scalar))
    }
  }
}
