import APIKeyClient
import APIKeyModel
import KeyTable

/// One reading of the list, from its top to its end: the keys so far, and what to ask for next.
///
/// The forward pager decides what the list is; the backward pager only saves it pages. Each step gives a
/// ``Turn``; what is in flight is the caller's ``Progress``, so that a reading at rest can have nothing in flight.
struct Reading: Sendable {
  let plan: LoadPlan
  var goal: LoadGoal
  var table = KeyTable()
  var paginator: Paginator
  var counts = LoadCounts()
  var position = ListPosition()
  private var dates = DateOrder()
  /// What came from the other end; nil where nothing did.
  var backward: BackwardPages?
  /// The far end was begun: it is not begun twice.
  var backwardWasTried = false
  var check = EndCheck()
  /// This reading began because another one lost its position.
  var isRestart = false

  init(plan: LoadPlan, goal: LoadGoal) {
    self.plan = plan
    self.goal = goal
    paginator = plan.paginator()
  }

  /// Pages joined at a time: what a key that is pressed meanwhile waits for.
  private static let pagesAtATime = 4

  // MARK: What to do next

  /// Requests the next page, joins the two ends, or requests the other end.
  mutating func advance(_ ids: inout LoadIDs, far: LoadID? = nil) -> Turn {
    if backward?.hasMet == true { return join(&ids) }
    if let limit = paginator.reachedLimit { return Turn(next: .failed(.page(limit), isLoss: false)) }
    guard let request = paginator.nextRequest(limit: plan.pageSize(for: goal, held: table.count)) else {
      return finish(&ids)
    }
    let near = ids.next()
    var turn = Turn(next: .going(.paging(near: near, far: far)), effects: [.request(near, request)])
    if far == nil, let (id, request) = nextBackwardRequest(&ids) {
      turn.next = .going(.paging(near: near, far: id))
      turn.effects.append(.request(id, request))
    }
    return turn
  }

  private mutating func nextBackwardRequest(_ ids: inout LoadIDs) -> (LoadID, PageRequest)? {
    guard goal == .everything, backward?.hasMet == false,
      let request = backward?.pager.nextRequest(limit: plan.pageSize ?? PageRequest.maximumLimit)
    else { return nil }
    return (ids.next(), request)
  }

  // MARK: Responses

  /// Takes a response; nil if it is none that is waited for.
  mutating func receive(
    _ result: Result<KeyPage, KeySourceError>, for id: LoadID, in progress: Progress, _ ids: inout LoadIDs, now: Int64
  ) -> Turn? {
    switch progress {
    case .paging(id, let far):
      counts.lastResponse = now
      switch result {
      case .success(let page): return take(page, far: far, &ids).after([], [.responded])
      case .failure(let error): return fail(error, far: far, &ids)
      }
    case .paging(let near, id): return takeBackward(result, near: near, &ids, now: now)
    case .checking(id): return takeCheck(result, &ids, now: now)
    default: return nil
    }
  }

  private mutating func take(_ page: KeyPage, far: LoadID?, _ ids: inout LoadIDs) -> Turn {
    counts.lastPage = counts.lastResponse
    var far = far
    var cancelled: [LoadEffect] = []
    func drop() {
      backward = nil
      if let id = far { cancelled.append(.cancel(id)) }
      far = nil
    }
    var keys = page.keys
    // Of a page that meets the other end only a part is taken, and after it there is no way back: asked before.
    if isBackwardTooLarge(with: page.keys.count) { drop() }
    if backward != nil {
      if let kept = backward?.receiveForward(page) { keys = kept } else { drop() }
    }
    let repeated = position.receive(keys, table)
    let held = table.count
    let result = add(keys)
    counts.take(page, duplicates: result.duplicates - repeated, isFile: plan.isFile)
    if result.duplicates > repeated { noteRepeats(keys, behind: held, steppedBack: repeated) }
    counts.provenance = page.provenance ?? counts.provenance
    check.endIsUnknown = counts.provenance.map { $0.isComplete != true } ?? false
    if backward?.hasMet == true {
      if let id = far { cancelled.append(.cancel(id)) }
      return join(&ids).after(cancelled, [.grew])
    }
    switch paginator.receive(page, added: result.added + repeated, leftOut: result.leftOut) {
    case .more:
      startBackward(after: page)
      if goal == .onePage { return Turn(next: .resting(.partial), effects: cancelled, notices: [.grew]) }
      if case .keys(let count) = goal, table.count >= count {
        return Turn(next: .resting(.partial), effects: cancelled, notices: [.grew])
      }
      return advance(&ids, far: far).after(cancelled, [.grew])
    case .finished:
      drop()
      return finish(&ids).after(cancelled, [.grew])
    case .failed(let error):
      if error.isLimit { backward = nil }
      if let id = far { cancelled.append(.cancel(id)) }
      return Turn(next: .failed(.page(error), isLoss: false), effects: cancelled, notices: [.grew])
    }
  }

  /// Judges keys that came again: records that have the id of a key that is held and are not that key, and keys of
  /// earlier pages that are among others. A page that only begins with the end of the one before overlaps with it, and
  /// leaves nothing out. `held` keys were there before this page.
  private mutating func noteRepeats(_ keys: KeyBatch, behind held: Int, steppedBack: Int) {
    var known = 0
    var seam = 0
    for row in 0..<keys.count {
      let id = keys.id(at: row)
      guard let heldRow = table.row(of: id) else { continue }
      if heldRow < held {
        known += 1
        if known == row + 1 { seam = known }
      }
      if table[heldRow] != keys[row] {
        counts.conflicts += 1
        counts.firstConflict = counts.firstConflict ?? id
      }
    }
    guard !plan.isFile else { return }
    let isSeam =
      seam <= held && (0..<seam).allSatisfy { table.row(of: keys.id(at: $0)) == held - seam + $0 }
    let unexplained = known - (isSeam ? seam : 0)
    counts.outOfOrder += max(unexplained - (isSeam ? 0 : steppedBack), 0)
  }

  /// Adds the keys of a page after those that are held.
  ///
  /// A page that starts over, because the server forgot its cursor or gave the key another date, and one from before a
  /// key that is gone, may hold keys newer than those that are held: they are put where their dates belong.
  private mutating func add(_ keys: KeyBatch) -> KeyTable.AppendResult {
    let last = table.serverOrder.last.flatMap { table.created(at: $0)?.microseconds }
    guard !plan.isFile, case .belongsBefore(let byDate) = dates.judge(keys, after: last, plan.order),
      let news = InsertionPoints.insertions(of: keys, in: table, plan.order, withoutKnown: byDate),
      table.count + news.reduce(0, { $0 + $1.keys.count }) <= plan.limits.keys
    else { return table.append(keys, upTo: plan.limits.keys) }
    var result = table.insert(news)
    result.duplicates = keys.count - result.added
    return result
  }

  private mutating func fail(_ error: KeySourceError, far: LoadID?, _ ids: inout LoadIDs) -> Turn {
    let cancelled: [LoadEffect] = far.map { [.cancel($0)] } ?? []
    if error == .cancelled { return Turn(next: .resting(.interrupted), effects: cancelled) }
    guard let cursor = paginator.cursorID, !plan.isFile, let lost = error.asLostPlace else {
      return Turn(next: .failed(.page(error), isLoss: true), effects: cancelled)
    }
    // The two ends meet at a row that this server does not have any more.
    backward = nil
    guard let id = position.stepBack(from: cursor) else { return Turn(next: .lost(lost), effects: cancelled) }
    paginator.goOn(after: id)
    return advance(&ids).after(cancelled)
  }

  // MARK: The far end

  /// Starts the backward pager when a full load turns out to be long.
  private mutating func startBackward(after page: KeyPage) {
    guard goal == .everything, backward == nil, !backwardWasTried, plan.hasBothOrders,
      table.count >= BackwardPages.keysBefore
    else { return }
    backwardWasTried = true
    backward = BackwardPager(forwardOrder: plan.order, forwardPage: page.keys).map { BackwardPages(pager: $0) }
  }

  /// If both ends together would have too many keys, the forward pager continues alone, up to the limit.
  private func isBackwardTooLarge(with arriving: Int = 0) -> Bool {
    guard let backward else { return false }
    return table.count + backward.keyCount + arriving > plan.limits.keys
  }

  private mutating func takeBackward(
    _ result: Result<KeyPage, KeySourceError>, near: LoadID, _ ids: inout LoadIDs, now: Int64
  ) -> Turn {
    // The forward pager continues whatever happens here.
    guard case .success(let page) = result, backward?.receive(page) == true else {
      backward = nil
      return Turn(next: .going(.paging(near: near, far: nil)))
    }
    counts.lastResponse = now
    counts.lastPage = now
    counts.answered += 1
    if isBackwardTooLarge() {
      backward = nil
      return Turn(next: .going(.paging(near: near, far: nil)))
    }
    if backward?.hasMet == true { return join(&ids).after([.cancel(near)]) }
    guard let (id, request) = nextBackwardRequest(&ids) else {
      return Turn(next: .going(.paging(near: near, far: nil)))
    }
    return Turn(next: .going(.paging(near: near, far: id)), effects: [.request(id, request)])
  }

  private func join(_ ids: inout LoadIDs) -> Turn {
    let id = ids.next()
    return Turn(next: .going(.joining(id)), effects: [.continueSoon(id)])
  }

  /// Takes some of the far end's pages into the table; the list is whole when none is left.
  mutating func joinMore(_ id: LoadID, _ ids: inout LoadIDs) -> Turn {
    for _ in 0..<Reading.pagesAtATime {
      guard let keys = backward?.next() else {
        paginator.endMeeting(last: backward?.lastID)
        backward = nil
        // It read the other end itself.
        check.isPassed = true
        return finish(&ids).after([], [.grew])
      }
      counts.duplicates += table.append(keys).duplicates
    }
    return Turn(next: .going(.joining(id)), effects: [.continueSoon(id)], notices: [.grew])
  }
}

/// What a reading counts besides its keys.
struct LoadCounts: Sendable {
  /// Requests that got a page.
  var answered = 0
  var duplicates = 0
  var unreadable = 0
  var unreadableReason: String?
  /// Pages of the forward pager: they number the position of an unreadable record.
  var nearPages = 0
  /// The number of pages the server gave, when it really gave one.
  var totalPages: Int?
  /// Keys that came again on later pages, and not where pages overlap.
  var outOfOrder = 0
  /// Records with the id of a key that came before, and other fields.
  var conflicts = 0
  var firstConflict: KeyIdentifier?
  /// What a file states about itself, once it was read to its end; nil for a server.
  var provenance: ListProvenance?
  /// Seconds since the epoch: of the last response, and of the last page of the list.
  var lastResponse: Int64?
  var lastPage: Int64?

  mutating func take(_ page: KeyPage, duplicates: Int, isFile: Bool) {
    answered += 1
    self.duplicates += max(duplicates, 0)
    unreadable += page.unreadable
    nearPages += 1
    if let reason = page.unreadableReason, unreadableReason == nil {
      // A page counts its own records; a file its lines, from its beginning.
      unreadableReason = isFile || nearPages == 1 ? reason : "page \(nearPages), \(reason)"
    }
    totalPages = page.totalPages ?? totalPages
  }
}

extension KeySourceError {
  /// The same as a lost position, if a server reports it for a page that starts after a key: with its own words.
  var asLostPlace: KeySourceError? {
    guard case .status(var problem) = self, !problem.isAboutToken,
      StatusProblem.lostPlaceStatuses.contains(problem.status)
    else { return nil }
    if problem.position == .first { problem.position = .later(number: nil, keysBefore: nil) }
    return .placeLost(problem)
  }
}
