import DashboardCore
import TerminalCore

/// Draws the detail of the selected key.
struct DetailDrawing {
  let state: DashboardState
  let model: DetailViewModel

  init(state: DashboardState) {
    self.state = state
    model = DetailViewModel(state: state)
  }

  func draw(on frame: inout Frame) {
    let area = state.layout.detail
    let left = area.column + (area.column > 0 ? 1 : 0)
    let width = area.column + area.columns - left
    guard model.apiKey != nil else {
      frame.put("No key is selected.", row: area.row, column: left, maxColumns: width)
      if state.pane == .detail, state.prompt == nil { frame.caret = (row: area.row, column: left) }
      return
    }
    let end = min(state.detailTop + area.rows, model.lines.count)
    for index in state.detailTop..<max(end, state.detailTop) {
      let row = area.row + index - state.detailTop
      draw(model.lines[index], row: row, column: left, width: width, on: &frame)
      if state.pane == .detail, state.prompt == nil, index == state.detailLine {
        frame.caret = (row: row, column: left + caretOffset(model.lines[index]))
      }
    }
    if end < model.lines.count, !state.settings.cursorFocus { drawMore(model.lines.count - end, on: &frame) }
  }

  /// Says how much is below, where that covers nothing.
  private func drawMore(_ count: Int, on frame: inout Frame) {
    let area = state.layout.detail
    let more = DisplayText("  \(count) more lines")
    let row = area.row + area.rows - 1
    let start = area.column + area.columns - more.width
    guard start >= area.column, (start..<start + more.width).allSatisfy({ frame[row, $0] == .blank }) else { return }
    frame.put(more, row: row, column: start)
  }

  /// Cells before the first letter of a line.
  private func caretOffset(_ line: DetailViewModel.Line) -> Int {
    switch line {
    case .field(let label, _): label.width == 0 ? 11 : 0
    case .permission: 2
    case .heading, .group: 0
    }
  }

  private func draw(
    _ line: DetailViewModel.Line, row: Int, column: Int, width: Int, on frame: inout Frame
  ) {
    switch line {
    case .field(let label, let value):
      let isName = label.string == "Name"
      frame.put(label, row: row, column: column, style: .plain, maxColumns: 10)
      // An id that would be cut begins right behind its label.
      let start = value.width > width - 11 && label.width > 0 ? label.width + 1 : 11
      frame.put(
        value.truncated(to: width - start), row: row, column: column + start, style: Style(bold: isName),
        maxColumns: width - start)
    case .heading(let text):
      frame.put(text.truncated(to: width), row: row, column: column, style: Style(bold: true), maxColumns: width)
    case .group(let resource, let granted, let total):
      let text = resource + DisplayText(" \(granted) of \(total)")
      frame.put(text, row: row, column: column, style: Style(underline: granted > 0), maxColumns: width)
    case .permission(let action, let granted, _):
      let sign: DisplayText = granted ? "[x]" : "[ ]"
      let color = granted ? ThemeColor.green : .default
      frame.put(sign, row: row, column: column + 2, style: Style(foreground: color), maxColumns: width - 2)
      let used = frame.put(
        action, row: row, column: column + 6, style: Style(bold: granted), maxColumns: max(width - 18, 4))
      let word: DisplayText = granted ? "granted" : "not granted"
      let start = max(20, 6 + used + 1)
      frame.put(
        word, row: row, column: column + start, style: Style(foreground: color), maxColumns: max(width - start, 0))
    }
  }
}
