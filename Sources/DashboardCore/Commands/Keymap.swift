package import TerminalCore

/// Finds the command of a chord, from the catalog's default chords.
package enum Keymap {
  package enum Match: Equatable, Sendable {
    case command(Command)
    /// The presses so far begin a longer chord.
    case prefix
    case none
  }

  /// Chords by scope, parsed once. A chord that does not parse is left out; a test sees to it that none is.
  private static let chordsByScope: [CommandScope: [KeyChord: Command]] = {
    var table: [CommandScope: [KeyChord: Command]] = [:]
    for entry in CommandCatalog.entries {
      guard let command = Command(entry.id) else { continue }
      for chord in entry.chords.compactMap({ KeyChord(parsing: $0) }) {
        for scope in entry.scopes where table[scope]?[chord] == nil {
          table[scope, default: [:]][chord] = command
        }
      }
    }
    return table
  }()

  package static func match(_ presses: [KeyPress], in scope: CommandScope) -> Match {
    guard let chords = chordsByScope[scope] else { return .none }
    if let command = chords[KeyChord(presses: presses)] { return .command(command) }
    let isPrefix = chords.keys.contains { $0.presses.count > presses.count && $0.presses.starts(with: presses) }
    return isPrefix ? .prefix : .none
  }

  /// The chord to show for a command: never typed twice. Empty where it has none.
  package static func label(_ id: CommandID, in scope: CommandScope? = nil) -> String {
    let entry = CommandCatalog.entries.first { entry in
      entry.id == id && (scope.map { entry.scopes.contains($0) } ?? true)
    }
    return entry?.chords.first.flatMap { labels[$0] } ?? ""
  }

  /// Every chord of an entry as shown in help.
  package static func labels(of entry: CommandEntry) -> [String] {
    entry.chords.compactMap { labels[$0] }
  }

  /// The labels of the catalog's chords, made once: each frame shows some.
  private static let labels: [String: String] = {
    let chords = Set(CommandCatalog.entries.flatMap(\.chords))
    return Dictionary(
      uniqueKeysWithValues: chords.compactMap { chord in KeyChord(parsing: chord).map { (chord, $0.label) } })
  }()
}
