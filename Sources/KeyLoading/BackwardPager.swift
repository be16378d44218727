package import APIKeyClient
package import APIKeyModel

/// The second pager of a full load: from the other end of the list, in the opposite order, until it meets the first.
///
/// Pure. The forward pager alone decides what the list is; this one only saves it pages, and is dropped for good when
/// anything is odd: dates that run the wrong way (a server that ignores `order`), an error, or two pagers
/// that overlap but do not agree. Each pager holds one unbroken piece of the list, so the pieces join where a page
/// of one reaches the key the other has come to. They are joined only when the overlap is the same keys in opposite
/// order up to another date, so that keys of one date in an order of their own cannot hide between the pieces.
package struct BackwardPager: Sendable {
  /// What a page of either pager means for both.
  package enum Verdict: Equatable, Sendable {
    /// The pagers have not met: every key of the page belongs to its pager, or the first `keep` of them.
    case apart(keep: Int)
    /// The pagers have met: with the first `keep` keys of this page, together they hold every key.
    case met(keep: Int)
    /// What this pager has loaded is of no use.
    case dropped
  }

  private enum Standing { case walking, waiting, ended }

  private var paginator: Paginator
  private var standing = Standing.walking
  /// The newest page of each pager: the pieces grow at its last key.
  private var forwardPage: KeyBatch
  private var backwardPage = KeyBatch()

  /// Starts when the forward pager is at `forwardPage`, its last page with keys; nil if its dates do not fall in
  /// the order asked for.
  package init?(forwardOrder: ListOrder, forwardPage: KeyBatch) {
    paginator = Paginator(order: forwardOrder == .descending ? .ascending : .descending)
    isForwardDescending = forwardOrder == .descending
    self.forwardPage = forwardPage
    guard !forwardPage.isEmpty, hasOrder(forwardPage, descending: isForwardDescending) else { return nil }
  }

  private let isForwardDescending: Bool

  /// The page to request next; nil while there is nothing to request.
  package mutating func nextRequest(limit: Int) -> PageRequest? {
    standing == .walking ? paginator.nextRequest(limit: limit) : nil
  }

  /// Takes a page of this pager.
  package mutating func receiveBackward(_ page: KeyPage) -> Verdict {
    guard standing == .walking, page.unreadable == 0, hasOrder(page.keys, descending: !isForwardDescending),
      backwardPage.isEmpty || page.keys.isEmpty || follows(page.keys, backwardPage, descending: !isForwardDescending)
    else { return drop() }
    if let index = index(of: forwardPage, in: page.keys) {
      switch compare(page.keys, from: index, with: forwardPage) {
      case .same:
        standing = .ended
        return .met(keep: index)
      case .open:
        // The forward pager reaches this part next, and will see more of it.
        standing = .waiting
        if index > 0 { backwardPage = page.keys.rows(0..<index) }
        return backwardPage.isEmpty ? drop() : .apart(keep: index)
      case .different: return drop()
      }
    }
    // An end without a meeting: the list is not the one the forward pager sees.
    guard case .more = paginator.receive(page, added: page.keys.count) else { return drop() }
    if !page.keys.isEmpty { backwardPage = page.keys }
    return .apart(keep: page.keys.count)
  }

  /// Takes a page of the forward pager.
  package mutating func receiveForward(_ page: KeyPage) -> Verdict {
    guard standing != .ended else { return .dropped }
    guard page.keys.isEmpty || follows(page.keys, forwardPage, descending: isForwardDescending),
      hasOrder(page.keys, descending: isForwardDescending)
    else { return drop() }
    if let index = index(of: backwardPage, in: page.keys) {
      // If no other date has been passed yet, the next forward page is inside the other's piece: there is
      // nothing left to save.
      guard case .same = compare(page.keys, from: index, with: backwardPage), page.unreadable == 0 else {
        return drop()
      }
      standing = .ended
      return .met(keep: index)
    }
    if !page.keys.isEmpty { forwardPage = page.keys }
    return .apart(keep: page.keys.count)
  }

  private mutating func drop() -> Verdict {
    standing = .ended
    return .dropped
  }

  // MARK: The order of keys

  /// The index, on a page of the other pager, of the key that a piece ends with.
  private func index(of piece: KeyBatch, in page: KeyBatch) -> Int? {
    guard !piece.isEmpty else { return nil }
    return page.row(of: piece.id(at: piece.count - 1))
  }

  private enum Overlap { case same, open, different }

  /// Compares the keys of a page from `index` on with the last keys of a piece, backwards.
  ///
  /// `open`: inconclusive. Every key that can be compared matches, but they all share one date.
  private func compare(_ page: KeyBatch, from index: Int, with piece: KeyBatch) -> Overlap {
    var passedDate = false
    for step in 0..<min(page.count - index, piece.count) {
      let (pageRow, pieceRow) = (index + step, piece.count - 1 - step)
      guard page.id(at: pageRow) == piece.id(at: pieceRow) else { return .different }
      if page.created[pageRow] != page.created[index] { passedDate = true }
    }
    return passedDate ? .same : .open
  }

  /// Whether every key has a date and the dates run one way.
  private func hasOrder(_ keys: KeyBatch, descending: Bool) -> Bool {
    var previous = descending ? Int64.max : Int64.min
    let missing = KeyBatch.Flags.noCreated.rawValue
    for (date, flags) in zip(keys.created, keys.flags) {
      if flags.rawValue & missing != 0 || (descending ? date > previous : date < previous) { return false }
      previous = date
    }
    return true
  }

  private func follows(_ page: KeyBatch, _ before: KeyBatch, descending: Bool) -> Bool {
    guard let last = before.created.last, let first = page.created.first else { return true }
    return descending ? first <= last : first >= last
  }
}
