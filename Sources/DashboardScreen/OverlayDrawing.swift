import DashboardCore
import TerminalCore

/// Draws help, menus and tables: a title row, then rows of aligned columns.
struct OverlayDrawing {
  let state: DashboardState
  let open: OpenOverlay

  func draw(on frame: inout Frame) {
    guard let content = open.content else { return }
    let area = state.layout.body
    let end = min(open.top + area.rows - 1, content.rows.count)
    let below = content.rows.count - end
    let more: DisplayText = below > 0 && !state.settings.cursorFocus ? DisplayText(ScreenText.more(below)) : ""
    let room = area.columns - (more.width > 0 ? more.width + 2 : 0)
    frame.put(content.title.truncated(to: room), row: area.row, column: 0, style: state.settings.theme.style(.heading))
    frame.put(more, row: area.row, column: area.columns - more.width)
    let widths = fitted(content.columnWidths, into: area.columns)
    for index in open.top..<max(end, open.top) {
      let line = area.row + 1 + index - open.top
      let row = content.rows[index]
      let isSelected = index == open.selection
      let indent = row.isHeading ? 0 : 2
      if row.cells.count == 1 {
        let text = row.cells[0].truncated(to: area.columns - indent)
        let style = Style(bold: row.isHeading, reverse: isSelected && !state.settings.cursorFocus)
        frame.put(text, row: line, column: indent, style: style, maxColumns: area.columns - indent)
      } else {
        draw(row, at: line, widths: widths, isSelected: isSelected, on: &frame)
      }
      if isSelected, state.input.prompt == nil {
        frame.caret = (row: line, column: caretColumn(row, indent: indent, widths))
      }
    }
  }

  private func caretColumn(_ row: OverlayRow, indent: Int, _ widths: [Int]) -> Int {
    let column =
      row.cells.count > 1 ? widths.prefix(open.overlay.caretCell(of: row)).reduce(indent) { $0 + $1 + 2 } : indent
    return min(column, state.environment.width - 1)
  }

  private func draw(_ row: OverlayRow, at line: Int, widths: [Int], isSelected: Bool, on frame: inout Frame) {
    var column = 2
    for (index, cell) in row.cells.enumerated() where index < widths.count {
      let room = state.environment.width - column
      let width = index == row.cells.count - 1 ? room : min(widths[index], room)
      guard width > 0, column < state.environment.width else { break }
      let isFirst = row.cells[..<index].allSatisfy { $0.width == 0 }
      let isReverse = isSelected && isFirst && cell.width > 0 && !state.settings.cursorFocus
      frame.put(
        cell.truncated(to: width), row: line, column: column,
        style: isReverse ? Style(reverse: true) : style(of: index),
        maxColumns: width)
      column += widths[index] + 2
    }
  }

  private func style(of column: Int) -> Style {
    open.overlay.role(ofColumn: column).map(state.settings.theme.style) ?? .plain
  }

  /// Widths of columns that fit. The first gives way to the others, down to half of the screen; an id further.
  private func fitted(_ widths: [Int], into total: Int) -> [Int] {
    guard let first = widths.first else { return [] }
    let most = max(total / 2, 10)
    // Two cells of indent, two between columns.
    let left = total - widths.dropFirst().reduce(2) { $0 + 2 + $1 }
    let least = open.overlay.leastFirstColumn ?? most
    return [min(first, max(left, least))] + widths.dropFirst().map { min($0, most) }
  }
}
