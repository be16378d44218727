import APIKeyClient
import APIKeyModel
import KeyTable

/// A typed line split into the command it names and the rest.
package struct TypedLine: Equatable, Sendable {
  package let id: CommandID
  /// Without spaces around it; nil where nothing follows the name.
  package let argument: String?
}

/// Turns a typed line, of the palette or of plain mode, into a command: the one place where arguments are read.
package enum CommandLineParser {
  /// A number alone goes to that key.
  package static func parse(_ line: String) -> Result<Command, CommandProblem> {
    do throws(CommandProblem) {
      return .success(try command(of: try split(line)))
    } catch {
      return .failure(error)
    }
  }

  package static func split(_ line: String) throws(CommandProblem) -> TypedLine {
    let trimmed = trim(line[...])
    guard !trimmed.isEmpty else { throw .nothingTyped }
    if isNumber(trimmed) { return TypedLine(id: .goTo, argument: String(trimmed)) }
    let nameEnd = trimmed.firstIndex(of: " ") ?? trimmed.endIndex
    let name = trimmed[..<nameEnd].lowercased()
    let rest = trim(trimmed[nameEnd...])
    guard let id = CommandCatalog.idsByName[name] ?? uniquePrefix(name) else {
      throw .unknownName(name, near: nearest(to: name))
    }
    switch CommandCatalog.entry(id).argument {
    case .none where !rest.isEmpty: throw .takesNothing(id)
    case .required(let label) where rest.isEmpty: throw .needsArgument(id, label)
    default: return TypedLine(id: id, argument: rest.isEmpty ? nil : String(rest))
    }
  }

  /// The command of a line, its argument read.
  package static func command(of line: TypedLine) throws(CommandProblem) -> Command {
    guard let text = line.argument else {
      guard let command = Command(line.id) else {
        throw .needsArgument(line.id, CommandCatalog.entry(line.id).argument.label ?? "")
      }
      return command
    }
    switch line.id {
    case .goTo: return .goTo(KeyName(typed: text))
    case .open: return .open(KeyName(typed: text))
    case .explain: return .explain(KeyName(typed: text))
    case .compare: return .compare(try keyPair(text))
    case .mark: return .mark(try markRequest(text))
    case .filter: return .filter(try filter(text))
    case .find: return .find(text)
    case .sort: return .sort(try sortOrder(text))
    case .order: return .order(try listOrder(text))
    case .columns: return .columns(try columns(text))
    case .copy:
      guard let target = CopyTarget(typed: text) else { throw .notACopyTarget(text) }
      return .copy(target)
    case .export: return .export(path: text)
    case .set:
      guard let setting = Setting(typed: text) else { throw .notASetting }
      return .set(setting)
    case .help: return .help(text)
    case .permissionPivot: return .permissionPivot
    default: throw .takesNothing(line.id)
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

  // MARK: Arguments

  private static func filter(_ text: String) throws(CommandProblem) -> Filter {
    do throws(FilterError) { return try Filter(parsing: text) } catch { throw .notAFilter(error) }
  }

  /// A number is what lists call a key by; a filter that is only digits can be put in quotes.
  private static func markRequest(_ text: String) throws(CommandProblem) -> MarkRequest {
    let name = TypedKeyName(text)
    guard case .text = name.reference else { return .keys(.typed(name)) }
    let filter = try filter(text)
    guard !filter.asksForGone else { throw .goneCannotBeMarked }
    return .matching(filter)
  }

  /// Two names, or two rows as in `1,3` and `1-2`.
  private static func keyPair(_ text: String) throws(CommandProblem) -> KeyPair {
    let words = text.split(separator: " ")
    if words.count == 2 { return KeyPair(KeyName(typed: String(words[0])), KeyName(typed: String(words[1]))) }
    guard case .rows(let ranges, _) = KeyReference(text), ranges.reduce(0, { $0 + min($1.count, 3) }) == 2,
      let first = ranges.first, let last = ranges.last
    else { throw .notTwoKeys }
    return KeyPair(.row(first.lowerBound), .row(last.upperBound))
  }

  /// `name`, `created:desc`, or several with commas; `server` for the server's order.
  private static func sortOrder(_ text: String) throws(CommandProblem) -> SortOrder {
    if text == "server" || text == "none" { return .server }
    do throws(SortProblem) { return try SortOrder(parsing: text) } catch { throw .notASortOrder(error) }
  }

  private static func listOrder(_ text: String) throws(CommandProblem) -> ListOrder {
    switch text {
    case "asc", "oldest": return .ascending
    case "desc", "newest": return .descending
    default: throw .notAServerOrder
    }
  }

  private static func columns(_ text: String) throws(CommandProblem) -> [KeyField] {
    var columns: [KeyField] = [.name]
    for part in text.split(separator: ",") {
      guard let column = NamedField(typed: String(part))?.field, column.has(.column) else {
        throw .notAColumn(String(part))
      }
      if !columns.contains(column) { columns.append(column) }
    }
    return columns
  }

  // MARK: Names

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
