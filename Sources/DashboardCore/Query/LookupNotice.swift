/// Notices about keys that are looked for by name.
package enum LookupNotice: Equatable, Sendable {
  case searching
  /// The search for `text` ended early; `isFailure` where the load failed.
  case stopped(text: String?, searched: Int, found: Int, isFailure: Bool)
  /// Several keys match; an error where the list of them is all that the command gives.
  case severalMatch(count: Int, text: String, isError: Bool)
  case meansNone(NameProblem)

  var traits: NoticeTraits {
    switch self {
    case .searching: .result(about: .load)
    case .stopped(_, _, _, isFailure: true): .error(75, statesOutcome: true)
    case .stopped: .result
    case .severalMatch(_, _, isError: true): .error(1, about: .find, statesOutcome: true)
    case .severalMatch: .refusal(about: .find)
    case .meansNone(let problem): .error(problem.exitCode, statesOutcome: problem != .keyIsGone)
    }
  }

  func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .searching: LookupText.searching(wording)
    case .stopped(let text, let searched, let found, let isFailure):
      LookupText.stopped(text, after: searched, found: found, isFailure: isFailure)
    case .severalMatch(let count, let text, _): LookupText.choose(count, match: text, searched: nil)
    case .meansNone(let problem): problem.sentence(wording)
    }
  }
}

/// Why a typed name means no key.
package enum NameProblem: Equatable, Sendable {
  /// `rows` is the number of rows shown.
  case notARow(String, rows: Int)
  case notARowOfEmptyList(String, EmptyListReason)
  /// A list of rows that cannot be one: why, in a sentence.
  case badRows(String)
  case rowOutOfRange(Int, rows: Int)
  case rowsOfEmptyList(EmptyListReason)
  /// Nothing has the name among `searched` keys, where there may be more; `goneKeyHadIt` where a key that is gone did.
  case noSuchKey(String, searched: Int?, goneKeyHadIt: Bool)
  case hidden(name: String)
  /// `1,234` can be a row or a list of rows; `rows` is the list with spaces.
  case rowOrRows(String, row: Int, rows: String)
  /// A key that was chosen from several is no longer in the list.
  case keyIsGone

  /// 1 where nothing matched, 64 where the name cannot be one.
  var exitCode: Int32 {
    switch self {
    case .notARow, .notARowOfEmptyList, .badRows, .rowOutOfRange, .rowsOfEmptyList, .rowOrRows: 64
    case .noSuchKey, .hidden, .keyIsGone: 1
    }
  }

  func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .notARow(let typed, let rows): MoveText.notAKeyNumber(typed, of: rows)
    case .notARowOfEmptyList(let typed, let reason):
      MoveText.notAKeyNumber(typed, reason: ListText.empty(reason))
    case .badRows(let reason): CommandText.nothingChanged(reason)
    case .rowOutOfRange(let number, let rows):
      CommandText.nothingChanged(LookupText.outOfRange(number, of: rows))
    case .rowsOfEmptyList(let reason): CommandText.nothingChanged(ListText.empty(reason))
    case .noSuchKey(let text, let searched, let goneKeyHadIt):
      MoveText.noSuchKey(text, among: searched) + (goneKeyHadIt ? " \(MoveText.goneKeyHadIt)" : "")
    case .hidden(let name): MoveText.isHidden(name, wording)
    case .rowOrRows(let typed, let row, let rows):
      CommandText.nothingChanged(LookupText.rowOrRows(typed, row: row, rows: rows))
    case .keyIsGone: OverlayText.keyIsGone
    }
  }
}
