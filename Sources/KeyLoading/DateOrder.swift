import APIKeyClient
import APIKeyModel
import KeyTable

/// Whether the keys of a load are ordered by date, page for page; a page that breaks the order is put where its dates
/// belong, as long as the list is one by date.
struct DateOrder: Sendable {
  /// What a page is to the keys that are held.
  enum Fit {
    case goesOn
    /// Some of its keys belong before the last one held. `byDate` if the page and all before it are in date order.
    case belongsBefore(byDate: Bool)
  }

  private var isByDate = true
  private var pagesPut = 0
  /// A server that restarts its list does it a few times; one with an order of its own would do it on every page.
  private static let mostPagesPut = 64

  /// Takes a page. `last` is the date of the last key held, in microseconds since the epoch; nil where it has none.
  mutating func judge(_ keys: KeyBatch, after last: Int64?, _ order: ListOrder) -> Fit {
    let isDescending = order == .descending
    var isBehind = true
    var isInOrder = true
    var previous: Int64?
    for (date, flags) in zip(keys.created, keys.flags)
    where flags.rawValue & KeyBatch.Flags.noCreated.rawValue == 0 {
      if let last, isDescending ? date > last : date < last { isBehind = false }
      if let previous, isDescending ? date > previous : date < previous { isInOrder = false }
      previous = date
    }
    if isBehind {
      isByDate = isByDate && isInOrder
      return .goesOn
    }
    pagesPut += 1
    isByDate = isByDate && isInOrder && pagesPut <= DateOrder.mostPagesPut
    return .belongsBefore(byDate: isByDate)
  }
}
