package import APIKeyClient
import KeyTable

/// Notices about reading the list: what is on its way, what stopped it, what differs.
///
/// Times are seconds since the epoch.
package enum LoadingNotice: Equatable, Sendable {
  case readingAgain
  case loadingEverything
  case loadingToTheEnd
  case waitingToLoad(until: Int64)
  case loadIsStopped
  /// All of so many keys, and the cursor on the last.
  case loadedToTheLast(Int)
  case failed(KeySourceError)
  case sourceIsBack(isFile: Bool)
  /// 0 tries the first page again.
  case resuming(after: Int)
  case placeLost(KeySourceError)
  case stopped(after: Int)
  case stoppedLooking
  /// The list that stays was whole at that time; nil where it never was.
  case stoppedRereading(listOf: Int64?)
  case rereadFailed(KeySourceError, listOf: Int64?)
  case looked(new: Int, isChanged: Bool, at: Int64)
  case lookFailed(KeySourceError)
  /// A look found so many unreadable records in all.
  case unreadable(Int, reason: String?)
  case stillLoading(Int)
  case alreadyLooking
  case fileStaysAsItIs
  case inputIsReadOnce
  case changes(ChangeSummary)
  /// `after` is what the reading before it found: stated once, with the flaws behind it.
  case flaws(LoadFlaws, after: ChangeSummary?)

  var traits: NoticeTraits {
    switch self {
    case .readingAgain, .loadingEverything, .loadingToTheEnd, .waitingToLoad, .placeLost: .result(about: .load)
    case .resuming, .stopped, .stoppedLooking, .stoppedRereading, .looked: .result
    case .loadIsStopped, .stillLoading, .alreadyLooking, .fileStaysAsItIs, .inputIsReadOnce: .refusal
    case .loadedToTheLast: .refusal(about: .place)
    case .sourceIsBack: .result(about: .sourceIsBack)
    case .changes: .result(about: .changes)
    case .failed(let error): .error(error.exitCode, about: .failure)
    case .rereadFailed(let error, _): .error(error.exitCode)
    case .lookFailed(let error): .error(error.exitCode, statesOutcome: true)
    case .unreadable: .error(65)
    // The same record twice takes nothing from the list.
    case .flaws(let flaws, _):
      flaws.unreadable == 0 && flaws.warnings.isEmpty ? .result(about: .flaw) : .error(65, about: .flaw)
    }
  }

  func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .readingAgain: LoadText.readingAgain
    case .loadingEverything: LoadText.loadingEverything(wording)
    case .loadingToTheEnd: LoadText.loadingToTheEnd(wording)
    case .waitingToLoad(let until): LoadText.waitingToLoad(until: until, wording)
    case .loadIsStopped: LoadText.loadIsStopped(wording)
    case .loadedToTheLast(let count): LoadText.loadedToTheLast(count)
    case .failed(let error): LoadText.failed(error)
    case .sourceIsBack(let isFile): isFile ? LoadText.fileIsBack : LoadText.serverIsBack
    case .resuming(let count): count == 0 ? LoadText.tryingAgain : LoadText.resuming(after: count)
    case .placeLost(let error): LoadText.placeLost(error)
    case .stopped(let count): LoadText.stopped(after: count, wording)
    case .stoppedLooking: LoadText.stoppedLooking
    case .stoppedRereading(let time): LoadText.stoppedRereading(listOf: time)
    case .rereadFailed(let error, let time): LoadText.rereadFailed(error, listOf: time)
    case .looked(let new, let isChanged, let time): LoadText.looked(new: new, isChanged: isChanged, at: time, wording)
    case .lookFailed(let error): LoadText.refreshFailed(error)
    case .unreadable(let count, let reason): LoadText.unreadable(count, reason: reason)
    case .stillLoading(let count): LoadText.stillLoading(count)
    case .alreadyLooking: LoadText.alreadyLooking
    case .fileStaysAsItIs: LoadText.fileStaysAsItIs(wording)
    case .inputIsReadOnce: LoadText.inputIsReadOnce
    case .changes(let summary): ChangeText.sentence(summary)
    case .flaws(let flaws, let summary):
      ((summary.map { [ChangeText.sentence($0)] } ?? []) + [LoadText.flaws(flaws)]).joined(separator: " ")
    }
  }
}

/// What was odd about the responses of a list that was read to its end.
package struct LoadFlaws: Equatable, Sendable {
  let duplicates: Int
  let unreadable: Int
  /// Why the first of them is.
  let reason: String?
  let isFile: Bool
  /// Sentences about the evidence of a file.
  let warnings: [String]
}

/// What differs since the list was read before, in numbers.
package struct ChangeSummary: Equatable, Sendable {
  /// When the list before was read, in seconds since the epoch; nil where that is not known.
  let since: Int64?
  /// The keys compared with, where they were not the whole list.
  let partialCount: Int?
  let gone: Int
  let changed: Int
  let new: Int
  /// Keys that differ in each way.
  let counts: [KeyChange: Int]
  /// Marks of keys that are gone.
  let unmarked: Int

  init(_ changes: ListChanges, unmarked: Int) {
    since = changes.since
    partialCount = changes.partialCount
    gone = changes.goneCount
    changed = changes.changedCount
    new = changes.added.count
    counts = changes.counts
    self.unmarked = unmarked
  }
}
