package import APIKeyClient
package import APIKeyModel

/// Pages loaded from the other end, which wait to be joined to the list.
package struct BackwardPages: Sendable {
  /// Keys that the forward pager loads before this one starts: short lists load faster from one end.
  package static let keysBefore = 2 * PageRequest.maximumLimit

  package var pager: BackwardPager
  /// In order of arrival, each reversed: the last key of the list is the last of the first page.
  private var pages: [KeyBatch] = []
  package private(set) var requests = 0
  package private(set) var keyCount = 0
  /// The pagers have met: the pages are still to be joined.
  package private(set) var hasMet = false

  package init(pager: BackwardPager) { self.pager = pager }

  /// The last key of the list.
  package private(set) var lastID: KeyIdentifier?

  /// Takes a page of the backward pager; false when this end is no longer of use.
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

  /// Takes a page of the forward pager; returns its keys to add to the list, nil when this end is no longer of use.
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

  /// The next keys to add to the list once the pagers have met, in list order; nil when all were taken.
  package mutating func next() -> KeyBatch? {
    guard hasMet, let page = pages.popLast() else { return nil }
    keyCount -= page.count
    return page
  }
}
