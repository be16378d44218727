import KeyTable
import TerminalCore

/// A column of the list, in the order shown. Narrow screens drop the last ones first.
package enum ListColumn: String, CaseIterable, Sendable {
  case name
  case access
  case permissions
  case created
  case creator
  case lastFour = "last-four"

  package var title: String { ListText.title(self) }

  /// What the table sorts by for this column.
  package var sortColumn: SortColumn {
    switch self {
    case .name: .name
    case .access: .access
    case .permissions: .permissions
    case .created: .created
    case .creator: .creator
    case .lastFour: .lastFour
    }
  }

  /// A column by the name or the title a user types.
  package init?(typed text: String) {
    let wanted = text.lowercased()
    guard
      let column = ListColumn.allCases.first(where: {
        $0.rawValue == wanted || $0.title.lowercased() == wanted || (wanted == "last4" && $0 == .lastFour)
      })
    else { return nil }
    self = column
  }
}

/// What the user chose about the display; kept between sessions where the program can.
package struct DisplaySettings: Equatable, Sendable {
  /// Columns to show, in order; Name is always the first.
  package var columns: [ListColumn] = ListColumn.allCases
  package var absoluteTime = false
  /// Rows or columns added to the detail pane's usual size.
  package var detailAdjustment = 0
  package var detailShown = true
  /// Nothing but the cursor moves on a move: one pane, no bar, no borders, no counters.
  package var cursorFocus = false
  package var mouse = false
  package var theme = Theme.default
  package var sort = SortOrder()

  package init() {}
}
