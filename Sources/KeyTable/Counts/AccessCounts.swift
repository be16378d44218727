import APIKeyModel

extension KeyTable {
  /// How many of some of its rows have each access.
  package func accessCounts(within rows: RowList) -> (full: Int, limited: Int, unknown: Int) {
    guard rows.count != count else { return accessCounts }
    return rows.reduce(into: (full: 0, limited: 0, unknown: 0)) { counts, row in
      switch access(at: row) {
      case .full: counts.full += 1
      case .limited: counts.limited += 1
      case .unknown: counts.unknown += 1
      }
    }
  }
}
