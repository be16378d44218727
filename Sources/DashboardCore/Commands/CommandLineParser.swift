import KeyTable

/// Why a typed command was not understood: a sentence with the nearest names.
package struct CommandLineProblem: Error, Equatable, Sendable {
  /// What is wrong.
  package let reason: String
  /// What to do.
  package let advice: String?

  init(_ reason: String, advice: String? = nil) {
    self.reason = reason
    self.advice = advice
  }

  package var sentence: String { advice.map { "\(reason) \($0)" } ?? reason }
}

/// Turns a typed line, of the palette or of plain mode, into a command. A number alone goes to that key.
package enum CommandLineParser {
  package static func parse(_ line: String) -> Result<CommandInvocation, CommandLineProblem> {
    let trimmed = trim(line[...])
    guard !trimmed.isEmpty else { return .failure(CommandLineProblem(CommandText.typeACommand())) }
    if isNumber(trimmed) { return .success(CommandInvocation(.goTo, String(trimmed))) }
    let nameEnd = trimmed.firstIndex(of: " ") ?? trimmed.endIndex
    let name = trimmed[..<nameEnd].lowercased()
    let rest = trim(trimmed[nameEnd...])
    guard let id = CommandCatalog.idsByName[name] ?? uniquePrefix(name) else {
      return .failure(
        CommandLineProblem(CommandText.notACommand(name, near: nearest(to: name)), advice: CommandText.helpAdvice()))
    }
    let entry = CommandCatalog.entry(id)
    switch entry.argument {
    case .none where !rest.isEmpty:
      return .failure(CommandLineProblem(CommandText.takesNothing(entry.name)))
    case .required(let label) where rest.isEmpty:
      return .failure(CommandLineProblem(CommandText.needs(entry.name, label)))
    default:
      return .success(CommandInvocation(id, rest.isEmpty ? nil : String(rest)))
    }
  }

  /// What lists call a key by, typed alone: digits, with separators or not.
  package static func isNumber(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, (0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ",") }
  }

  /// Names that begin with a text, sorted; what Tab offers.
  package static func completions(of prefix: String) -> [CommandEntry] {
    var seen: Set<CommandID> = []
    return CommandCatalog.entries.filter { entry in
      entry.isInPlainMode && entry.name.hasPrefix(prefix.lowercased()) && seen.insert(entry.id).inserted
    }.sorted { $0.name < $1.name }
  }

  /// Commands that a text may mean, for the palette: names that begin with it, then other names, then what has it
  /// anywhere in its name or title. Each command is there once, by its first entry.
  package static func suggestions(for text: String) -> [CommandEntry] {
    let wanted = text.lowercased()
    var seen: Set<CommandID> = []
    let entries = CommandCatalog.entries.filter { $0.isInPlainMode && seen.insert($0.id).inserted }
    func rank(_ entry: CommandEntry) -> Int? {
      if entry.name == wanted { return 0 }
      if entry.name.hasPrefix(wanted) { return 1 }
      if entry.aliases.contains(where: { $0.hasPrefix(wanted) }) { return 2 }
      return entry.name.contains(wanted) || entry.title.lowercased().contains(wanted) ? 3 : nil
    }
    let ranked = entries.compactMap { entry in rank(entry).map { (rank: $0, entry: entry) } }
    return ranked.sorted { ($0.rank, $0.entry.name) < ($1.rank, $1.entry.name) }.map(\.entry)
  }

  private static func trim(_ text: Substring) -> Substring {
    var text = text
    while let first = text.unicodeScalars.first, first.properties.isWhitespace { text.unicodeScalars.removeFirst() }
    while let last = text.unicodeScalars.last, last.properties.isWhitespace { text.unicodeScalars.removeLast() }
    return text
  }

  private static func uniquePrefix(_ name: String) -> CommandID? {
    let matches = completions(of: name)
    return matches.count == 1 ? matches[0].id : nil
  }

  private static func nearest(to name: String) -> [String] {
    let names = CommandCatalog.entries.filter(\.isInPlainMode).flatMap { [$0.name] + $0.aliases }
    let scored = names.map { ($0, NearestNames.distance($0, name)) }.filter { $0.1 <= 2 }
    return scored.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(2).map(\.0)
  }
}
