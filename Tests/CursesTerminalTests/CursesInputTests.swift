import TerminalCore
import Testing

@testable import CursesTerminal

/// What lies between the terminal and the keys: pasted text, and storms of resizes.
@Suite("Curses input")
struct CursesInputTests {
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

  @Test("Pasted text is one press, whatever is in it; what is outside of it stays keys")
  func paste() {
    var reader = PasteReader()
    let result = feed(
      &reader,
      [.character("q"), .begin, .character("x"), .other, .begin, .character("\r"), .end, .end, .character("q"), .other])
    #expect(result.presses == [KeyPress(.paste("x\r"))])
    #expect(result.kept == 3)
    #expect(!reader.isReading)
  }

  @Test("A paste has a bounded length, and one without an end is given up")
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

  @Test("The rest of a paste that stalled is no keys; after its end mark, or a pause, there are keys again")
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

  @Test("A storm of resizes passes one at a time, the last one too")
  func storm() {
    var gate = ResizeGate()
    let start = ContinuousClock.now
    var passed = 0
    #expect(gate.delay(now: start) == nil)
    for millisecond in 0..<1000 {
      gate.note()
      if gate.take(now: start + .milliseconds(millisecond)) { passed += 1 }
    }
    #expect(passed == 50)
    let last = start + .milliseconds(999)
    let delay = gate.delay(now: last)
    #expect(delay.map { (1...20).contains($0) } == true)
    let early = gate.take(now: last)
    let late = gate.take(now: last + ResizeGate.interval)
    #expect(!early && late)
    #expect(gate.delay(now: last + ResizeGate.interval) == nil)
  }
}
