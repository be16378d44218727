import APIKeyClient
import APIKeyModel
import DashboardCore
import KeyTable

/// The state of the list in words: counts, completeness, filter, order, place.
extension Phrasebook {
  /// `500 keys, complete`; `50 keys loaded, more on the server`
  static func completeness(_ state: DashboardState) -> String {
    let count = NumberText.count(state.table.count, "key")
    let more = state.configuration.isFile ? "more in the file" : "more on the server"
    switch state.load.completeness {
    case .nothing: return "Nothing loaded yet"
    case .complete where state.load.unreadable > 0:
      return "\(count), not complete: \(NumberText.count(state.load.unreadable, "record")) could not be read"
    case .complete:
      if let provenance = state.load.provenance {
        return inert(ProvenanceText.completeness(state.table.count, provenance))
      }
      return state.table.isEmpty ? "No keys, complete" : "\(count), complete"
    case .partial: return "\(count) loaded, \(more)"
    case .loading: return "\(count) loaded, still loading"
    case .stopped: return "\(count) loaded, stopped by an error, more may exist"
    case .interrupted: return "\(count) loaded, stopped by you, \(more)"
    }
  }

  /// What Ctrl-C left.
  static func stoppedHere(_ state: DashboardState) -> String { "\(completeness(state))." }

  /// The rows a count speaks of: `500 keys, complete`, or `12 matching keys of 500 keys, complete`
  static func counted(_ state: DashboardState) -> String {
    let whole = completeness(state)
    guard !state.filter.isEmpty else { return whole }
    return "\(NumberText.count(state.visible.count, "matching key")) of \(whole)"
  }

  /// `125 full access, 375 limited.`
  private static func accessCounts(_ state: DashboardState) -> String {
    var counts = state.table.accessCounts
    if state.visible.count != state.table.count {
      counts = (0, 0, 0)
      for row in state.visible {
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
    guard !state.visible.isEmpty else { return emptyList(state) }
    guard !state.filter.isEmpty else { return "\(completeness(state)). \(accessCounts(state))" }
    let verb = state.visible.count == 1 ? "matches" : "match"
    return "\(NumberText.count(state.visible.count, "key")) \(verb) the filter \(inert(state.filter.text)). "
      + "Searched: \(completeness(state)). \(accessCounts(state))"
  }

  /// Never "none" about a partial list.
  package static func emptyList(_ state: DashboardState) -> String {
    if state.load.completeness.isComplete {
      return state.filter.isEmpty || state.table.isEmpty
        ? "No keys." : "No keys match the filter. Searched: \(completeness(state))."
    }
    if !state.table.isEmpty, !state.filter.isEmpty { return "No match so far. Searched: \(completeness(state))." }
    return "\(completeness(state))."
  }

  static func endOfList(_ state: DashboardState) -> String {
    let count = NumberText.count(state.visible.count, "key")
    if state.load.completeness.isComplete { return "End of list, \(count)." }
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
      return state.order == .descending ? "Newest first." : "Oldest first."
    }
    return "Sorted by \(StatusText.names(of: state.settings.sort))."
  }

  static func filter(_ state: DashboardState) -> String {
    state.filter.isEmpty ? "No filter." : "Filter: \(inert(state.filter.text))."
  }

  static func marked(_ count: Int) -> String {
    count == 0 ? "No keys marked." : "\(NumberText.count(count, "key")) marked."
  }

  /// The second line of a session.
  package static func summary(_ state: DashboardState) -> String {
    let label = inert(state.configuration.sourceLabel)
    return state.visible.isEmpty ? "\(label). \(emptyList(state))" : "\(label). \(listHeader(state))"
  }

  /// What `where` answers.
  static func place(_ state: DashboardState, name: String?) -> [String] {
    var lines: [String] = []
    if let name, !state.visible.isEmpty {
      let count = NumberText.grouped(state.visible.count)
      lines.append("Key \(NumberText.grouped(state.position + 1)) of \(count)\(loadedPart(state)): \(inert(name)).")
    }
    lines.append(listHeader(state))
    lines.append("\(filter(state)) \(order(state)) \(marked(state.marks.count))")
    if case .stopped(let error) = state.load.completeness { lines.append(loadStopped(error, state)) }
    return lines
  }

  /// One line on the loss of the source.
  static func loadStopped(_ error: KeySourceError, _ state: DashboardState) -> String {
    let kept = "\(NumberText.count(state.table.count, "key")) stay loaded."
    let next = error.isLimit ? "" : " Type refresh to go on."
    return "Error: \(inert(error.message)) \(kept) \(inert(error.nextStep))\(next)"
  }

  static func newKeys(_ count: Int) -> String {
    count == 0 ? "No new keys." : "\(NumberText.count(count, "new key"))."
  }
}
