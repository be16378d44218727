import APIKeyModel
import KeyTable

/// What differs after the list was read again.
extension DashboardState {
  /// The list was read again and is whole: shows what differs from the one before.
  ///
  /// Marks, filter, order and position stay; keys that are gone lose their marks. `wasWhole` is false where `previous`
  /// was a part of the list.
  mutating func tookWholeRead(previous: KeyTable, wasWhole: Bool = true) -> [Effect] {
    loading.compare(with: previous, wasWhole: wasWhole, rowsAbove: list.position - list.top)
    let unmarked = unmarkMissingKeys()
    messages.forgetWarning()
    post(.loading(.changes(ChangeSummary(loading.changes, unmarked: unmarked))))
    // The rows shown are of the list before.
    query.clearRows()
    return evaluate(.wholeTable)
  }

  /// Keys that are not in the list have no marks; gives how many lost theirs.
  @discardableResult
  mutating func unmarkMissingKeys() -> Int {
    let table = allKeys
    return marks.removeAll { table.row(of: $0) == nil }
  }

  /// Gone keys can be looked at, and nothing else: every mark is of a key in the list.
  func refusesGone(_ id: CommandID) -> Bool {
    guard query.filter.asksForGone else { return false }
    switch id {
    case .mark, .markRange, .markAll: return true
    default: return false
    }
  }
}
