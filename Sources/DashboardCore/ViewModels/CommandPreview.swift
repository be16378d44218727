import KeyLoading
import KeyTable

/// What Enter would do with the current line of the palette: one sentence, and nothing is done.
package enum CommandPreview {
  /// Nothing is searched in a table of more keys than this while the user types.
  private static let searchLimit = 50_000
  /// Nor where it could take more steps than this, of about a nanosecond.
  private static let workLimit = 64_000_000

  package static func sentence(_ line: String, in state: DashboardState) -> String {
    switch CommandLineParser.parse(line) {
    case .success(let command): return sentence(command, in: state)
    case .failure(let problem):
      // A name that is still being typed is no mistake yet.
      let isWhole = line.contains(" ") || CommandCatalog.idsByName[line.lowercased()] != nil
      return isWhole ? problem.preview : CommandText.goOnTyping
    }
  }

  private static func sentence(_ command: Command, in state: DashboardState) -> String {
    let summary = CommandCatalog.entry(command.id).summary
    if case .disabled(let reason) = state.availability(of: command) {
      let sentence = reason.sentence(state.wording)
      return command.hasArgument ? CommandText.nothingChanged(sentence) : CommandText.notNow(sentence)
    }
    if command.hasArgument, state.refusesGone(command.id) {
      return NoticeText.sentence(.marks(.goneCannotBeMarked), state.wording)
    }
    switch command {
    case .filter(let filter?):
      return count(filter, in: state).map { CommandText.wouldShow($0, of: state.loadedKeys) } ?? summary
    case .mark(.matching(let filter)):
      return count(filter, in: state).map { CommandText.wouldMark($0, of: state.loadedKeys) } ?? summary
    case .mark(.keys(.typed(let name))):
      guard let meaning = meaning(of: .typed(name), in: state, { $0.rowsToMark(name) }) else { return summary }
      return meaning.problem?.sentence(state.wording)
        ?? (meaning.isList ? CommandText.wouldMark(meaning.rows.count, of: state.loadedKeys) : summary)
    case .goTo(let name), .open(let name?), .explain(let name?):
      return problem(of: [name], in: state) ?? summary
    case .compare(let pair?):
      return problem(of: [pair.first, pair.second], in: state) ?? summary
    case .sort(let order?) where !order.isServerOrder:
      return CommandText.wouldSort(by: StatusText.names(of: order))
    case .export(let path?): return export(to: path, in: state)
    default: return summary
    }
  }

  /// What would be exported; without a file, how its name chooses the format too.
  static func export(to file: String? = nil, in state: DashboardState) -> String {
    let count = state.marks.isEmpty ? state.query.visible.count : state.marks.count
    return CommandText.wouldWrite(count, areMarked: !state.marks.isEmpty, to: file)
  }

  /// How many keys match; nil where that takes too long to be shown while the user types.
  private static func count(_ filter: Filter, in state: DashboardState) -> Int? {
    let query = KeyQuery(filter: filter)
    let table = state.table(for: filter)
    guard state.table.count <= searchLimit, table.work(of: query) <= workLimit else { return nil }
    return table.rows(matching: query, context: state.context(for: filter))?.count ?? 0
  }

  /// What is wrong with the first name that means no key.
  private static func problem(of names: [KeyName], in state: DashboardState) -> String? {
    for name in names {
      guard let meaning = meaning(of: name, in: state, { $0.rows(of: name) }) else { return nil }
      if let problem = meaning.problem { return problem.sentence(state.wording) }
      // Several fit: they will be listed.
      if meaning.rows.count > 1 { return nil }
    }
    return nil
  }

  /// What a name means; nil where that is not searched while the user types, or not known before every key is here.
  private static func meaning(
    of name: KeyName, in state: DashboardState, _ rows: (DashboardState) -> DashboardState.Meaning
  ) -> DashboardState.Meaning? {
    guard state.table.count <= searchLimit, state.load.completeness.isAtEnd || !state.needsEverything(name) else {
      return nil
    }
    return rows(state)
  }
}
