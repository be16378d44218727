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
    views.drillDowns = []
    messages.warning = nil
    say(ChangeText.summary(loading.changes, unmarked: unmarked), about: .changes)
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
  func refusalForGone(_ id: CommandID) -> String? {
    guard query.filter.asksForGone else { return nil }
    switch id {
    case .mark, .markRange, .markAll: return ChangeText.goneCannotBeMarked()
    default: return nil
    }
  }
}
