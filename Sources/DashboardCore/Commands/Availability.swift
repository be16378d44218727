import APIKeyClient
import APIKeyModel
import KeyLoading

/// Whether a command can do anything now; if not, why, in a sentence.
package enum Availability: Equatable, Sendable {
  case enabled
  case disabled(String)
}

extension CommandID {
  /// It can do nothing where too few keys are marked.
  var needsMarks: Bool {
    switch self {
    case .clearMarks, .nextMarked, .previousMarked, .compare: true
    default: false
    }
  }

  /// Why this command can do nothing now, if so.
  package func availability(in state: DashboardState) -> Availability {
    switch self {
    case .open, .explain, .copy, .printPlain, .mark, .markRange:
      if state.scope == .overlay { return .enabled }
      return state.list.selection == nil ? .disabled(state.emptyListSentence) : .enabled
    case .nextPane:
      if state.layout.arrangement == .onePane {
        return state.list.selection == nil ? .disabled(state.emptyListSentence) : .enabled
      }
      return .enabled
    case .growDetail, .shrinkDetail:
      if !state.settings.detailShown { return .disabled(MoveText.detailIsOff(state.wording)) }
      return state.layout.showsBoth
        ? .enabled : .disabled(MoveText.onePaneOnly())
    case .nextHit, .previousHit:
      let text = state.views.overlays.last?.searchText ?? state.list.findText
      return text.isEmpty
        ? .disabled(MoveText.nothingSearched(state.wording)) : .enabled
    case .reverseSort:
      return state.settings.sort.terms.isEmpty
        ? .disabled(QuestionText.notSorted(state.wording)) : .enabled
    case .clearFilter:
      return state.query.filter.isEmpty ? .disabled(QuestionText.noFilter()) : .enabled
    case .clearMarks, .nextMarked, .previousMarked:
      return state.marks.isEmpty
        ? .disabled(MarkText.noneMarked(state.wording)) : .enabled
    case .markAll, .export:
      return state.query.visible.isEmpty ? .disabled(state.emptyListSentence) : .enabled
    case .compare:
      return state.marks.count == 2 || state.configuration.isPlain
        ? .enabled
        : .disabled(MarkText.comparisonNeedsMarks(state.marks.count))
    case .loadAll:
      return state.load.completeness.isAtEnd ? .disabled(state.wholeListSentence) : .enabled
    case .reread:
      return state.configuration.isRereadable ? .enabled : .disabled(LoadText.inputIsReadOnce())
    case .order:
      return state.configuration.isFile
        ? .disabled(QuestionText.fileHasOneOrder(state.wording)) : .enabled
    default:
      return .enabled
    }
  }
}

extension DashboardState {
  /// That there is nothing left to load: of a file, what it says of its keys.
  package var wholeListSentence: String {
    if let provenance = load.provenance { return "\(ProvenanceText.completeness(table.count, provenance))." }
    return LoadText.everythingIsLoaded(unreadable: load.unreadable)
  }

  /// Why no row is shown: never "none found" about a partial list.
  package var emptyListSentence: String {
    if query.filter.asksForGone { return ListText.noneGone(isAsked: loading.changes.goneCount > 0) }
    if let error = load.completeness.stoppedBy, table.count == 0 { return error.message }
    if !query.filter.isEmpty, table.count > 0 {
      // Complete is not enough: the last rows may have arrived and not been searched yet.
      guard load.completeness.isAtEnd, query.covers(rowCount: table.count) else {
        return ListText.noMatch(among: query.searched)
      }
      return load.isKnownWhole == true ? ListText.noMatch() : ListText.noMatch(amongRead: query.searched)
    }
    if allKeys.isEmpty, load.unreadable > 0 {
      return LoadText.unreadable(load.unreadable, reason: load.unreadableReason)
    }
    switch load.completeness {
    case .complete, .readWhole, .changed, .unknown: return ListText.noKeys()
    case .nothing, .loading: return ListText.loadingFirst()
    case .contradicted(let error, _): return error.message
    case .unchecked(let error, _): return KeySourceError.checkFailed(error).message
    case .partial, .stopped, .waiting, .interrupted: return ListText.noneLoaded()
    }
  }
}
