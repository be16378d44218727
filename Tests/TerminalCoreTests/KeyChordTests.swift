import TerminalCore
import TestSupport
import Testing

@Suite("Key chords", .timeLimit(.minutes(5)))
struct KeyChordTests {
  @Test("Any key presses parse back from their label")
  func roundTrip() {
    let codes: [KeyPress.Code] =
      [
        .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .pageUp, .pageDown,
        .home, .end, .function(1), .function(12), .character("\u{E9}"),
      ] + (0x20...0x7E).map { .character(Unicode.Scalar(UInt8($0))) }
    let presses = codes.flatMap { [KeyPress($0), KeyPress($0, control: true)] }
    for press in presses {
      let chord = KeyChord(presses: [press])
      #expect(KeyChord(parsing: chord.label) == chord, "\(chord.label)")
    }
    var random = SplitMix(state: 11)
    for _ in 0..<20_000 {
      let chord = KeyChord(presses: (0..<(2 + random.below(3))).map { _ in presses[random.below(presses.count)] })
      #expect(KeyChord(parsing: chord.label) == chord, "\(chord.label)")
    }
    // Spelled like the names of keys.
    for word in ["Up", "Tab", "F1", "Esc"] {
      let chord = KeyChord(presses: word.unicodeScalars.map { KeyPress(.character($0)) })
      #expect(KeyChord(parsing: chord.label) == chord)
    }
  }

  @Test("Malformed chords are refused", arguments: ["", " ", "Ctrl-", "abcd", "Ctrl-Ctrl-a", "a  b"])
  func malformed(text: String) { #expect(KeyChord(parsing: text) == nil) }
}
