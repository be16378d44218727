import APIKeyClient
import APIKeyModel
import KeyLoading
import KeyTable

/// Reading the list: what the user wants goes to ``ListLoad``, what it has to tell comes back as notices and rows.
extension DashboardState {
  /// Tells the load of an event; gives what is to be done.
  mutating func handle(_ event: LoadEvent) -> [Effect] { take(loading.handle(event, now: environment.now)) }

  /// Forgets every key and reads from the top, in another order where one is given.
  mutating func startLoad(goal: LoadGoal, order: ListOrder? = nil) -> [Effect] {
    take(loading.start(goal, order: order ?? self.order, now: environment.now))
  }

  /// Loads to the end in the background; does nothing when everything is here.
  mutating func loadEverything() -> [Effect] { handle(.everything) }

  /// Fetches the next page when the selection is within one screen of the end of what is loaded.
  mutating func prefetchIfNeeded() -> [Effect] {
    guard load.completeness == .partial, isServerOrder, !configuration.isPlain else { return [] }
    let screen = max(layout.listRows, 1)
    guard max(list.top + screen, list.position) + screen > allKeys.count else { return [] }
    return handle(.page)
  }

  /// `r`: resumes a load that stopped, else looks for new keys.
  mutating func fetchNew() -> [Effect] {
    if load.completeness.isAtEnd || load.completeness == .partial, !load.isBusy,
      configuration.isFile || !configuration.isRereadable
    {
      post(.loading(configuration.isRereadable ? .fileStaysAsItIs : .inputIsReadOnce))
      return []
    }
    return handle(.refresh)
  }

  /// `R`: reads the list again; the keys that are here stay until it is whole.
  mutating func readAgain() -> [Effect] {
    post(.loading(.readingAgain))
    return handle(.reread(isServerOrder ? .onePage : .everything))
  }

  private mutating func take(_ output: LoadOutput) -> [Effect] {
    var effects = output.effects.map(Effect.init)
    for notice in output.notices { effects += take(notice) }
    guard load.completeness == .partial, output.notices.contains(where: \.changesRows) else { return effects }
    // A query that the server cannot evaluate needs every key.
    return effects + (isServerOrder ? prefetchIfNeeded() : load.isBusy ? [] : loadEverything())
  }

  private mutating func take(_ notice: LoadNotice) -> [Effect] {
    switch notice {
    case .responded: connectionWorks()
    case .cleared: clearRows()
    case .grew: return tableGrew()
    case .ended:
      // What looks found before is part of what was read now.
      loading.countNewKeysAsRead()
      let effects =
        query.searched < allKeys.count && query.evaluation == nil && !query.filter.asksForGone ? tableGrew() : []
      finishGoToEnd()
      if query.evaluation == nil, query.searched == allKeys.count { judgeFilter() }
      postResult()
      return effects
    case .flaws(let duplicates, let unreadable, let reason):
      let flaws = LoadFlaws(
        duplicates: duplicates, unreadable: unreadable, reason: reason, isFile: configuration.isFile,
        warnings: load.provenance?.warnings ?? [])
      // What differs since the reading before stays in view.
      if case .loading(.changes(let summary))? = messages.current?.notice {
        post(.loading(.flaws(flaws, after: summary)))
      } else {
        post(.loading(.flaws(flaws, after: nil)))
      }
    case .stopped(let error, let isLoss):
      if isLoss {
        connectionFailed(error)
      } else {
        post(.loading(.failed(error)))
      }
      return rowsStay()
    case .contradicted(let error):
      post(.loading(.failed(error)))
      return rowsStay()
    case .interrupted: return rowsStay()
    case .resuming(let count): post(.loading(.resuming(after: count)))
    case .triesUnasked: loading.noteUnaskedTry()
    case .placeLost(let error): post(.loading(.placeLost(error)))
    case .looked(let new, let isChanged): return looked(new, isChanged: isChanged)
    case .lookFailed(let error): post(.loading(.lookFailed(error)))
    case .unreadable(let count, let reason): post(.loading(.unreadable(count, reason: reason)))
    case .rereadDone(let previous, let wasWhole):
      return tookWholeRead(previous: previous, wasWhole: wasWhole)
    case .replaced(let previous): return replaceRows(of: previous)
    case .rereadFailed(let error):
      post(.loading(.rereadFailed(error, listOf: load.completeness.wholeReadAt)))
    case .lookInterrupted, .rereadInterrupted, .rereadGrew: break
    case .stillLoading(let count): post(.loading(.stillLoading(count)))
    case .alreadyLooking: post(.loading(.alreadyLooking))
    }
    return []
  }

  private mutating func looked(_ new: [KeyIdentifier], isChanged: Bool) -> [Effect] {
    loading.addNewKeys(new)
    post(.loading(.looked(new: new.count, isChanged: isChanged, at: environment.now)))
    // They may stand anywhere in the list.
    return new.isEmpty ? [] : evaluate(.wholeTable)
  }

  /// The load stopped, and that is the result of the query; the rows that came are shown.
  private mutating func rowsStay() -> [Effect] {
    cursorFocus.resultEnded()
    loading.cancelGoToEnd()
    // Rows that waited for the next page to be sorted in: no page is coming now.
    return query.searched < allKeys.count && query.evaluation == nil && !query.filter.asksForGone
      ? evaluate(.wholeTable) : []
  }

  private mutating func clearRows() {
    query.clearRows()
    list.returnToTop()
  }

  /// The rows are those of another table: what is shown of them is found again by id, then filtered anew.
  mutating func replaceRows(of previous: KeyTable) -> [Effect] {
    query.cancelEvaluation()
    loading.forgetMissingNewKeys()
    unmarkMissingKeys()
    query.noteOtherKeys()
    if query.filter.asksForGone { return [] }
    if !isServerOrder {
      let rows = query.visible.compactMap { allKeys.row(of: previous.id(at: $0)).map { UInt32($0) } }
      show(RowList(rows: rows), searched: 0)
    }
    return evaluate(.wholeTable)
  }

  /// When ``Action/clock`` is due, in seconds since the epoch: at the end of a wait, and each second where the screen
  /// counts down. Nil while nothing is waited for.
  package var wakeTime: Int64? {
    load.wakeTime.map { settings.cursorFocus ? $0 : min($0, environment.now + 1) }
  }
}

extension LoadNotice {
  fileprivate var changesRows: Bool {
    switch self {
    case .grew, .looked, .replaced, .rereadDone: true
    default: false
    }
  }
}

extension Effect {
  init(_ effect: LoadEffect) {
    switch effect {
    case .request(let id, let request): self = .load(id, request)
    case .cancel(let id): self = .cancelLoad(id)
    case .continueSoon(let id): self = .continueLoad(id)
    case .trimMemory: self = .returnMemory
    }
  }
}
