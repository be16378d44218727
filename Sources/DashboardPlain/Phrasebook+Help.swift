import DashboardCore

/// Help in plain mode, from the catalog of commands and the words of plain mode.
extension Phrasebook {
  /// The commands most sessions need.
  private static let essential: [CommandID] = [.pageDown, .open, .filter, .position, .refresh, .help, .quit]

  private static func line(_ word: PlainWord) -> String { "\(word.rawValue): \(summary(word))" }
  private static func line(_ entry: CommandEntry) -> String { "\(entry.plainName): \(entry.summary)" }

  private static func summary(_ word: PlainWord) -> String {
    switch word {
    case .list: "List the keys from the first; with a number, from that key."
    case .again: "Print the last output again."
    case .permissions: "Show what the key may do; permissions full has every permission on a line."
    case .verbosity: "Print brief, normal or full lines in lists."
    case .page: "Set how many lines are printed at once; page off prints all."
    }
  }

  static func shortHelp() -> [String] {
    PlainWord.allCases.map(line) + essential.map { line(CommandCatalog.entry($0)) }
      + [numberAlone(), "Type help all for every command, or help and a name for one."]
  }

  static func numberAlone() -> String { "A number alone shows the key with that number." }

  /// Every command of plain mode, one a line.
  static func allHelp() -> [String] { PlainWord.allCases.map(line) + commands { _ in true } }

  /// The commands that fit, each once.
  private static func commands(_ fits: (CommandEntry) -> Bool) -> [String] {
    var seen: Set<CommandID> = []
    return CommandCatalog.entries.filter { $0.isInPlainMode && fits($0) && seen.insert($0.id).inserted }.map(line)
  }

  /// All that is known of the commands a text names; nil when it names none.
  static func help(about text: String) -> [String]? {
    let name = text.lowercased()
    var lines = PlainWord(rawValue: name).map { [line($0)] } ?? []
    if let id = CommandCatalog.idsByName[name], CommandCatalog.entry(id).isInPlainMode {
      let entry = CommandCatalog.entry(id)
      lines.append(line(entry))
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
      lines = commands { "\($0.name) \($0.title) \($0.summary)".lowercased().contains(name) }
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
