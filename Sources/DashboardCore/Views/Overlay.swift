import KeyTable
package import TerminalCore

/// What an overlay's rows depend on besides the overlay itself: its content is made again when one of these changes.
package struct OverlayDependencies: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The keys: the table, the rows that match the filter, what is known of the list.
  static let keys = OverlayDependencies(rawValue: 1)
  static let settings = OverlayDependencies(rawValue: 2)
  /// The width of the screen.
  static let width = OverlayDependencies(rawValue: 4)
  static let messages = OverlayDependencies(rawValue: 8)
  /// The clock.
  static let time = OverlayDependencies(rawValue: 16)
  /// ``OpenOverlay/searchText``
  static let searchText = OverlayDependencies(rawValue: 32)
}

/// What can be shown over the list and the detail: a title and rows, some of which can be chosen.
///
/// An overlay is a value with nothing but what it was opened for. ``OpenOverlay`` has the cursor in it, and keeps its
/// rows.
package protocol Overlay: Equatable, Sendable {
  /// What Enter does with a row is its ``OverlayRow/choice``.
  func rows(_ input: OverlayInput) -> [OverlayRow]
  /// One line above the rows; not yet safe to print.
  func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String
  var dependencies: OverlayDependencies { get }
  /// A count of a part of the list would be wrong: the rest is loaded while it is open.
  var needsEveryKey: Bool { get }
  /// The rows are read, and none of them is chosen.
  var isReadOnly: Bool { get }
  /// The overlay after one of its own commands; nil for a command that it does not have.
  func applying(_ command: CommandID) -> Self?
  /// How a column is drawn; nil is plain text.
  func role(ofColumn column: Int) -> TextRole?
  /// Cells that the first column keeps when the others need room; nil is half of the screen.
  var leastFirstColumn: Int? { get }
  /// The cell of a row that has the terminal's cursor.
  func caretCell(of row: OverlayRow) -> Int
}

extension Overlay {
  package var needsEveryKey: Bool { false }
  package var isReadOnly: Bool { false }
  package func applying(_ command: CommandID) -> Self? { nil }
  package func role(ofColumn column: Int) -> TextRole? { nil }
  package var leastFirstColumn: Int? { nil }
  /// The first one with text: a line that continues the one above has none in its first cells.
  package func caretCell(of row: OverlayRow) -> Int { row.cells.firstIndex { $0.width > 0 } ?? 0 }

  /// Whether both are of one kind and opened for the same.
  package func isSame(as other: any Overlay) -> Bool { (other as? Self) == self }
}
