import APIKeyClient
import APIKeyModel
import KeyLoading
import KeyTable

/// Reading the list: what the user wants goes to ``ListLoad``, what it has to tell comes back as sentences and rows.
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
      say(configuration.isRereadable ? LoadText.fileStaysAsItIs(wording) : LoadText.inputIsReadOnce())
      return []
    }
    return handle(.refresh)
  }

  /// `R`: reads the list again; the keys that are here stay until it is whole.
  mutating func readAgain() -> [Effect] {
    say(LoadText.readingAgain(), about: .load)
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
      showResult()
      return effects
    case .flaws(let duplicates, let unreadable, let reason):
      let warnings = load.provenance?.warnings ?? []
      let text = LoadText.flaws(
        duplicates: duplicates, unreadable: unreadable, reason: reason, isFile: configuration.isFile, warnings: warnings
      )
      // What the reading before this sentence found stays with it.
      let summary = messages.current?.topic == .changes ? (messages.current?.text ?? "") + " " : ""
      // The same record twice takes nothing from the list.
      if unreadable == 0, warnings.isEmpty {
        say(summary + text, about: .flaw)
      } else {
        post(Message(.error, text, at: environment.now, exitCode: 65, topic: .flaw, saidOnce: summary))
      }
    case .stopped(let error, let isLoss):
      if isLoss {
        connectionFailed(error)
      } else {
        complain(LoadText.failed(error), exitCode: error.exitCode, about: .failure)
      }
      return rowsStay()
    case .contradicted(let error):
      complain(LoadText.failed(error), exitCode: error.exitCode, about: .failure)
      return rowsStay()
    case .interrupted: return rowsStay()
    case .resuming(let count): say(count == 0 ? LoadText.tryingAgain() : LoadText.resuming(after: count))
    case .triesUnasked: loading.noteUnaskedTry()
    case .placeLost(let error): say(LoadText.placeLost(error), about: .load)
    case .looked(let new, let isChanged): return looked(new, isChanged: isChanged)
    case .lookFailed(let error): complain(LoadText.refreshFailed(error), exitCode: error.exitCode, saysOutcome: true)
    case .unreadable(let count, let reason): complain(LoadText.unreadable(count, reason: reason), exitCode: 65)
    case .rereadDone(let previous, let wasWhole):
      return tookWholeRead(previous: previous, wasWhole: wasWhole)
    case .replaced(let previous): return replaceRows(of: previous)
    case .rereadFailed(let error):
      complain(LoadText.rereadFailed(error, listOf: load.completeness.wholeReadAt), exitCode: error.exitCode)
    case .lookInterrupted, .rereadInterrupted, .rereadGrew: break
    case .stillLoading(let count): say(LoadText.stillLoading(count))
    case .alreadyLooking: say(LoadText.alreadyLooking())
    }
    return []
  }

  private mutating func looked(_ new: [KeyIdentifier], isChanged: Bool) -> [Effect] {
    loading.addNewKeys(new)
    let news = new.isEmpty ? LoadText.noNewKeys(at: environment.now) : LoadText.newKeys(new.count, at: environment.now)
    say(isChanged ? LoadText.changedOnServer(new.isEmpty ? nil : news, wording) : news)
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
