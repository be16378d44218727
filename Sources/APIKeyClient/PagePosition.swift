/// The position of a request in the list.
package enum PagePosition: Hashable, Sendable {
  case first
  /// A page after a cursor. `number` counts pages from 1, `keysBefore` the keys of the pages before it; both are nil
  /// where the cursor did not come from the page before.
  case later(number: Int?, keysBefore: Int?)

  /// Words that follow the status in a sentence: `, on page 3, after 2,000 keys`; empty for the first page.
  package var words: String {
    switch self {
    case .first: ""
    case .later(let number?, let keys?): ", on page \(number), after \(grouped(keys)) \(keys == 1 ? "key" : "keys")"
    case .later: ", on a later page"
    }
  }
}
