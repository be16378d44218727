import TerminalCore
import Testing

@testable import CursesTerminal

/// What lies between the terminal and the keys: pasted text, and storms of resizes.
@Suite("Pasted text", .timeLimit(.minutes(5)))
struct PasteReaderTests {
  private func feed(_ reader: inout PasteReader, _ pieces: [PasteReader.Piece]) -> (presses: [KeyPress], kept: Int) {
    var presses: [KeyPress] = []
    var kept = 0
    for piece in pieces {
      var press: KeyPress?
      if !reader.take(piece, now: .now, press: &press) { kept += 1 }
      if let press { presses.append(press) }
    }
    return (presses, kept)
  }

  @Test("Pasted text is one event, whatever it contains, and other input stays keys")
  func paste() {
    var reader = PasteReader()
    let result = feed(
      &reader,
      [.character("q"), .begin, .character("x"), .other, .begin, .character("\r"), .end, .end, .character("q"), .other])
    #expect(result.presses == [KeyPress(.paste("x\r"))])
    #expect(result.kept == 3)
    #expect(!reader.isReading)
  }

  @Test("A paste has a bounded length, and one without an end is dropped")
  func bounds() {
    var reader = PasteReader()
    _ = feed(&reader, [.begin] + Array(repeating: .character("a"), count: 10_000))
    let now = ContinuousClock.now
    let early = reader.giveUpIfStale(now: now)
    #expect(early == nil)
    let press = reader.giveUpIfStale(now: now + PasteReader.patience * 2)
    #expect(press == KeyPress(.paste(String(repeating: "a", count: PasteReader.maximumScalars))))
    #expect(!reader.isReading)
  }

  @Test("The rest of a stalled paste is no key press until its end mark or a pause")
  func stall() {
    for rest: [PasteReader.Piece] in [[.character("q"), .other, .end], [.character("q")]] {
      var reader = PasteReader()
      _ = feed(&reader, [.begin, .character("a")])
      let press = reader.giveUpIfStale(now: .now + PasteReader.patience * 2)
      #expect(press == KeyPress(.paste("a")))
      let late = feed(&reader, rest)
      #expect(late.kept == 0 && late.presses.isEmpty)
      if rest.count == 1 {
        let second = reader.giveUpIfStale(now: .now + PasteReader.patience * 2)
        #expect(second == nil)
      }
      #expect(feed(&reader, [.character("q")]).kept == 1)
    }
  }
}
