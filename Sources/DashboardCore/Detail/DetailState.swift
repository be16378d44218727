/// The two panes.
package enum Pane: Equatable, Sendable {
  case list
  case detail
}

/// The detail of the selected key, and which pane has the keyboard.
///
/// Invariants: ``line`` is an index of the lines shown, 0 where there are none; ``isOpen`` is set only where there is
/// room for one pane. After ``keepVisible(rows:)`` the line is on the screen.
package struct DetailState: Equatable, Sendable {
  /// The pane that has the keyboard.
  package private(set) var pane = Pane.list
  /// In one-pane layouts: the detail is what is shown.
  package private(set) var isOpen = false
  /// The line that has the cursor.
  package private(set) var line = 0
  /// The first line shown.
  package private(set) var top = 0

  package init() {}

  /// Gives the keyboard to the detail. Opened from the list, a key is read from its first line on; Tab goes back to the
  /// line it left.
  mutating func open(isOnePane: Bool) {
    if pane == .list { rewind() }
    pane = .detail
    isOpen = isOnePane
  }

  /// Gives the keyboard back to the list, which is shown again.
  mutating func close() {
    isOpen = false
    pane = .list
  }

  mutating func switchPane(isOnePane: Bool) {
    pane = pane == .list ? .detail : .list
    if isOnePane { isOpen = pane == .detail }
  }

  /// Gives the keyboard to a pane that is on the screen.
  mutating func focus(_ pane: Pane) { self.pane = pane }

  /// There is room for one pane only: the one that has the keyboard is shown.
  mutating func showFocusedPane() { isOpen = pane == .detail }

  /// Another key: its first line.
  mutating func rewind() {
    line = 0
    top = 0
  }

  /// Moves the cursor to a line, or to the nearest of so many.
  mutating func select(line index: Int, of count: Int) { line = min(max(index, 0), max(count - 1, 0)) }

  /// Scrolls as little as it takes to have the cursor on the screen; 0 rows where the detail is hidden.
  mutating func keepVisible(rows: Int) {
    if line < top { top = line }
    if rows > 0, line >= top + rows { top = line - rows + 1 }
  }
}
