import APIKeyClient
import APIKeyModel
import KeyTable

/// A full load from both ends at once: the far end's pages wait until the walks meet, then join the table.
extension DashboardState {
  /// Pages joined at a time: what a key that is pressed meanwhile waits for.
  private static let pagesAtATime = 4

  /// Starts the walk from the other end where a full load turns out to be long.
  mutating func startFarEnd(after page: KeyPage) {
    guard load.goal == .everything, load.farEnd == nil, !load.farEndWasDropped, configuration.hasBothOrders,
      table.count >= FarEnd.keysBefore
    else { return }
    load.farEnd = FarEndWalk(nearOrder: order, nearPage: page.keys).map { FarEnd(walk: $0) }
    load.farEndWasDropped = load.farEnd == nil
  }

  /// Asks for the next page from the other end, beside the one from this end.
  mutating func requestFarPage() -> [Effect] {
    guard load.goal == .everything, load.farCurrent == nil, load.farEnd?.hasMet == false,
      let request = load.farEnd?.walk.nextRequest(limit: configuration.pageSize ?? PageRequest.maximumLimit)
    else { return [] }
    let id = newLoadID()
    load.farCurrent = id
    return [.load(id, request)]
  }

  mutating func receiveFar(_ result: Result<KeyPage, KeySourceError>) -> [Effect] {
    load.farCurrent = nil
    // The first walk goes on by itself whatever happens here.
    guard case .success(let page) = result, load.farEnd?.receive(page) == true else { return dropFarEnd() }
    load.lastAnswer = now
    load.answered += 1
    let dropped = dropFarEndIfTooLarge()
    guard load.farEnd?.hasMet == true else { return dropped + requestFarPage() }
    var effects: [Effect] = []
    if let current = load.current {
      effects.append(.cancelLoad(current))
      load.current = nil
    }
    return effects + startJoining()
  }

  mutating func cancelFarPage() -> [Effect] {
    guard let current = load.farCurrent else { return [] }
    load.farCurrent = nil
    return [.cancelLoad(current)]
  }

  /// Forgets what came from the other end.
  mutating func dropFarEnd() -> [Effect] {
    if load.farEnd != nil { load.farEndWasDropped = true }
    load.farEnd = nil
    return cancelFarPage()
  }

  /// Where both ends together would have too many keys, the walk from this end goes on alone, up to the limit.
  ///
  /// `arriving` keys from this end are asked about before they are joined: of a page that meets the other end only a
  /// part is taken, so that after it there is no way back.
  mutating func dropFarEndIfTooLarge(with arriving: Int = 0) -> [Effect] {
    load.farEnd != nil && table.count + load.heldCount + arriving > configuration.limits.keys ? dropFarEnd() : []
  }

  mutating func startJoining() -> [Effect] {
    let id = newLoadID()
    load.current = id
    load.completeness = .loading
    return [.continueLoad(id)]
  }

  /// Takes some of the far end's pages into the table; the list is whole when none is left.
  mutating func joinFarEnd(_ id: LoadID) -> [Effect] {
    guard load.current == id else { return [] }
    for _ in 0..<DashboardState.pagesAtATime {
      guard let keys = load.farEnd?.next() else {
        load.walk.endMeeting(last: load.farEnd?.lastID)
        load.farEnd = nil
        return finishLoad()
      }
      load.duplicates += table.append(keys).duplicates
    }
    return tableGrew() + [.continueLoad(id)]
  }
}
