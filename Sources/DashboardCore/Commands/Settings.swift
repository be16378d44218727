package import APIKeyModel
package import KeyTable
package import TerminalCore

/// What the user chose about the display; kept between sessions where the program can.
package struct DisplaySettings: Equatable, Sendable {
  /// Columns to show, in order; Name is always the first.
  package var columns: [KeyField] = KeyField.columns
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
