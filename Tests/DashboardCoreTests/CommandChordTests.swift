import DashboardCore
import TerminalCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct CommandChordTests {
  @Test("Every chord of the catalog reads back from its label")
  func catalog() throws {
    for entry in CommandCatalog.entries {
      for text in entry.chords {
        let chord = try #require(KeyChord(parsing: text), "\(entry.id): \(text)")
        #expect(chord.label == text)
        #expect(KeyChord(parsing: chord.label) == chord)
      }
    }
  }
}
