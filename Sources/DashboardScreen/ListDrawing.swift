import DashboardCore
import TerminalCore

/// Draws the key list: a header row, then a row a key.
struct ListDrawing {
  let state: DashboardState
  let model: ListViewModel

  init(state: DashboardState) {
    self.state = state
    model = ListViewModel(state: state)
  }

  func draw(on frame: inout Frame) {
    let area = state.layout.list
    for column in model.columns {
      frame.put(
        column.title, row: area.row, column: area.column + column.start, style: Style(bold: true, underline: true),
        maxColumns: column.width)
    }
    let isFocused = state.pane == .list && state.prompt == nil
    if let sentence = model.emptySentence {
      for (index, line) in TextWrap.lines(sentence, columns: area.columns).prefix(area.rows - 1).enumerated() {
        frame.put(line, row: area.row + 1 + index, column: area.column, maxColumns: area.columns)
      }
      if isFocused { frame.caret = (row: area.row + 1, column: area.column) }
      return
    }
    for (index, row) in model.rows.enumerated() {
      draw(row, at: area.row + 1 + index, on: &frame)
      if row.isSelected, isFocused {
        frame.caret = (row: area.row + 1 + index, column: area.column + (model.columns.first?.start ?? 0))
      }
    }
  }

  private func draw(_ row: ListViewModel.Row, at line: Int, on frame: inout Frame) {
    let area = state.layout.list
    if !state.settings.cursorFocus {
      // Only the mark's cells and the name carry the selection: a whole reversed row would cost five times the bytes.
      let sign: DisplayText = row.isMarked ? "*" : row.isNew ? "+" : " "
      frame.put(sign, row: line, column: area.column)
    }
    for (column, cell) in zip(model.columns, row.cells) {
      let isName = column.column == .name
      let reverse = isName && row.isSelected && !state.settings.cursorFocus
      var text = cell
      // In cursor focus there is no sign column: the mark is a word after the name.
      if isName, state.settings.cursorFocus, row.isMarked { text = text + ", marked" }
      let cut = text.truncated(to: column.width)
      let start = area.column + column.start
      if column.column == .permissions {
        frame.put(cut, row: line, column: start + column.width - cut.width, maxColumns: column.width)
      } else {
        frame.put(cut, row: line, column: start, style: Style(reverse: reverse), maxColumns: column.width)
      }
    }
  }
}
