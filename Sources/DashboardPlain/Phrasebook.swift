import APIKeyModel
package import DashboardCore
import TerminalCore

/// Every sentence that only plain mode prints: one function a sentence, with typed places for what varies. What it
/// shares with the dashboard is in `DashboardCore/Text`.
///
/// Program text is ASCII, ends with a full stop and has no run of equal symbols; numbers have thousands separators and
/// units are words. Text of users and servers comes in as ``DisplayText`` or is made one here.
package enum Phrasebook {
  // MARK: Words

  /// User data as it may be printed, however long: controls and unseen characters are shown by name.
  static func sanitized(_ text: String) -> String { DisplayText(text, limit: .max).string }

  /// `a`, `a and b`, `a, b and c`
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// `4 f 2 a`: spelled for a screen reader. What holds anything unusual is left as it is.
  package static func spaced(lastFour text: String) -> String {
    if text.isEmpty { return APIKey.shown(text) }
    let isPrintable = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    return isPrintable ? text.map { String($0) }.joined(separator: " ") : sanitized(text)
  }

  // MARK: Moments

  /// `17:20 UTC`
  package static func time(_ seconds: Int64, zone: String = "UTC") -> String {
    "\(CivilTime(seconds: seconds).clock.prefix(5)) \(sanitized(zone))"
  }

  /// `1112 days ago`: speech renders four digits better without a separator.
  package static func age(_ seconds: Int64, now: Int64) -> String {
    let text = AgeText.relative(seconds, now: now)
    let digits = text.utf8.filter { (0x30...0x39).contains($0) }.count
    return digits <= 4 ? text.filter { $0 != "," } : text
  }

  // MARK: The session

  package static func opening(reason: String) -> String { "Plain mode, on because \(sanitized(reason))." }
  package static func hint() -> String { "Type help for commands, quit to leave." }
  static func prompt() -> String { "Command: " }
  static func goodbye() -> String { "Goodbye." }
  static func cancelled() -> String { "Cancelled." }
  static func nothingToCancel() -> String { "There is nothing to cancel." }
  static func suspended() -> String { "Stopping. The shell's command fg comes back." }
  static func nothingToRepeat() -> String { "Nothing was printed yet." }
  static func notices(_ count: Int) -> String { NumberText.count(count, "notice") + "." }

  // MARK: Notices and errors

  /// One line: what is wrong, what was changed, what to do. `statesOutcome`: the sentence states what was changed.
  static func error(_ sentence: String, advice: String? = nil, statesOutcome: Bool = false) -> PlainLine {
    let outcome = statesOutcome ? "" : " Nothing was changed."
    return .error("\(sanitized(sentence))\(outcome)\(advice.map { " " + sanitized($0) } ?? "")")
  }

  /// The words of plain mode for commands.
  private static let wording = CommandWording(isPlain: true)

  static func sentence(_ notice: Notice) -> String { sanitized(NoticeText.sentence(notice, wording)) }

  static func line(_ notice: Notice) -> PlainLine {
    notice.traits.kind == .error
      ? error(NoticeText.sentence(notice, wording), statesOutcome: notice.traits.statesOutcome)
      : .text(sentence(notice))
  }

  /// `17:20 UTC, error: text`
  static func logged(_ message: Message) -> String {
    "\(time(message.time)), \(message.isError ? "error" : "note"): \(sentence(message.notice))"
  }

  static func needsText(_ id: CommandID) -> PlainLine { error(CommandText.needs(id.rawValue, "a text")) }
  static func needsFileName(_ id: CommandID) -> PlainLine { error(CommandText.needs(id.rawValue, "a file name")) }

  package static func notAKeyNumber(_ text: String, _ state: DashboardState) -> PlainLine {
    let count = state.query.visible.count
    return error(
      count == 0
        ? MoveText.notAKeyNumber(text, reason: emptyList(state)) : MoveText.notAKeyNumber(text, of: count),
      statesOutcome: true)
  }

  // MARK: Settings

  static func settingChanged() -> String { "The setting was changed." }
  static func columns(_ state: DashboardState) -> String {
    let titles = list(state.settings.columns.map(\.shortTitle))
    return "Columns of the dashboard: \(titles). Plain mode prints more or less by verbosity."
  }
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

  // MARK: Choices

  static func choice(_ number: Int, _ text: DisplayText) -> String { "\(NumberText.grouped(number)). \(text)." }
  static func choosePrompt(_ count: Int) -> String { "Choose 1 to \(NumberText.grouped(count)), default 1: " }
  static func notAChoice(_ typed: String, of count: Int) -> PlainLine {
    error("\(typed) is not a choice.", advice: "Choose 1 to \(NumberText.grouped(count)).")
  }
}
