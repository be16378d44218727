package import APIKeyModel
import KeyTable

/// The cursor in the list.
///
/// Invariants: ``position`` is an index of the rows shown, 0 where there are none. ``selection`` is the key at
/// ``position``, except for a key that was opened by name while the filter hides it, and between a new query and its
/// rows, where it is the key to be found again. After ``keepVisible(pageRows:count:mayLeaveBlankRows:)`` the row at
/// ``position`` is on the screen.
package struct ListState: Equatable, Sendable {
  package private(set) var selection: KeyIdentifier?
  /// The index of ``selection`` among the rows shown.
  package private(set) var position = 0
  /// The index of the first row on the screen.
  package private(set) var top = 0
  /// Columns scrolled away to the left; Name is not counted and never is.
  package private(set) var horizontalScroll = 0
  /// What `n` and `N` go to.
  package private(set) var findText = ""

  package init() {}

  /// Moves the cursor to an index, or to the nearest one there is, and selects its key.
  mutating func select(index: Int, in rows: RowList, of table: KeyTable) {
    position = min(max(index, 0), max(rows.count - 1, 0))
    selection = position < rows.count ? table.id(at: rows[position]) : nil
  }

  /// The rows shown changed: the cursor stays on its key, or at its index where the key is not shown.
  mutating func follow(in rows: RowList, of table: KeyTable) {
    let index = selection.flatMap { table.row(of: $0) }.flatMap { rows.place(of: $0) }
    position = index ?? min(position, max(rows.count - 1, 0))
  }

  /// Selects a key that is not among the rows shown, or is looked for in the next ones; nil leaves the choice to them.
  mutating func select(hidden id: KeyIdentifier?) { selection = id }

  /// The first row of the next query, unless the key selected is among its rows.
  mutating func expectFirstRow() { position = 0 }

  /// There are no rows. The key stays selected, to be found again.
  mutating func returnToTop() {
    position = 0
    top = 0
  }

  /// Scrolls by a page; the cursor keeps its line of the screen, as in pagers. False, and nothing changes, where the
  /// page is the first or the last one.
  mutating func turnPage(_ direction: Int, pageRows: Int, in rows: RowList, of table: KeyTable) -> Bool {
    let lastTop = max(rows.count - pageRows, 0)
    let newTop = min(max(top + direction * pageRows, 0), lastTop)
    guard newTop != top else { return false }
    let target = position + newTop - top
    top = newTop
    select(index: target, in: rows, of: table)
    return true
  }

  /// Scrolls so that so many rows are shown above the cursor.
  mutating func scroll(rowsAbove: Int) { top = position - rowsAbove }

  /// Scrolls as little as it takes to have the cursor on a page of so many rows, at least one. `mayLeaveBlankRows`: the
  /// last row may be on top of a page that is blank below it.
  mutating func keepVisible(pageRows: Int, count: Int, mayLeaveBlankRows: Bool) {
    if position < top { top = position }
    if position >= top + pageRows { top = position - pageRows + 1 }
    let lastTop = mayLeaveBlankRows ? count - 1 : count - pageRows
    top = max(0, min(top, max(lastTop, 0)))
  }

  /// Scrolls by columns; Name and the last of `columnCount` columns are always shown.
  mutating func scrollSideways(_ direction: Int, columnCount: Int) {
    horizontalScroll = min(max(horizontalScroll + direction, 0), max(columnCount - 2, 0))
  }

  /// The columns are others.
  mutating func resetHorizontalScroll() { horizontalScroll = 0 }

  mutating func setFindText(_ text: String) { findText = text }
}
