import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite(.timeLimit(.minutes(5))) struct CommandCatalogTests {
  @Test("Every command has an entry with a title and summary, found by its name")
  func everyCommandHasAnEntry() {
    for id in CommandID.allCases {
      let entry = CommandCatalog.entries.first { $0.id == id }
      #expect(entry != nil, "\(id.rawValue) has no entry")
      #expect(entry?.title.isEmpty == false && entry?.summary.hasSuffix(".") == true, "\(id.rawValue)")
      #expect(CommandCatalog.entry(id).id == id)
      #expect(CommandCatalog.idsByName[id.rawValue] == id)
    }
  }

  @Test("No name or alias means two commands")
  func namesAreUnique() {
    var owners: [String: CommandID] = [:]
    for entry in CommandCatalog.entries {
      for name in [entry.name] + entry.aliases {
        #expect(owners[name] == nil || owners[name] == entry.id, "\(name) is \(entry.name) and another")
        #expect(name == name.lowercased() && !name.contains(" "))
        owners[name] = entry.id
      }
    }
    #expect(owners == CommandCatalog.idsByName)
  }

  @Test("No chord runs two commands in one scope, and none hides a longer one")
  func chordsAreUnique() {
    for scope in CommandScope.allCases {
      var owners: [String: String] = [:]
      for entry in CommandCatalog.entries where entry.scopes.contains(scope) {
        for chord in entry.chords {
          #expect(owners[chord] == nil, "\(chord) in \(scope.rawValue): \(entry.name) and \(owners[chord] ?? "")")
          owners[chord] = entry.name
        }
      }
      let parsed = owners.keys.compactMap { KeyChord(parsing: $0)?.presses }
      for long in parsed where long.count > 1 {
        #expect(!parsed.contains { $0.count < long.count && long.starts(with: $0) })
      }
    }
  }

  @Test("Every chord parses, prints back and runs its command")
  func chordsRoundTrip() throws {
    for entry in CommandCatalog.entries {
      for text in entry.chords {
        let chord = try #require(KeyChord(parsing: text), "\(text) of \(entry.name)")
        #expect(chord.label == text)
        let command = try #require(Command(entry.id))
        for scope in entry.scopes { #expect(Keymap.match(chord.presses, in: scope) == .command(command)) }
      }
    }
  }

  @Test("Typed lines accept prefixes, aliases and arguments, and a mistake suggests the nearest name")
  func parsing() {
    #expect(CommandLineParser.parse("  q ") == .success(.quit))
    #expect(CommandLineParser.parse("hist") == .success(.histogram))
    #expect(
      CommandLineParser.parse("sort created:desc") == .success(.sort(SortOrder([SortTerm(.created, descending: true)])))
    )
    guard case .failure(let typo) = CommandLineParser.parse("exprot") else {
      Issue.record("exprot is a command")
      return
    }
    #expect(typo.sentence.contains("export"))
    if case .success = CommandLineParser.parse("go") { Issue.record("go needs a key") }
    if case .success = CommandLineParser.parse("quit now") { Issue.record("quit takes nothing") }
    if case .success = CommandLineParser.parse(" ") { Issue.record("nothing is no command") }
  }
}
