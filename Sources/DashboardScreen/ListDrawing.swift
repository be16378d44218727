import APIKeyModel
import DashboardCore
import TerminalCore

/// Draws the key list: a header row, then a row a key.
struct ListDrawing {
  let state: DashboardState
  let model: ListViewModel
  private let area: Layout.Area
  private let fullAccess: Style
  private let match: Style

  init(state: DashboardState) {
    self.state = state
    model = ListViewModel(state: state)
    area = state.layout.list
    fullAccess = state.settings.theme.style(.fullAccess)
    match = state.settings.theme.style(.match)
  }

  func draw(on frame: inout Frame) {
    // In cursor focus with the page, not above single rows: a reader would speak it each time.
    if let titles = model.spokenTitles {
      if state.cursorFocus.shownRows == nil {
        frame.put(titles, row: area.row, column: area.column, style: state.settings.theme.style(.heading))
      }
    } else {
      drawTitles(on: &frame)
    }
    drawHiddenColumns(on: &frame)
    let isFocused = state.detail.pane == .list && state.input.prompt == nil && !state.cursorFocus.isOnMessage
    if let sentence = model.emptySentence {
      // A sentence does not touch the line between the panes.
      let room = area.columns - (state.layout.arrangement == .sideBySide ? 1 : 0)
      for (index, line) in sentence.wrapped(columns: room).prefix(area.rows - 1).enumerated() {
        frame.put(line, row: area.row + 1 + index, column: area.column, maxColumns: area.columns)
      }
      if isFocused { frame.caret = (row: area.row + 1, column: area.column) }
      return
    }
    for (index, row) in model.rows.enumerated() {
      if let shown = state.cursorFocus.shownRows, !shown.contains(state.list.top + index) { continue }
      draw(row, at: area.row + 1 + index, on: &frame)
      if row.isSelected, isFocused {
        frame.caret = (row: area.row + 1 + index, column: area.column + (model.columns.first?.start ?? 0))
        if state.settings.cursorFocus { frame.spokenRow = (row: area.row + 1 + index, item: state.list.top + index) }
      }
    }
  }

  private func drawTitles(on frame: inout Frame) {
    for column in model.columns {
      // A sorted column's sign may stand in the gap behind the title.
      let indent = column.column == .permissions ? max(column.width - column.title.width, 0) : 0
      frame.put(
        column.title, row: area.row, column: area.column + column.start + indent,
        style: state.settings.theme.style(.heading), maxColumns: column.width + 1)
    }
  }

  private func draw(_ row: ListViewModel.Row, at line: Int, on frame: inout Frame) {
    if let spoken = row.spoken {
      frame.put(spoken, row: line, column: area.column, maxColumns: area.columns)
      return
    }
    // Only the mark's cells and the name carry the selection: a whole reversed row would cost five times the bytes.
    if row.isMarked {
      frame.put("*", row: line, column: area.column)
    } else if let change = row.change {
      frame.put(DisplayText(change.sign), row: line, column: area.column)
    }
    if let change = row.change, let words = model.words {
      // In a column of its own: no name can end in a word of ours.
      frame.put(
        DisplayText(change.word), row: line, column: area.column + words.lowerBound,
        style: state.settings.theme.style(.emphasis), maxColumns: words.count)
    }
    for (index, column) in model.columns.enumerated() {
      let cut = row.cells[index].truncated(to: column.width)
      let isRight = column.column == .permissions
      let start = area.column + column.start + (isRight ? column.width - cut.width : 0)
      var style = Style(reverse: column.column == .name && row.isSelected)
      if column.column == .access, row.hasFullAccess { style = fullAccess }
      frame.put(cut, row: line, column: start, style: style, maxColumns: column.width)
      if !row.matches.isEmpty { highlight(row.matches[index], in: cut, row: line, from: start, on: &frame) }
    }
  }

  /// What the filter found, where the cut left it.
  private func highlight(
    _ matches: [Range<Int>], in text: DisplayText, row: Int, from start: Int, on frame: inout Frame
  ) {
    for range in matches {
      let shown = range.clamped(to: 0..<text.width)
      frame.restyle(row: row, columns: start + shown.lowerBound..<start + shown.upperBound) { style in
        style.bold = style.reverse ? style.bold : match.bold
        style.underline = match.underline
      }
    }
  }

  /// Shows on which side there are more columns, if the header has room.
  private func drawHiddenColumns(on frame: inout Frame) {
    guard !state.settings.cursorFocus, let name = model.columns.first else { return }
    let text = model.moreColumns
    // The widest column has room beside its title, whatever is sorted by.
    let start = name.start + name.width - text.width
    guard text.width > 0, start > name.start + name.title.width else { return }
    frame.put(text, row: area.row, column: area.column + start, style: state.settings.theme.style(.emphasis))
  }
}
