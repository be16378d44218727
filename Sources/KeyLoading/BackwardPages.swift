package import APIKeyClient
package import APIKeyModel

/// What a walk from the other end has brought: pages that wait to be joined to the list.
package struct BackwardPages: Sendable {
  /// Keys that the first walk brings before this one starts: short lists are quicker read from one end.
  package static let keysBefore = 2 * PageRequest.maximumLimit

  package var pager: BackwardPager
  /// In the order they came, each turned round: the last key of the list is the last of the first page.
  private var pages: [KeyBatch] = []
  package private(set) var requests = 0
  package private(set) var keyCount = 0
  /// The walks have met: what is left is to join the pages.
  package private(set) var hasMet = false

  package init(pager: BackwardPager) { self.pager = pager }

  /// The last key of the list.
  package private(set) var lastID: KeyIdentifier?

  /// Takes a page of the far walk; false where this end is of no use any more.
  package mutating func receive(_ page: KeyPage) -> Bool {
    requests += 1
    switch pager.receiveBackward(page) {
    case .dropped: return false
    case .apart(let keep): hold(page.keys, keep)
    case .met(let keep):
      hold(page.keys, keep)
      hasMet = true
    }
    return true
  }

  /// Takes a page of the first walk: the keys of it that are to be added to the list, nil where this end is of no use.
  package mutating func receiveForward(_ page: KeyPage) -> KeyBatch? {
    switch pager.receiveForward(page) {
    case .dropped: return nil
    case .apart: return page.keys
    case .met(let keep):
      hasMet = true
      return page.keys.rows(0..<keep)
    }
  }

  private mutating func hold(_ keys: KeyBatch, _ count: Int) {
    guard count > 0 else { return }
    if lastID == nil { lastID = keys.id(at: 0) }
    pages.append(keys.reversed(first: count))
    keyCount += count
  }

  /// The next keys to add to the list once the walks have met, in its order; nil when all were taken.
  package mutating func next() -> KeyBatch? {
    guard hasMet, let page = pages.popLast() else { return nil }
    keyCount -= page.count
    return page
  }
}
