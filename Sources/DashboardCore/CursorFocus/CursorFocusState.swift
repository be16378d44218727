import APIKeyModel

/// Cursor focus: what is on the screen changes only where it is worth hearing.
///
/// Screen readers speak whatever is written. A list that is drawn anew would be read out row by row, so after a change
/// only the row with the cursor is written; the rows around it appear as the cursor reaches them. `redraw` brings the
/// whole page back.
///
/// Invariant: ``shownRows`` is nil or one run of rows with the cursor in it or, while the cursor is on the message, none.
package struct CursorFocusState: Sendable {
  /// What of the list is on the screen.
  struct Page {
    /// False where the list is hidden, or an overlay covers it.
    let isShown: Bool
    /// Cells of the screen.
    let width: Int
    let top: Int
    /// The keys of the page's rows, from the top on.
    let ids: [KeyIdentifier]

    /// Whether the rows stayed or moved by one. Rows that came at the end are no change.
    func isSamePage(as after: Page) -> Bool {
      guard !ids.isEmpty else { return true }
      guard abs(top - after.top) <= 1 else { return false }
      let first = max(top, after.top)
      let end = min(top + ids.count, after.top + after.ids.count)
      return first < end && (first..<end).allSatisfy { ids[$0 - top] == after.ids[$0 - after.top] }
    }
  }

  /// The indexes of the list's rows that are on the screen; nil is the whole page.
  package private(set) var shownRows: Range<Int>?
  /// The hardware cursor is on the message: the result of a query, before the cursor went to a row.
  package private(set) var isOnMessage = false
  /// A query was made, and its result is not yet whole.
  package private(set) var awaitsResult = false

  package init() {}

  /// The whole page is shown, and the cursor is on its row.
  mutating func showWholePage() {
    shownRows = nil
    isOnMessage = false
  }

  /// A new filter or order: one sentence is its result, with the cursor on it.
  mutating func queryBegan() {
    awaitsResult = true
    isOnMessage = true
  }

  /// The result of the query was shown, or none will come.
  mutating func resultEnded() { awaitsResult = false }

  /// The cursor leaves the message for a row; it stays where there is none.
  mutating func leaveMessage(hasRows: Bool = true) { isOnMessage = !hasRows }

  /// After a change of the page: chooses the rows to be shown, with the cursor at `position`. True where the cursor's row
  /// goes to the top of the page: what is blank above a row is heard as pauses before it.
  mutating func keepStill(from before: Page, to after: Page, position: Int) -> Bool {
    guard after.isShown else { return false }
    if isOnMessage {
      shownRows = position..<position
      return true
    }
    if before.width != after.width {
      shownRows = nil
    } else if !before.isShown || !before.isSamePage(as: after) {
      shownRows = position..<position + 1
      return true
    } else if let shown = shownRows, !shown.contains(position) {
      let isNext = position == shown.upperBound || position == shown.lowerBound - 1
      shownRows =
        isNext
        ? min(position, shown.lowerBound)..<max(position + 1, shown.upperBound) : position..<position + 1
    }
    return false
  }
}
