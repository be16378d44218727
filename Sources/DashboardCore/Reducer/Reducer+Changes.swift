import KeyTable

/// The list was read whole again.
extension DashboardState {
  /// Keeps selection and marks on their keys, and filters the new rows.
  mutating func tookWholeRead(previous: KeyTable) -> [Effect] {
    newKeys = []
    for row in 0..<table.count where previous.row(of: table.id(at: row)) == nil { newKeys.insert(table.id(at: row)) }
    say(LoadText.readAgain(table.count, at: now))
    return replaceRows(of: previous)
  }
}
