import APIKeyClient
import APIKeyModel
import KeyTable

/// Looking for new keys.
extension ListLoad {
  /// Whether a refresh would look for new keys instead of continuing a load.
  package var refreshLooks: Bool {
    switch phase {
    case .resting(.whole), .resting(.unknown): true
    case .resting(.partial): plan.order == .descending
    default: false
    }
  }

  mutating func refresh(now: Int64) -> LoadOutput {
    switch phase {
    case .loading: return LoadOutput(notices: [.stillLoading(table.count)])
    case .rereading: return LoadOutput(notices: [.stillLoading(rereadProgress?.keys ?? 0)])
    case .looking: return LoadOutput(notices: [.alreadyLooking])
    case .waiting, .resting(.nothing), .resting(.interrupted), .resting(.halted), .resting(.contradicted):
      return LoadOutput(notices: [.resuming(after: table.count)]) + resume(now: now)
    case .resting(.whole), .resting(.unknown): return look(now: now)
    case .resting(.partial):
      // Oldest first, what is new is at the end that was not reached yet.
      if plan.order == .descending { return look(now: now) }
      reading.goal = .onePage
      return resume(now: now)
    }
  }

  private mutating func look(now: Int64) -> LoadOutput {
    guard case .resting(let rest) = phase else { return LoadOutput() }
    var look = Look(plan, table: table, isPart: rest == .partial, id: ids.next())
    var limit = plan.pageSize(for: .onePage, held: table.count)
    // Keys after the last one held come with the next page.
    if look.isPart { limit = min(limit, table.count) }
    guard let request = look.paginator.nextRequest(limit: limit) else { return LoadOutput() }
    phase = .looking(look, rest, next: nil)
    return LoadOutput(effects: [.request(look.id, request)])
  }

  mutating func receiveLook(
    _ result: Result<KeyPage, KeySourceError>, _ old: Look, _ rest: Rest, next: LoadGoal?, now: Int64
  ) -> LoadOutput {
    var look = old
    phase = .resting(rest)
    var output: LoadOutput
    switch result {
    case .failure(.cancelled): output = LoadOutput(notices: [.lookInterrupted])
    case .failure(let error): output = lookFailed(error, look, now: now)
    case .success(let page):
      reading.counts.lastResponse = now
      reading.counts.answered += 1
      let news = countUnreadable(of: page, number: look.pages.count + 1)
      switch look.receive(page, plan.order, table: table, limits: plan.limits) {
      case .more:
        let goOn = Look(look, id: ids.next())
        look = goOn
        guard let request = look.paginator.nextRequest(limit: plan.pageSize(for: .everything, held: table.count)) else {
          return LoadOutput()
        }
        phase = .looking(look, rest, next: next)
        return LoadOutput(effects: [.request(look.id, request)], notices: [.responded] + news)
      case .found(let found): output = LoadOutput(notices: [.responded]) + insert(found, now: now)
      // The keys found are not placed: between them and the known ones some may be missing.
      case .failed(let error): output = LoadOutput(notices: [.responded, .lookFailed(error)])
      }
      output.notices += news
    }
    return output + wanted(next, now: now)
  }

  /// A request of a look failed.
  private mutating func lookFailed(_ error: KeySourceError, _ look: Look, now: Int64) -> LoadOutput {
    guard look.paginator.cursorID != nil, let lost = error.asLostPlace else {
      return LoadOutput(notices: [.lookFailed(error)])
    }
    if plan.order == .ascending, look.pages.isEmpty {
      // It asked after a key that is held, and that the server does not have any more.
      freshness.isChanged = true
      freshness.lookedAt = now
      return LoadOutput(notices: [.looked(new: [], isChanged: true)])
    }
    return LoadOutput(notices: [.lookFailed(lost)])
  }

  private mutating func wanted(_ goal: LoadGoal?, now: Int64) -> LoadOutput {
    switch goal {
    case nil: LoadOutput()
    case .everything?: handle(.everything, now: now)
    case .onePage?, .keys?: handle(.page, now: now)
    }
  }

  /// Puts what a look found where it belongs in the list.
  private mutating func insert(_ found: Look.Found, now: Int64) -> LoadOutput {
    let count = found.new.reduce(0) { $0 + $1.keys.count }
    guard table.count + count <= plan.limits.keys else {
      return LoadOutput(notices: [.lookFailed(.tooManyKeys(limit: plan.limits.keys))])
    }
    reading.table.insert(found.new)
    freshness.lookedAt = now
    freshness.new += count
    freshness.isChanged = freshness.isChanged || found.isChanged
    let ids = found.new.flatMap { run in (0..<run.keys.count).map { run.keys.id(at: $0) } }
    return LoadOutput(notices: [.looked(new: ids, isChanged: found.isChanged)])
  }

  /// Adds the unreadable records of a look's page; returns a notice if there are more than were known.
  private mutating func countUnreadable(of page: KeyPage, number: Int) -> [LoadNotice] {
    let known = (0..<page.keys.count).contains { table.row(of: page.keys.id(at: $0)) != nil }
    let isAllNew = !known && !page.keys.isEmpty
    // A page with known keys was read before: its unreadable records may be those already counted.
    let news = isAllNew ? page.unreadable : max(page.unreadable - unreadable, 0)
    guard news > 0 else { return [] }
    reading.counts.unreadable += news
    // The first page from the newest end is the first page of the list.
    let isFirst = number == 1 && plan.order == .descending
    let reason = page.unreadableReason.map { isFirst ? $0 : "page \(number) of the look for new keys, \($0)" }
    reading.counts.unreadableReason = unreadableReason ?? reason
    return [.unreadable(unreadable, reason: unreadableReason)]
  }
}
