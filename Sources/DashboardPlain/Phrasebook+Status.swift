import APIKeyClient
import APIKeyModel
package import DashboardCore
import KeyLoading
import KeyTable

/// The state of the list in words: counts, completeness, filter, order, position.
extension Phrasebook {
  // MARK: Completeness

  /// `500 keys, complete`; `50 keys loaded, more on the server`
  static func completeness(_ state: DashboardState) -> String {
    let loaded = "\(NumberText.count(state.allKeys.count, "key")) loaded"
    let more = state.configuration.isFile ? "more in the file" : "more on the server"
    switch state.completenessFact {
    case .nothing: return "Nothing loaded yet"
    case .partial(_, _, _, let isChanged): return "\(loaded), \(more)\(isChanged ? ", \(changedOnServer)" : "")"
    case .loadingFirst, .loading: return "\(loaded), still loading"
    case .complete(let count, unreadable: 0, _):
      return count == 0 ? "No keys, complete" : "\(NumberText.count(count, "key")), complete"
    case .changed(let count, let unreadable, let time, let new, let lookedAt):
      return StatusText.changed(
        count, unreadable: unreadable, readAt: time, new: new, lookedAt: lookedAt, next: changedOnServer)
    case .unchecked(let count, _): return StatusText.notComplete(count, reason: StatusText.unchecked(nil))
    case .stopped: return "\(loaded), stopped by an error, more may exist"
    case .interrupted: return "\(loaded), stopped by you, \(more)"
    case .inFile, .complete, .readWhole, .unknown, .contradicted:
      return sanitized(StatusText.completeness(state.completenessFact))
    }
  }

  private static let changedOnServer = "changed on the server, type reread to read it again"

  /// What Ctrl-C left.
  static func stoppedHere(_ state: DashboardState) -> String { "\(completeness(state))." }

  // MARK: Counts

  /// What the filter searched: the gone keys, or the list.
  private static func searched(_ state: DashboardState) -> String {
    state.query.filter.asksForGone
      ? ChangeText.gone(state.loading.changes.goneCount, since: state.loading.changes.since) : completeness(state)
  }

  /// The rows that are counted: `500 keys, complete`, or `12 matching keys of 500 keys, complete`
  static func counted(_ state: DashboardState) -> String {
    state.query.filter.isEmpty
      ? completeness(state) : "\(NumberText.count(state.query.visible.count, "matching key")) of \(searched(state))"
  }

  /// `125 full access, 375 limited.`, and what could not be judged or understood.
  private static func counts(_ state: DashboardState) -> String {
    let counts = state.table.accessCounts(within: state.query.visible)
    let unknown = counts.unknown > 0 ? ", \(NumberText.grouped(counts.unknown)) not reported" : ""
    return "\(NumberText.grouped(counts.full)) full access, \(NumberText.grouped(counts.limited)) limited\(unknown)."
      + doubts(state)
  }

  /// What could not be judged or understood, each with a space before it.
  private static func doubts(_ state: DashboardState) -> String {
    let unjudged = state.table.unjudgedCount(filter: state.query.filter, sort: state.settings.sort)
    let flaws = StatusText.flaws(state.table.flaws, ofGone: state.query.filter.asksForGone)
    return [StatusText.unjudged(unjudged), flaws].compactMap(\.self).map { " " + $0 }.joined()
  }

  /// The first line of a list: count, completeness, what the filter leaves.
  package static func listHeader(_ state: DashboardState) -> String {
    let count = state.query.visible.count
    guard count > 0 else { return emptyList(state) }
    guard !state.query.filter.isEmpty else { return "\(completeness(state)). \(counts(state))" }
    let filter = sanitized(state.query.filter.text)
    return "\(NumberText.count(count, "key")) \(count == 1 ? "matches" : "match") the filter \(filter). "
      + "Searched: \(searched(state)). \(counts(state))"
  }

  /// Never "none" about a partial list.
  package static func emptyList(_ state: DashboardState) -> String {
    switch state.emptyListReason {
    case .noneGone: state.emptyListSentence
    case .noKeys: "No keys."
    case .noMatch, .noMatchAmongRead: "No keys match the filter. Searched: \(completeness(state)).\(doubts(state))"
    case .noMatchSoFar: "No match so far. Searched: \(completeness(state)).\(doubts(state))"
    case .failed, .unreadable, .loadingFirst, .noneLoaded: "\(completeness(state))."
    }
  }

  // MARK: Ends

  static func startOfList() -> String { "This is the start of the list." }

  static func endOfList(_ state: DashboardState) -> String {
    let count = NumberText.count(state.query.visible.count, "key")
    guard state.load.completeness.isAtEnd else {
      let advice = state.load.completeness == .partial ? "Type more to load them." : "Type refresh to go on."
      return "End of the loaded keys, \(count). More may exist on the server. \(advice)"
    }
    // What could not be read is no key that is gone.
    let unreadable = state.query.filter.asksForGone ? 0 : state.load.unreadable
    return unreadable == 0
      ? "End of list, \(count)."
      : "End of list, \(count); \(NumberText.count(unreadable, "record")) could not be read."
  }

  /// `490 more keys. Type more, or another command.`
  package static func more(_ count: Int, _ noun: PlainNoun) -> String {
    let things = NumberText.count(count, "more \(noun.rawValue)", plural: "more \(noun.rawValue)s")
    return "\(things). Type more, or another command."
  }

  /// The line after one page.
  static func rest(after page: Range<Int>, of count: Int, _ noun: PlainNoun) -> String {
    page.upperBound < count ? more(count - page.upperBound, noun) : "End, \(noun.count(count))."
  }

  /// `more` after the keys that a table counted are others.
  static func countsChanged() -> String { "The counts have changed, so the table starts again." }

  // MARK: Order, filter, position

  static func order(_ state: DashboardState) -> String {
    guard state.settings.sort.isServerOrder else { return "Sorted by \(StatusText.names(of: state.settings.sort))." }
    if state.configuration.isFile { return "In the order of the file." }
    return state.shownOrder == .descending ? "Newest first." : "Oldest first."
  }

  static func filter(_ state: DashboardState) -> String {
    state.query.filter.isEmpty ? "No filter." : "Filter: \(sanitized(state.query.filter.text))."
  }
  static func filterAdvice() -> String { "Type filter and a text to choose keys, clear-filter to show all of them." }

  static func marked(_ count: Int) -> String {
    count == 0 ? "No keys marked." : "\(NumberText.count(count, "key")) marked."
  }

  /// The second line of a session.
  package static func summary(_ state: DashboardState) -> String {
    "Source: \(sanitized(state.configuration.sourceLabel)). \(listHeader(state))"
  }

  /// The output of `where`.
  static func place(_ state: DashboardState) -> [PlainLine] {
    let name = state.query.visible.isEmpty ? nil : state.selectedRow.map { state.table.shownName(at: $0) }
    let key = name.map { ["\(keyOfCount(state.list.position, state)): \(sanitized($0))."] } ?? []
    let lines = key + [listHeader(state), "\(filter(state)) \(order(state)) \(marked(state.marks.count))"]
    return lines.map(PlainLine.text) + (state.load.completeness.stoppedBy.map { [loadStopped($0, state)] } ?? [])
  }

  // MARK: Loading

  /// One line on the loss of the source.
  static func loadStopped(_ error: KeySourceError, _ state: DashboardState) -> PlainLine {
    let kept = "\(NumberText.count(state.table.count, "key")) stay loaded."
    let next = error.isLimit ? "" : " Type refresh to go on."
    return .error("\(sanitized(error.message)) \(kept) \(sanitized(error.nextStep))\(next)")
  }

  static func newKeys(_ count: Int) -> String {
    count == 0 ? "No new keys." : "\(NumberText.count(count, "new key"))."
  }
  static func loadingEverything() -> String {
    "Loading every key. Commands can be typed meanwhile; a notice says when it ends. Ctrl-C stops it."
  }
  static func everythingLoaded(_ state: DashboardState) -> String {
    state.load.provenance == nil && state.load.unreadable == 0
      ? "Every key is loaded, \(NumberText.count(state.allKeys.count, "key"))." : sanitized(state.wholeListSentence)
  }

  package static func workBegins() -> String { "Loading keys. Ctrl-C stops it." }
  package static func workGoesOn(keys: Int, requests: Int) -> String {
    "\(NumberText.count(keys, "key")) loaded so far, \(NumberText.count(requests, "request")) answered."
  }
  package static func workEnds(keys: Int) -> String { "Loading ended, \(NumberText.count(keys, "key")) loaded." }
}
