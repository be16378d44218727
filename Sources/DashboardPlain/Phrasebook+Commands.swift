import APIKeyModel
import DashboardCore

/// Short answers of single commands.
extension Phrasebook {
  static func startOfList() -> String { "This is the start of the list." }
  static func nothingWritten() -> String { OutputText.nothingWritten }
  static func settingChanged() -> String { "The setting was changed." }
  static func suspended() -> String { "Stopping. The shell's command fg comes back." }
  static func nothingToCancel() -> String { "There is nothing to cancel." }
  static func noMessages() -> String { OverlayText.noMessages }
  static func loadingEverything() -> String {
    "Loading every key. Commands can be typed meanwhile; a notice says when it ends. Ctrl-C stops it."
  }
  static func everythingLoaded(_ state: DashboardState) -> String {
    guard state.load.provenance == nil, state.load.unreadable == 0 else { return inert(state.wholeListSentence) }
    return "Every key is loaded, \(NumberText.count(state.allKeys.count, "key"))."
  }
  static func filterAdvice() -> String { "Type filter and a text to choose keys, clear-filter to hear all of them." }

  static func columns(_ state: DashboardState) -> String {
    "Columns of the dashboard: \(list(state.settings.columns.map(\.shortTitle))). Plain mode says more or less by verbosity."
  }

  static func mark(_ apiKey: APIKey, in state: DashboardState) -> String {
    let word = state.marks.contains(apiKey.id) ? "Marked" : "Not marked"
    return "\(word): \(inert(apiKey.shownName)). \(marked(state.marks.count))"
  }

  /// `17:20 UTC, error: text`
  static func logged(_ message: Message) -> String {
    "\(time(message.time)), \(message.isError ? "error" : "note"): \(sentence(message.notice))"
  }

  static func needsText(_ id: CommandID) -> PlainLine { error(CommandText.needs(id.rawValue, "a text")) }
  static func needsFileName(_ id: CommandID) -> PlainLine { error(CommandText.needs(id.rawValue, "a file name")) }

  static func verbosity(_ verbosity: Verbosity) -> String { "Lists are \(verbosity.rawValue)." }
  static func notAVerbosity(_ text: String) -> PlainLine {
    error("\(text) is not a verbosity.", advice: "Choose brief, normal or full.")
  }

  static func pageSize(_ size: Int?) -> String {
    size.map { "\(NumberText.count($0, "line")) at once." } ?? "Every line at once."
  }
  static func notAPageSize(_ text: String) -> PlainLine {
    error("\(text) is not a number of lines.", advice: "Choose 1 to 1,000, or off.")
  }

  package static func notAKeyNumber(_ text: String, _ state: DashboardState) -> PlainLine {
    error(
      state.query.visible.isEmpty
        ? MoveText.notAKeyNumber(text, reason: emptyList(state))
        : MoveText.notAKeyNumber(text, of: state.query.visible.count), statesOutcome: true)
  }
}
