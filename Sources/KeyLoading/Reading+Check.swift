import APIKeyClient
import APIKeyModel
import KeyTable

/// The state of the check from the other end: one request in the other order, whose keys must be held.
struct EndCheck: Sendable {
  /// The source itself does not state whether what it gave is all.
  var endIsUnknown = false
  /// The other end was read and holds only keys that are held.
  var isPassed = false
  /// Keys held when the list was taken up after its last key, because the other end was another one; nil where it was
  /// not taken up since the last check.
  var takenUpAt: Int?
  /// The list was taken up in vain: another key at the other end is final.
  var isFinal = false
  /// A check before this one was not passed: what it missed may have been deleted since, and only now is the list
  /// whole.
  var wasNotPassed = false
  /// When the check was passed after one that was not, in seconds since the epoch.
  var passedLate: Int64?
}

extension Reading {
  /// The pagination is at its end: the list is whole, or the other end is requested first.
  mutating func finish(_ ids: inout LoadIDs) -> Turn {
    let time = check.passedLate ?? counts.lastPage ?? 0
    if let id = counts.firstConflict {
      return rest(.contradicted(.conflictingRecords(count: counts.conflicts, id: id.text), at: time))
    }
    if counts.outOfOrder > 0 { return rest(.contradicted(.unstableOrder(count: counts.outOfOrder), at: time)) }
    if check.endIsUnknown { return rest(.unknown(at: time)) }
    if check.isPassed { return rest(.whole(at: time)) }
    guard plan.hasBothOrders else { return finishUnchecked() }
    if let count = check.takenUpAt {
      check.isFinal = table.count == count
      check.takenUpAt = nil
    }
    let id = ids.next()
    let order: ListOrder = plan.order == .descending ? .ascending : .descending
    return Turn(next: .going(.checking(id)), effects: [.request(id, PageRequest(limit: 1, order: order))])
  }

  /// The end of a list whose other end cannot be asked for: believed, unless an empty page speaks against it.
  private mutating func finishUnchecked() -> Turn {
    let time = counts.lastPage ?? 0
    return paginator.sawEmptyPage ? rest(.contradicted(.endsWithEmptyPage, at: time)) : rest(.whole(at: time))
  }

  private mutating func rest(_ rest: Rest) -> Turn {
    var turn = Turn(next: .resting(rest))
    if !position.gone.isEmpty {
      let previous = table
      table = table.without(position.gone)
      position.forgetGone()
      turn.notices.append(.replaced(previous: previous))
    }
    return turn
  }

  mutating func takeCheck(
    _ result: Result<KeyPage, KeySourceError>, _ ids: inout LoadIDs, now: Int64
  ) -> Turn {
    counts.lastResponse = now
    switch result {
    case .failure(.cancelled): return Turn(next: .resting(.interrupted))
    case .failure(let error):
      if error.meansUnknownOrder { return finishUnchecked() }
      check.wasNotPassed = true
      return Turn(next: .failed(.check(error, at: counts.lastPage ?? now), isLoss: true))
    case .success(let page):
      counts.answered += 1
      if isWitness(page) {
        check.isPassed = true
        if check.wasNotPassed { check.passedLate = now }
        return finish(&ids).after([], [.responded])
      }
      check.wasNotPassed = true
      return takeUp(page, &ids).after([], [.responded])
    }
  }

  /// Whether a page of the other end agrees with the end that was reached.
  private func isWitness(_ page: KeyPage) -> Bool {
    if page.keys.isEmpty {
      // A record that cannot be read was counted, and is no key that could be compared.
      return page.unreadable > 0 ? counts.unreadable > 0 : table.isEmpty && !page.hasMore
    }
    // After an empty page only the end itself will do: a server that ignores the order sends some key that is held.
    if paginator.sawEmptyPage, page.keys.id(at: 0) != lastHeld { return false }
    return (0..<page.keys.count).allSatisfy { holds(page.keys.id(at: $0)) }
  }

  private func holds(_ id: KeyIdentifier) -> Bool { table.row(of: id) != nil && !position.gone.contains(id) }

  /// The last key of the list that is held and not gone.
  private var lastHeld: KeyIdentifier? {
    table.serverOrder.reversed().lazy.map { table.id(at: $0) }.first { !position.gone.contains($0) }
  }

  /// The other end is another key: it may have been added meanwhile, so the list is taken up after its last key.
  private mutating func takeUp(_ page: KeyPage, _ ids: inout LoadIDs) -> Turn {
    let time = counts.lastPage ?? 0
    if page.keys.isEmpty, page.unreadable == 0 { return rest(.contradicted(.otherEndIsEmpty, at: time)) }
    let difference: KeySourceError = page.keys.isEmpty ? .otherEndIsUnreadable : .otherEndDiffers
    if check.isFinal {
      check.isFinal = false
      return rest(.contradicted(paginator.sawEmptyPage ? .endsWithEmptyPage : difference, at: time))
    }
    check.takenUpAt = table.count
    if let lastHeld {
      guard paginator.continueAfterEnd(after: lastHeld) else {
        return rest(.contradicted(difference, at: time))
      }
    } else {
      paginator = plan.paginator()
    }
    return advance(&ids)
  }

  /// Takes the list up after its last key once more, then checks: what contradicted its end may have passed.
  mutating func repeatCheck(_ ids: inout LoadIDs) -> Turn {
    check = EndCheck(wasNotPassed: true)
    if let lastHeld {
      _ = paginator.continueAfterEnd(after: lastHeld)
    } else if paginator.isFinished {
      paginator = plan.paginator()
    }
    return advance(&ids)
  }
}

extension KeySourceError {
  /// Whether this error, in response to the reversed order, means that the server does not support both orders.
  var meansUnknownOrder: Bool {
    let refusals = [400, 404, 405, 422, 501]
    switch self {
    case .status(let problem): return !problem.isAboutToken && refusals.contains(problem.status)
    case .receivedHTML(let status, _): return refusals.contains(status)
    default: return false
    }
  }
}
