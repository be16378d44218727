import APIKeyClient
import APIKeyModel
import DashboardCore
import KeyLoading
import KeyTable

/// The state of the list in words: counts, completeness, filter, order, place.
extension Phrasebook {
  /// `500 keys, complete`; `50 keys loaded, more on the server`
  static func completeness(_ state: DashboardState) -> String {
    let count = NumberText.count(state.allKeys.count, "key")
    let more = state.configuration.isFile ? "more in the file" : "more on the server"
    if state.load.unreadable > 0, state.load.completeness.wholeReadAt != nil {
      return "\(count), not complete: \(NumberText.count(state.load.unreadable, "record")) could not be read"
    }
    switch state.load.completeness {
    case .nothing: return "Nothing loaded yet"
    case .complete, .unknown:
      if let provenance = state.load.provenance {
        return inert(ProvenanceText.completeness(state.allKeys.count, provenance))
      }
      return state.allKeys.isEmpty ? "No keys, complete" : "\(count), complete"
    case .readWhole(let time, let lookedAt, let new):
      return StatusText.readWhole(state.allKeys.count, unreadable: 0, at: time, new: new, lookedAt: lookedAt)
    case .changed(let time, let lookedAt, let new):
      return StatusText.changed(
        state.allKeys.count, unreadable: 0, readAt: time, new: new, lookedAt: lookedAt, next: changedOnServer)
    case .contradicted(let error, _): return StatusText.notComplete(state.allKeys.count, reason: error.contradiction)
    case .unchecked: return StatusText.notComplete(state.allKeys.count, reason: StatusText.unchecked(nil))
    case .partial: return "\(count) loaded, \(more)\(state.load.isChanged ? ", \(changedOnServer)" : "")"
    case .loading: return "\(count) loaded, still loading"
    case .stopped, .waiting: return "\(count) loaded, stopped by an error, more may exist"
    case .interrupted: return "\(count) loaded, stopped by you, \(more)"
    }
  }

  private static let changedOnServer = "changed on the server, type reread to read it again"

  /// What Ctrl-C left.
  static func stoppedHere(_ state: DashboardState) -> String { "\(completeness(state))." }

  /// The rows a count speaks of: `500 keys, complete`, or `12 matching keys of 500 keys, complete`
  static func counted(_ state: DashboardState) -> String {
    let whole = completeness(state)
    guard !state.query.filter.isEmpty else { return whole }
    if state.query.filter.asksForGone {
      return "\(NumberText.count(state.query.visible.count, "matching key")) of \(gone(state))"
    }
    return "\(NumberText.count(state.query.visible.count, "matching key")) of \(whole)"
  }

  /// What a filter on gone keys was asked of.
  private static func gone(_ state: DashboardState) -> String {
    ChangeText.gone(state.loading.changes.goneCount, since: state.loading.changes.since)
  }

  /// `125 full access, 375 limited.`
  private static func accessCounts(_ state: DashboardState) -> String {
    var counts = state.table.accessCounts
    if state.query.visible.count != state.table.count {
      counts = (0, 0, 0)
      for row in state.query.visible {
        switch state.table.access(at: row) {
        case .full: counts.full += 1
        case .limited: counts.limited += 1
        case .unknown: counts.unknown += 1
        }
      }
    }
    let unknown = counts.unknown > 0 ? ", \(NumberText.grouped(counts.unknown)) not reported" : ""
    return "\(NumberText.grouped(counts.full)) full access, \(NumberText.grouped(counts.limited)) limited\(unknown)."
  }

  /// The first line of a list: count, completeness, what the filter leaves.
  package static func listHeader(_ state: DashboardState) -> String {
    guard !state.query.visible.isEmpty else { return emptyList(state) }
    let tail = doubts(state)
    guard !state.query.filter.isEmpty else { return "\(completeness(state)). \(accessCounts(state))\(tail)" }
    let verb = state.query.visible.count == 1 ? "matches" : "match"
    let searched = state.query.filter.asksForGone ? gone(state) : completeness(state)
    return
      "\(NumberText.count(state.query.visible.count, "key")) \(verb) the filter \(inert(state.query.filter.text)). "
      + "Searched: \(searched). \(accessCounts(state))\(tail)"
  }

  /// What could not be judged or understood, each with a space before it.
  private static func doubts(_ state: DashboardState) -> String {
    let unjudged = state.table.unjudgedCount(filter: state.query.filter, sort: state.settings.sort)
    let flaws = StatusText.flaws(state.table.flaws, ofGone: state.query.filter.asksForGone)
    let sentences = [StatusText.unjudged(unjudged), flaws]
    return sentences.compactMap(\.self).map { " " + $0 }.joined()
  }

  /// Never "none" about a partial list.
  package static func emptyList(_ state: DashboardState) -> String {
    if state.query.filter.asksForGone { return state.emptyListSentence }
    if state.load.completeness.isAtEnd {
      return state.query.filter.isEmpty || state.table.isEmpty
        ? "No keys." : "No keys match the filter. Searched: \(completeness(state)).\(doubts(state))"
    }
    if !state.table.isEmpty, !state.query.filter.isEmpty {
      return "No match so far. Searched: \(completeness(state)).\(doubts(state))"
    }
    return "\(completeness(state))."
  }

  static func endOfList(_ state: DashboardState) -> String {
    let count = NumberText.count(state.query.visible.count, "key")
    if state.load.completeness.isAtEnd {
      // What could not be read is no key that is gone.
      let unreadable = state.load.unreadable
      return unreadable == 0 || state.query.filter.asksForGone
        ? "End of list, \(count)."
        : "End of list, \(count); \(NumberText.count(unreadable, "record")) could not be read."
    }
    let advice = state.load.completeness == .partial ? "Type more to load them." : "Type refresh to go on."
    return "End of the loaded keys, \(count). More may exist on the server. \(advice)"
  }

  /// `490 more keys. Type more, or another command.`
  package static func more(_ count: Int, _ noun: PlainNoun) -> String {
    "\(NumberText.grouped(count)) more \(count == 1 ? noun.singular : noun.plural). Type more, or another command."
  }

  static func end(_ count: Int, _ noun: PlainNoun) -> String {
    "End, \(NumberText.count(count, noun.singular, plural: noun.plural))."
  }

  static func order(_ state: DashboardState) -> String {
    if state.settings.sort.isServerOrder {
      if state.configuration.isFile { return "In the order of the file." }
      return state.shownOrder == .descending ? "Newest first." : "Oldest first."
    }
    return "Sorted by \(StatusText.names(of: state.settings.sort))."
  }

  static func filter(_ state: DashboardState) -> String {
    state.query.filter.isEmpty ? "No filter." : "Filter: \(inert(state.query.filter.text))."
  }

  static func marked(_ count: Int) -> String {
    count == 0 ? "No keys marked." : "\(NumberText.count(count, "key")) marked."
  }

  /// The second line of a session.
  package static func summary(_ state: DashboardState) -> String {
    let label = inert(state.configuration.sourceLabel)
    return state.query.visible.isEmpty
      ? "Source: \(label). \(emptyList(state))" : "Source: \(label). \(listHeader(state))"
  }

  /// What `where` answers.
  static func place(_ state: DashboardState, name: String?) -> [PlainLine] {
    var lines: [PlainLine] = []
    if let name, !state.query.visible.isEmpty {
      let count = NumberText.grouped(state.query.visible.count)
      lines.append(
        .text("Key \(NumberText.grouped(state.list.position + 1)) of \(count)\(loadedPart(state)): \(inert(name))."))
    }
    lines.append(.text(listHeader(state)))
    lines.append(.text("\(filter(state)) \(order(state)) \(marked(state.marks.count))"))
    if let error = state.load.completeness.stoppedBy { lines.append(loadStopped(error, state)) }
    return lines
  }

  /// One line on the loss of the source.
  static func loadStopped(_ error: KeySourceError, _ state: DashboardState) -> PlainLine {
    let kept = "\(NumberText.count(state.table.count, "key")) stay loaded."
    let next = error.isLimit ? "" : " Type refresh to go on."
    return .error("\(inert(error.message)) \(kept) \(inert(error.nextStep))\(next)")
  }

  static func newKeys(_ count: Int) -> String {
    count == 0 ? "No new keys." : "\(NumberText.count(count, "new key"))."
  }
}
