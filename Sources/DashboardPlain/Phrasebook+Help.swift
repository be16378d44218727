import DashboardCore

/// Help in plain mode, from the catalog of commands and the words of plain mode.
extension Phrasebook {
  /// The commands most sessions need.
  private static let essential: [CommandID] = [.pageDown, .open, .filter, .position, .refresh, .help, .quit]

  private static func line(_ name: String, _ summary: String) -> String { "\(name): \(summary)" }

  static func summary(_ word: PlainWord) -> String {
    switch word {
    case .list: "Say the keys from the first; with a number, from that key."
    case .again: "Repeat the last answer."
    case .permissions: "Say what the key may do; permissions full says every permission on a line."
    case .verbosity: "Say brief, normal or full lines in lists."
    case .page: "Set how many lines are said at once; page off says all."
    }
  }

  static func shortHelp() -> [String] {
    PlainWord.allCases.map { line($0.rawValue, $0.summary) }
      + essential.map { id in line(CommandCatalog.entry(id).plainName, CommandCatalog.entry(id).summary) }
      + [numberAlone(), "Type help all for every command, or help and a name for one."]
  }

  static func numberAlone() -> String { "A number alone shows the key with that number." }

  /// Every command of plain mode, one a line.
  static func allHelp() -> [String] {
    var seen: Set<CommandID> = []
    return PlainWord.allCases.map { line($0.rawValue, $0.summary) }
      + CommandCatalog.entries.filter { $0.isInPlainMode && seen.insert($0.id).inserted }
      .map { line($0.plainName, $0.summary) }
  }

  /// All that is known of the commands a text names; nil when it names none.
  static func help(about text: String) -> [String]? {
    let name = text.lowercased()
    var lines: [String] = []
    if let word = PlainWord(rawValue: name) { lines.append(line(word.rawValue, word.summary)) }
    if let id = CommandCatalog.idsByName[name], CommandCatalog.entry(id).isInPlainMode {
      let entry = CommandCatalog.entry(id)
      lines.append(line(entry.plainName, entry.summary))
      let others = ([entry.name] + entry.aliases).filter { $0 != entry.plainName && $0 != "?" }
      if !others.isEmpty { lines.append("Also called \(list(others)).") }
      if id == .open { lines.append(numberAlone()) }
      switch entry.argument {
      case .none: break
      case .optional(let label): lines.append("It may be followed by \(argument(label)).")
      case .required(let label): lines.append("It is followed by \(argument(label)).")
      }
    }
    if lines.isEmpty {
      var seen: Set<CommandID> = []
      lines = CommandCatalog.entries.filter { entry in
        entry.isInPlainMode && "\(entry.name) \(entry.title) \(entry.summary)".lowercased().contains(name)
          && seen.insert(entry.id).inserted
      }.map { line($0.plainName, $0.summary) }
    }
    return lines.isEmpty ? nil : lines
  }

  /// `asc|desc` as words.
  private static func argument(_ label: String) -> String {
    if label.hasSuffix(",...") { return "\(label.dropLast(4)), several with commas" }
    return list(label.split(separator: "|").map(String.init)).split(separator: " ").map { $0 == "and" ? "or" : $0 }
      .joined(separator: " ")
  }

  static func noHelp(_ text: String) -> PlainLine { error("No command has \(text).", advice: CommandText.helpAdvice) }
}
