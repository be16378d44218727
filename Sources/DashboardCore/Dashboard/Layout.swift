/// How the screen is divided at a size: pure arithmetic, so that paging and drawing agree.
///
/// Row 0 is the top line, the last row the status line, the one above it the message line; in cursor focus the message
/// line is row 1, because readers speak what changed from the top down, and blank rows as pauses. At 120 columns the detail
/// is on the right, from 80 below the list; under 80 columns or 16 rows there is one pane.
package struct Layout: Equatable, Sendable {
  package enum Arrangement: Equatable, Sendable {
    case tooSmall
    case onePane
    case stacked
    case sideBySide
  }

  /// A block of cells.
  package struct Area: Equatable, Sendable {
    package let row: Int
    package let column: Int
    package let rows: Int
    package let columns: Int
    /// The area's rows and columns of the screen.
    package var lines: Range<Int> { row..<row + rows }
    package var cells: Range<Int> { column..<column + columns }
    package static let none = Area(row: 0, column: 0, rows: 0, columns: 0)

    func contains(row: Int, column: Int) -> Bool {
      (self.row..<self.row + rows).contains(row) && (self.column..<self.column + columns).contains(column)
    }
  }

  package static let minimumColumns = 40
  package static let minimumRows = 8

  package let arrangement: Arrangement
  /// The list with its header row; no rows when hidden.
  package let list: Area
  /// The detail; no rows when hidden.
  package let detail: Area
  /// Where overlays are drawn: all between the top and the message line.
  package let body: Area
  package let messageRow: Int
  package let statusRow: Int

  package init(columns: Int, rows: Int, settings: DisplaySettings, pane: Pane, detailIsOpen: Bool) {
    messageRow = settings.cursorFocus ? 1 : rows - 2
    statusRow = rows - 1
    guard columns >= Layout.minimumColumns, rows >= Layout.minimumRows else {
      arrangement = .tooSmall
      list = .none
      detail = .none
      body = .none
      return
    }
    let bodyRows = rows - 3
    let whole = Area(row: settings.cursorFocus ? 2 : 1, column: 0, rows: bodyRows, columns: columns)
    body = whole
    if columns < 80 || rows < 16 || settings.cursorFocus || !settings.detailShown {
      arrangement = .onePane
      list = detailIsOpen ? .none : whole
      detail = detailIsOpen ? whole : .none
    } else if columns < 120 {
      arrangement = .stacked
      let usual = bodyRows * 2 / 5 + settings.detailAdjustment
      let detailRows = min(max(usual, 4), bodyRows - 5)
      list = Area(row: 1, column: 0, rows: bodyRows - detailRows - 1, columns: columns)
      detail = Area(row: rows - 2 - detailRows, column: 0, rows: detailRows, columns: columns)
    } else {
      arrangement = .sideBySide
      // A list with all that it can use leaves the rest of a wide screen to the detail: no gap to be looked across.
      let spare = columns - ListColumns.widest(settings) - 1
      let usual = max(columns * 2 / 5 - 1, spare) + settings.detailAdjustment * 4
      let detailColumns = min(max(usual, 30), columns - 50)
      list = Area(row: 1, column: 0, rows: bodyRows, columns: columns - detailColumns - 1)
      detail = Area(row: 1, column: columns - detailColumns, rows: bodyRows, columns: detailColumns)
    }
  }

  /// Key rows the list shows: its area less the header.
  package var listRows: Int { max(list.rows - 1, 0) }
  /// Cells a row of the list has: its area less a cell of air before the divider.
  package var listWidth: Int { list.columns - (arrangement == .sideBySide ? 1 : 0) }
  package var showsBoth: Bool { arrangement == .stacked || arrangement == .sideBySide }

  /// The detail with the line that parts it from the list, where both are shown.
  package var detailWithDivider: (lines: Range<Int>, cells: Range<Int>) {
    switch arrangement {
    case .stacked: (detail.row - 1..<detail.lines.upperBound, detail.cells)
    case .sideBySide: (detail.lines, detail.column - 1..<detail.cells.upperBound)
    case .onePane, .tooSmall: (detail.lines, detail.cells)
    }
  }
}
