package import TerminalCore

/// The title and the rows of an overlay.
package struct OverlayContent: Sendable {
  package let title: DisplayText
  package let rows: [OverlayRow]
  /// Cells of the widest text in each column, of the rows with several columns.
  package let columnWidths: [Int]

  package init(_ overlay: any Overlay, _ input: OverlayInput) {
    let made = overlay.rows(input)
    title = DisplayText(overlay.title(input, made))
    // What is read and not chosen from is broken into lines; plain mode has lines of any length.
    let isText = made.allSatisfy { $0.choice == nil && !$0.isHeading }
    rows = isText && !input.isPlain ? made.flatMap { $0.wrapped(columns: input.width) } : made
    var widths: [Int] = []
    for row in rows where row.cells.count > 1 {
      for (index, cell) in row.cells.enumerated() {
        if index >= widths.count { widths.append(0) }
        widths[index] = max(widths[index], cell.width)
      }
    }
    columnWidths = widths
  }
}
