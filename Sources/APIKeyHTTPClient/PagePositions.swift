import APIKeyClient
import APIKeyModel

/// The positions of the pages that are requested next: an error on one of them names its page.
struct PagePositions {
  private struct Entry {
    let cursor: KeyIdentifier
    let order: ListOrder
    let number: Int
    let keysBefore: Int
  }

  private var entries: [Entry] = []
  /// A load has two pagers, and a look for new keys is a third.
  private static let limit = 8

  func position(of request: PageRequest) -> PagePosition {
    guard case .after(let cursor)? = request.cursor else { return .first }
    let entry = entries.last { $0.cursor == cursor && $0.order == request.order }
    return .later(number: entry?.number, keysBefore: entry?.keysBefore)
  }

  /// Takes note of what follows a page.
  mutating func note(_ page: KeyPage, of request: PageRequest) {
    guard page.hasMore else { return }
    let (number, keysBefore): (Int, Int)
    switch position(of: request) {
    case .first: (number, keysBefore) = (1, 0)
    case .later(let known?, let keys?): (number, keysBefore) = (known, keys)
    case .later: return
    }
    let last = page.keys.isEmpty ? nil : page.keys.id(at: page.keys.count - 1)
    for cursor in Set([page.lastID, last].compactMap(\.self)) {
      entries.append(
        Entry(cursor: cursor, order: request.order, number: number + 1, keysBefore: keysBefore + page.keys.count))
    }
    entries.removeFirst(max(0, entries.count - PagePositions.limit))
  }
}
