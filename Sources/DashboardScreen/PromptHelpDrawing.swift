import DashboardCore
import TerminalCore

/// Draws the help of a prompt over the rows behind it.
struct PromptHelpDrawing {
  let state: DashboardState
  let help: PromptHelp

  func draw(on frame: inout Frame) {
    let widths = columnWidths()
    // In cursor focus the prompt is at the top, and what belongs to it follows below.
    let prompt = state.layout.messageRow
    let first = state.settings.cursorFocus ? prompt + 1 : prompt - help.lines.count
    for (index, line) in help.lines.enumerated() {
      let row = first + index
      frame.fill(row: row, columns: 0..<state.environment.width)
      guard line.cells.count > 1 else {
        draw(line, row: row, on: &frame)
        continue
      }
      var column = 0
      for (place, cell) in line.cells.enumerated() {
        let isLast = place == line.cells.count - 1
        let width = isLast ? state.environment.width - column : widths[place]
        guard width > 0 else { break }
        let style = place == 0 ? Style(bold: true, reverse: line.isChosen) : .plain
        frame.put(cell.truncated(to: width), row: row, column: column, style: style, maxColumns: width)
        column += width + 2
      }
    }
  }

  private func draw(_ line: PromptHelp.Line, row: Int, on frame: inout Frame) {
    let style = line.isProblem ? state.settings.theme.style(.error) : Style(reverse: line.isChosen)
    frame.put(line.cells[0].truncated(to: state.environment.width), row: row, column: 0, style: style)
  }

  /// The widest cell of each column; on a narrow screen the keys give way to what the command does.
  private func columnWidths() -> [Int] {
    var widths = [0, 0]
    for line in help.lines where line.cells.count > 1 {
      for place in 0..<2 { widths[place] = max(widths[place], line.cells[place].width) }
    }
    return [min(widths[0], state.environment.width / 3), min(widths[1], state.environment.width / 6)]
  }
}
