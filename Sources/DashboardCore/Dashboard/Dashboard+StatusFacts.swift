import APIKeyClient
import APIKeyModel
import KeyLoading
import KeyTable

extension DashboardState {
  /// Why no row is shown: never "none found" about a partial list.
  package var emptyListReason: EmptyListReason {
    if query.filter.asksForGone { return .noneGone(isKnown: loading.changes.goneCount > 0) }
    if let error = load.completeness.stoppedBy, table.count == 0 { return .failed(error) }
    if !query.filter.isEmpty, table.count > 0 {
      // Complete is not enough: the last rows may have arrived and not been searched yet.
      guard load.completeness.isAtEnd, query.evaluation == nil, query.searched == table.count else {
        return .noMatchSoFar(searched: query.searched)
      }
      return load.isKnownWhole == true ? .noMatch : .noMatchAmongRead(query.searched)
    }
    if allKeys.isEmpty, load.unreadable > 0 { return .unreadable(load.unreadable, reason: load.unreadableReason) }
    switch load.completeness {
    case .complete, .readWhole, .changed, .unknown: return .noKeys
    case .nothing, .loading: return .loadingFirst
    case .contradicted(let error, _): return .failed(error)
    case .unchecked(let error, _): return .failed(.checkFailed(error))
    case .partial, .stopped, .waiting, .interrupted: return .noneLoaded
    }
  }

  var orderFact: OrderFact {
    let terms = settings.sort.terms
    guard !terms.isEmpty else { return configuration.isFile ? .file : .server(shownOrder) }
    let asksForDates = terms.contains { $0.column == .created }
    return .sorted(settings.sort, undated: asksForDates ? table.undatedCount : 0)
  }

  /// Nil without a filter.
  var filterFact: FilterFact? {
    guard !query.filter.isEmpty else { return nil }
    if query.filter.asksForGone { return .gone(matching: query.visible.count, of: loading.changes.goneCount) }
    let rest: FilterFact.Rest =
      switch load.completeness {
      case _ where load.isLoading: .loading
      case .complete, .readWhole, .changed, .unknown, .contradicted, .unchecked: .none
      case .nothing, .partial, .loading, .stopped, .waiting, .interrupted: .more(isFile: configuration.isFile)
      }
    return .keys(
      matching: query.visible.count, searched: query.searched,
      undated: query.filter.usesDates ? allKeys.undatedCount : 0, rest: rest)
  }

  package var completenessFact: CompletenessFact {
    let count = allKeys.count
    let unreadable = load.unreadable
    switch load.completeness {
    case .nothing: return .nothing
    case .partial:
      return .partial(
        count, pages: load.totalPages, isFile: configuration.isFile, isChanged: load.isChanged)
    case .loading:
      return count == 0 ? .loadingFirst : .loading(count + load.heldBack, requests: load.answered)
    case .complete(let time):
      if unreadable == 0, let provenance = load.provenance { return .inFile(count, provenance) }
      return .complete(count, unreadable: unreadable, at: time)
    case .readWhole(let time, let lookedAt, let new):
      return .readWhole(count, unreadable: unreadable, at: time, new: new, lookedAt: lookedAt)
    case .changed(let time, let lookedAt, let new):
      return .changed(count, unreadable: unreadable, readAt: time, new: new, lookedAt: lookedAt)
    case .unknown(let time):
      if unreadable > 0 { return .complete(count, unreadable: unreadable, at: time) }
      return load.provenance.map { .inFile(count, $0) } ?? .unknown(count)
    case .contradicted(let error, _): return .contradicted(count, error)
    case .unchecked(let error, _): return .unchecked(count, error)
    case .stopped(let error), .waiting(_, let error): return .stopped(count, error, nextTry)
    case .interrupted: return .interrupted(count)
    }
  }

  /// Nil when nothing is waited for. In cursor focus the time of day: the screen does not count down.
  private var nextTry: CompletenessFact.NextTry? {
    load.wakeTime.map {
      settings.cursorFocus ? .at($0) : .inSeconds(Int(max($0 - environment.now, 0)))
    }
  }

  var spokenStatus: SpokenStatus {
    SpokenStatus(
      place: query.visible.isEmpty ? .none(emptyListReason) : .key(list.position + 1, of: query.visible.count),
      filterText: query.filter.text, filter: filterFact, completeness: completenessFact, marked: marks.count)
  }
}
