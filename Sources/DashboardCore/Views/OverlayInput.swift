import APIKeyModel
import KeyTable

/// What overlays are made from. Made for the moment: kept, it would keep the table, and the next page would copy it.
package struct OverlayInput: Sendable {
  /// The table whose rows are shown, and those of its rows that match the filter.
  let table: KeyTable
  let visible: RowList
  /// The keys of the list, and those that are no longer in it.
  let allKeys: KeyTable
  let goneKeys: KeyTable
  /// The list is complete.
  let isWhole: Bool
  let counted: CountedKeys
  /// Why no row is shown, where none is.
  let emptyList: String
  let settings: DisplaySettings
  /// Cells of the screen in a row; plain mode has lines of any length.
  let width: Int
  let isPlain: Bool
  /// Seconds since the epoch.
  let now: Int64
  /// The messages so far, oldest first.
  let log: [Message]
  let searchText: String

  /// A key by its id, also one that is no longer in the list.
  func apiKey(of id: KeyIdentifier) -> APIKey? {
    if let row = allKeys.row(of: id) { return allKeys[row] }
    return goneKeys.row(of: id).map { goneKeys[$0] }
  }

  /// Keys in the list of one creator.
  func keyCount(ofCreator id: KeyIdentifier) -> Int {
    allKeys.creator(identifiedBy: id).map(allKeys.keyCount(of:)) ?? 0
  }
}

/// What an overlay's content was made of, in values that are quick to compare. What the overlay does not depend on is nil.
struct OverlayStamp: Equatable {
  struct Keys: Equatable {
    /// ``QueryState/revision``
    let revision: Int
    let count: Int
    let isWhole: Bool
    let counted: CountedKeys
    let emptyList: String?
  }

  var keys: Keys?
  var settings: DisplaySettings?
  var width: Int?
  var messages: Int?
  var now: Int64?
  var searchText: String?
}
