package import APIKeyModel
package import KeyTable

/// One row of a table of counts, as values: the dashboard draws it in columns, plain mode prints it in words.
package enum CountRow: Equatable, Sendable {
  case permission(PermissionTally)
  /// Nil: keys without a reported creator.
  case creator(CreatorTally, KeyIdentifier?)
  case month(MonthTally)
  /// Keys without a date that could be understood.
  case undated(Int)

  /// The keys that the row counts.
  package var drillDown: DrillDown {
    switch self {
    case .permission(let tally): .permission(tally.name)
    case .creator(_, let id): .creator(id)
    case .month(let tally): .month(year: tally.year, month: tally.month)
    case .undated: .undated
    }
  }
}

/// An overlay whose rows are counts of the keys shown.
package protocol CountingOverlay: Overlay {
  /// No rows where no key is shown.
  func counts(_ input: OverlayInput) -> [CountRow]
}

extension PermissionsOverlay: CountingOverlay {
  package func counts(_ input: OverlayInput) -> [CountRow] {
    input.visible.isEmpty ? [] : tallies(input).map(CountRow.permission)
  }

  func tallies(_ input: OverlayInput) -> [PermissionTally] {
    let tallies = input.table.permissionPivot(within: input.visible)
    return rarestFirst ? tallies.sorted { ($0.keys, $0.name) < ($1.keys, $1.name) } : tallies
  }
}

extension CreatorsOverlay: CountingOverlay {
  package func counts(_ input: OverlayInput) -> [CountRow] {
    input.table.creatorGroups(within: input.visible).map { .creator($0, $0.creator.map(input.table.creatorID)) }
  }
}

extension MonthsOverlay: CountingOverlay {
  package func counts(_ input: OverlayInput) -> [CountRow] {
    let (months, undated) = tallies(input)
    return months.map(CountRow.month) + (undated > 0 ? [.undated(undated)] : [])
  }

  /// Months with keys, the earliest first, and the number of keys without a date.
  func tallies(_ input: OverlayInput) -> (months: [MonthTally], undated: Int) {
    let months = input.table.createdHistogram(within: input.visible)
    return (months, input.visible.count - months.reduce(0) { $0 + $1.keys })
  }
}
