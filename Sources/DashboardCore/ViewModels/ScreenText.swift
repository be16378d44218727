/// Words of the screen itself, which plain mode has no use for.
package enum ScreenText {
  /// Sizes in cells.
  package static func tooSmall(_ columns: Int, by rows: Int) -> String {
    let needed = "needs \(Layout.minimumColumns) by \(Layout.minimumRows)"
    return "Too small: \(columns) by \(rows), \(needed). \(Keymap.label(.quit)) quits."
  }
  /// Lines of the detail below the last one shown.
  package static func moreLines(_ count: Int) -> String { "\(count) more lines" }
  /// Rows of a menu or table below the last one shown.
  package static func more(_ count: Int) -> String { "\(count) more" }
  /// `2 of 4` permissions of a resource.
  package static func granted(_ count: Int, of total: Int) -> String { "\(count) of \(total)" }
}
