import APIKeyModel

/// Whether a command can do anything now; if not, why, in a sentence.
package enum Availability: Equatable, Sendable {
  case enabled
  case disabled(String)
}

extension CommandID {
  /// Why this command can do nothing now, if so.
  package func availability(in state: DashboardState) -> Availability {
    switch self {
    case .open, .explain, .copy, .printPlain, .mark, .markRange:
      if state.scope == .overlay { return .enabled }
      return state.selection == nil ? .disabled(state.emptyListSentence) : .enabled
    case .nextPane:
      if state.layout.arrangement == .onePane {
        return state.selection == nil ? .disabled(state.emptyListSentence) : .enabled
      }
      return .enabled
    case .growDetail, .shrinkDetail:
      return state.layout.showsBoth
        ? .enabled : .disabled("There is one pane only at this size; the detail fills the screen.")
    case .nextHit, .previousHit:
      let text = state.overlays.last?.searchText ?? state.findText
      return text.isEmpty
        ? .disabled("Nothing was searched for yet. \(state.telling(.find)) to find a text.") : .enabled
    case .reverseSort:
      return state.settings.sort.terms.isEmpty
        ? .disabled(
          "The list is in the server's order. \(state.telling(.sort)) to sort, or \(state.label(.order)) for the other order."
        )
        : .enabled
    case .clearFilter:
      return state.filter.isEmpty ? .disabled("There is no filter.") : .enabled
    case .clearMarks, .nextMarked, .previousMarked:
      return state.marks.isEmpty
        ? .disabled("No key is marked. \(state.telling(.mark)) to mark one.") : .enabled
    case .markAll, .export:
      return state.visible.isEmpty ? .disabled(state.emptyListSentence) : .enabled
    case .compare:
      return state.marks.count == 2 || state.configuration.isPlain
        ? .enabled
        : .disabled("Mark two keys to compare them; \(NumberText.grouped(state.marks.count)) marked now.")
    case .loadAll:
      return state.load.completeness.isComplete ? .disabled("Every key is loaded.") : .enabled
    case .reread:
      return state.configuration.isRereadable ? .enabled : .disabled("Standard input cannot be read twice.")
    case .order:
      return state.configuration.isFile
        ? .disabled("A file has one order. \(state.telling(.sort)) to sort.") : .enabled
    default:
      return .enabled
    }
  }
}

extension DashboardState {
  /// Why no row is shown: never "none found" about a partial list.
  package var emptyListSentence: String {
    if case .stopped(let error) = load.completeness, table.count == 0 { return error.message }
    if !filter.isEmpty, table.count > 0 {
      // Complete is not enough: the last rows may have arrived and not been searched yet.
      return load.completeness.isComplete && evaluation == nil && searched == table.count
        ? "No key matches the filter."
        : "No match among the \(NumberText.count(searched, "key")) searched so far."
    }
    switch load.completeness {
    case .complete: return "There are no keys."
    case .nothing, .loading: return "Still loading the first keys."
    case .partial, .stopped, .interrupted: return "No keys are loaded."
    }
  }
}
