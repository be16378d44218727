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
      frame.put(DisplayText(MoveText.noKeyIsSelected), row: area.row, column: left, maxColumns: width)
      if state.detail.pane == .detail, state.input.prompt == nil { frame.caret = (row: area.row, column: left) }
      return
    }
    let end = min(state.detail.top + area.rows, model.lines.count)
    for index in state.detail.top..<max(end, state.detail.top) {
      let row = area.row + index - state.detail.top
      draw(model.lines[index], row: row, column: left, width: width, on: &frame)
      if state.detail.pane == .detail, state.input.prompt == nil, index == state.detail.line {
        frame.caret = (row: row, column: left + caretOffset(model.lines[index], width: width))
      }
    }
    if end < model.lines.count, !state.settings.cursorFocus { drawMore(model.lines.count - end, on: &frame) }
  }

  /// Shows how much is below, if that covers nothing.
  private func drawMore(_ count: Int, on frame: inout Frame) {
    let area = state.layout.detail
    let more = DisplayText("  " + ScreenText.moreLines(count))
    let row = area.row + area.rows - 1
    let start = area.column + area.columns - more.width
    guard start >= area.column, (start..<start + more.width).allSatisfy({ frame[row, $0] == .blank }) else { return }
    frame.put(more, row: row, column: start)
  }

  /// Where a value begins: in its column, or further left where it would be cut.
  private func valueStart(_ value: DisplayText, label: DisplayText, width: Int) -> Int {
    let column = DetailViewModel.labelWidth
    return label.width == 0 ? max(min(column, width - value.width), 0) : column
  }

  /// Cells before the first letter of a line.
  private func caretOffset(_ line: DetailViewModel.Line, width: Int) -> Int {
    switch line {
    case .field(let label, let value, _): label.width == 0 ? valueStart(value, label: label, width: width) : 0
    case .permission: 2
    case .heading, .group: 0
    }
  }

  /// Where counts, and in cursor focus the words of the checklist, begin: behind the longest usual name.
  private static let wordColumn = 16

  private func draw(
    _ line: DetailViewModel.Line, row: Int, column: Int, width: Int, on frame: inout Frame
  ) {
    let theme = state.settings.theme
    switch line {
    case .field(let label, let value, let role):
      let start = valueStart(value, label: label, width: width)
      frame.put(label, row: row, column: column, maxColumns: width)
      frame.put(
        value.truncated(to: width - start), row: row, column: column + start,
        style: role == .name ? theme.style(.emphasis) : .plain, maxColumns: width - start)
    case .heading(let text):
      frame.put(text.truncated(to: width), row: row, column: column, style: theme.style(.heading), maxColumns: width)
    case .group(let resource, let granted, let total):
      // The same style with and without grants: the next key's detail then differs by a digit.
      let used = frame.put(resource, row: row, column: column, style: theme.style(.emphasis), maxColumns: width)
      let start = max(DetailDrawing.wordColumn, used + 1)
      frame.put(
        DisplayText(ScreenText.granted(granted, of: total)), row: row, column: column + start,
        maxColumns: max(width - start, 0))
    case .permission(let action, let granted, _, let isListOnly):
      let word = DisplayText(KeyText.granted(granted, isListOnly: isListOnly))
      let indent = 2
      if state.settings.cursorFocus {
        // A reader would name each bracket of a sign, and wants the name first.
        let used = frame.put(action, row: row, column: column + indent, maxColumns: max(width - 18, 4))
        let start = max(DetailDrawing.wordColumn, indent + used + 1)
        frame.put(word, row: row, column: column + start, maxColumns: max(width - start, 0))
        return
      }
      // Sign and word are side by side and have no colour, and `granted` is in one column: from key to key, in most
      // lines of the pane, only an `x` and a `not` come and go, at the cost of one short movement of the cursor.
      frame.put(granted ? "[x]" : "[ ]", row: row, column: column + indent, maxColumns: width - indent)
      let end = DetailViewModel.permissionIndent - 2
      frame.put(word, row: row, column: column + end - word.width, maxColumns: max(width - end + word.width, 0))
      frame.put(
        action, row: row, column: column + DetailViewModel.permissionIndent,
        maxColumns: max(width - DetailViewModel.permissionIndent, 0))
    }
  }
}
