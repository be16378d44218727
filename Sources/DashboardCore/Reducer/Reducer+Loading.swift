import APIKeyClient
import APIKeyModel
import KeyTable

/// Reading the list: the walk, fetching ahead, refreshing, resuming.
extension DashboardState {
  mutating func newLoadID() -> LoadID {
    load.nextNumber += 1
    return LoadID(number: load.nextNumber)
  }

  /// The page size for the next request of the walk.
  private func pageSize(for goal: LoadGoal) -> Int {
    if let size = configuration.pageSize { return size }
    if goal == .everything { return PageRequest.maximumLimit }
    return table.count == 0 ? DashboardConfiguration.firstPageSize : DashboardConfiguration.prefetchPageSize
  }

  /// Forgets every key and reads from the top.
  mutating func startWalk(goal: LoadGoal) -> [Effect] {
    var effects: [Effect] = []
    if let current = load.current { effects.append(.cancelLoad(current)) }
    if let farCurrent = load.farCurrent { effects.append(.cancelLoad(farCurrent)) }
    if let refresh = load.refresh { effects.append(.cancelLoad(refresh.current)) }
    effects += stopWaiting()
    let nextNumber = load.nextNumber
    load = LoadState(walk: configuration.walk(order))
    load.nextNumber = nextNumber
    table = KeyTable()
    evaluation = nil
    evaluationIsStale = false
    visible = RowList(count: 0)
    searched = 0
    position = 0
    top = 0
    load.goal = goal
    return effects + requestNextPage()
  }

  /// Asks for the next page of the walk, if there is one and none is in flight.
  mutating func requestNextPage() -> [Effect] {
    if load.current == nil, load.farEnd?.hasMet == true { return startJoining() }
    if load.current == nil, let limit = load.walk.reachedLimit { return stop(limit, isLoss: false) }
    guard load.current == nil, let request = load.walk.nextRequest(limit: pageSize(for: load.goal)) else { return [] }
    let waiting = stopWaiting()
    let id = newLoadID()
    load.current = id
    load.completeness = .loading
    return waiting + [.load(id, request)] + requestFarPage()
  }

  /// Loads to the end in the background; does nothing when everything is here.
  mutating func loadEverything() -> [Effect] {
    guard !load.completeness.isComplete else { return [] }
    load.goal = .everything
    // The server asked for a pause: the load goes on when it is over.
    return load.resumeWait == nil ? requestNextPage() : []
  }

  /// Fetches the next page when the selection is within one screen of the end of what is loaded.
  mutating func prefetchIfNeeded() -> [Effect] {
    guard load.completeness == .partial, isPlainOrder, !configuration.isPlain else { return [] }
    let screen = max(layout.listRows, 1)
    guard max(top + screen, position) + screen > table.count else { return [] }
    load.goal = .onePage
    return requestNextPage()
  }

  /// Takes an answer, if it is the one waited for.
  mutating func receive(_ result: Result<KeyPage, KeySourceError>, for id: LoadID) -> [Effect] {
    if let refresh = load.refresh, refresh.current == id { return receiveRefresh(result, refresh) }
    if load.farCurrent == id { return receiveFar(result) }
    guard load.current == id else { return [] }
    load.current = nil
    load.lastAnswer = now
    switch result {
    case .failure(let error): return stop(error)
    case .success(let page): return take(page)
    }
  }

  private mutating func take(_ page: KeyPage) -> [Effect] {
    connectionWorks()
    var effects: [Effect] = []
    var keys = page.keys
    effects += dropFarEndIfTooLarge(with: page.keys.count)
    if load.farEnd != nil {
      if let kept = load.farEnd?.receiveNear(page) { keys = kept } else { effects += dropFarEnd() }
    }
    let result = table.append(keys, upTo: configuration.limits.keys)
    load.answered += 1
    load.duplicates += result.duplicates
    load.unreadable += page.unreadable
    load.unreadableReason = load.unreadableReason ?? page.unreadableReason
    load.totalPages = page.totalPages ?? load.totalPages
    load.provenance = page.provenance ?? load.provenance
    if load.farEnd?.hasMet == true { return effects + cancelFarPage() + tableGrew() + startJoining() }
    switch load.walk.receive(page, added: result.added, leftOut: result.leftOut) {
    case .more:
      load.completeness = .partial
      effects += tableGrew()
      startFarEnd(after: page)
      if load.goal == .everything || !isPlainOrder {
        load.goal = .everything
        effects += requestNextPage()
      } else {
        effects += prefetchIfNeeded()
      }
    case .finished:
      effects += dropFarEnd() + finishLoad()
    case .failed(let error):
      if error.isLimit { effects += dropFarEnd() }
      effects += tableGrew() + stop(error, isLoss: false)
    }
    return effects
  }

  /// Answers that make a load a long one.
  private static let manyAnswers = 20

  /// Every key is here.
  mutating func finishLoad() -> [Effect] {
    load.current = nil
    load.completeness = .complete(at: now)
    var effects = tableGrew()
    if load.answered >= DashboardState.manyAnswers { effects.append(.returnMemory) }
    finishGoToEnd()
    reportFlaws()
    return effects
  }

  /// Says once what was odd about the answers.
  private mutating func reportFlaws() {
    var sentences: [String] = []
    if load.duplicates > 0 {
      sentences.append(LoadText.sentTwice(load.duplicates, isFile: configuration.isFile))
    }
    if load.unreadable > 0 {
      sentences.append(LoadText.unreadable(load.unreadable, reason: load.unreadableReason))
    }
    sentences += load.provenance?.warnings ?? []
    if !sentences.isEmpty { complain(sentences.joined(separator: " "), exitCode: 65) }
  }

  /// `isLoss` is false where an answer came, and the list cannot go on after it.
  private mutating func stop(_ error: KeySourceError, isLoss: Bool = true) -> [Effect] {
    // What stopped the load is the answer now.
    awaitsAnswer = false
    let effects = cancelFarPage()
    if error == .cancelled {
      load.completeness = .interrupted
      return effects + showUnsearched()
    }
    load.completeness = .stopped(error)
    goToEndWhenLoaded = false
    if isLoss {
      connectionFailed(error)
    } else {
      complain(LoadText.failed(error), exitCode: error.exitCode)
    }
    return effects + showUnsearched() + startWaiting(after: error)
  }

  /// Rows that waited for the next page to be sorted in: no page is coming now.
  private mutating func showUnsearched() -> [Effect] {
    searched < table.count && evaluation == nil ? evaluate(.wholeTable) : []
  }

  /// Stops what is in flight; true when there was something.
  mutating func interruptLoad() -> [Effect]? {
    var effects: [Effect] = []
    if let current = load.current {
      effects.append(.cancelLoad(current))
      load.current = nil
      load.completeness = .interrupted
      awaitsAnswer = false
      goToEndWhenLoaded = false
      effects += cancelFarPage() + showUnsearched()
    }
    if load.resumeWait != nil {
      effects += stopWaiting()
      load.completeness = .interrupted
    }
    if let refresh = load.refresh {
      effects.append(.cancelLoad(refresh.current))
      load.refresh = nil
    }
    return effects.isEmpty ? nil : effects
  }

  /// `r`: resumes a load that stopped, else looks at the top of the list for new keys.
  mutating func fetchNew() -> [Effect] {
    if load.current != nil {
      say(LoadText.stillLoading(table.count))
      return []
    }
    switch load.completeness {
    case .nothing, .stopped, .interrupted:
      say(table.count == 0 ? LoadText.tryingAgain() : LoadText.resuming(after: table.count))
      return resumeLoad()
    case .loading, .partial, .complete: break
    }
    guard configuration.isRereadable, !configuration.isFile else {
      say(configuration.isRereadable ? LoadText.fileStaysAsItIs(wording) : LoadText.inputIsReadOnce())
      return []
    }
    guard load.refresh == nil else {
      say(LoadText.alreadyLooking())
      return []
    }
    guard order == .descending else {
      // Oldest first: what is new is at the end, so a walk that has ended is taken up after its last key.
      if load.completeness.isComplete { _ = load.walk.continueAfterEnd() }
      return requestNextPage()
    }
    var walk = configuration.walk(order)
    guard let request = walk.nextRequest(limit: pageSize(for: .onePage)) else { return [] }
    let id = newLoadID()
    load.refresh = RefreshState(walk: walk, current: id)
    return [.load(id, request)]
  }

  /// Goes on from the same cursor, or from the top where nothing has arrived.
  mutating func resumeLoad() -> [Effect] {
    table.count == 0 ? startWalk(goal: load.goal) : requestNextPage()
  }

  private mutating func receiveRefresh(
    _ result: Result<KeyPage, KeySourceError>, _ old: RefreshState
  ) -> [Effect] {
    var refresh = old
    load.refresh = nil
    let page: KeyPage
    switch result {
    case .failure(let error):
      if error != .cancelled {
        complain(LoadText.refreshFailed(error), exitCode: error.exitCode)
      }
      return []
    case .success(let answer): page = answer
    }
    load.lastAnswer = now
    let fresh = (0..<page.keys.count).filter { table.row(of: page.keys.id(at: $0)) == nil }.count
    refresh.pages.append(page.keys)
    let metKnown = fresh < page.keys.count
    let hasMoreUnreadable = countUnreadable(of: page, isAllNew: fresh > 0 && !metKnown)
    let held = refresh.pages.reduce(table.count) { $0 + $1.count }
    let step: PageWalk.Step =
      metKnown
      ? .finished : refresh.walk.receive(page, added: fresh, leftOut: max(held - configuration.limits.keys, 0))
    var effects: [Effect] = []
    switch step {
    case .more:
      guard let request = refresh.walk.nextRequest(limit: pageSize(for: .everything)) else { break }
      refresh.current = newLoadID()
      load.refresh = refresh
      effects = [.load(refresh.current, request)]
    case .finished:
      effects = placeAtTop(refresh.pages)
    case .failed(let error):
      // The keys found are not placed: between them and the known ones some may be missing.
      complain(LoadText.refreshFailed(error), exitCode: error.exitCode)
      return []
    }
    if hasMoreUnreadable {
      complain(LoadText.unreadable(load.unreadable, reason: load.unreadableReason), exitCode: 65)
    }
    return effects
  }

  /// Adds the unreadable records of a refresh's page; true where there are more of them than were known.
  private mutating func countUnreadable(of page: KeyPage, isAllNew: Bool) -> Bool {
    // A page with known keys was read before: its unreadable records may be those already counted.
    let news = isAllNew ? page.unreadable : max(page.unreadable - load.unreadable, 0)
    load.unreadable += news
    load.unreadableReason = load.unreadableReason ?? page.unreadableReason
    return news > 0
  }

  /// Puts what a refresh found before everything else, newest first.
  private mutating func placeAtTop(_ pages: [KeyBatch]) -> [Effect] {
    var fresh = KeyBatch()
    for page in pages {
      for row in 0..<page.count where table.row(of: page.id(at: row)) == nil {
        newKeys.insert(page.id(at: row))
        fresh.append(page[row])
      }
    }
    guard !fresh.isEmpty else {
      say(LoadText.noNewKeys(at: now))
      if load.completeness.isComplete { load.completeness = .complete(at: now) }
      return []
    }
    guard table.count + fresh.count <= configuration.limits.keys else {
      complain(LoadText.refreshFailed(.tooManyKeys(limit: configuration.limits.keys)), exitCode: 65)
      return []
    }
    let added = table.append(fresh, at: .top).added
    say(LoadText.newKeys(added, at: now))
    if load.completeness.isComplete { load.completeness = .complete(at: now) }
    return evaluate(.wholeTable)
  }
}
