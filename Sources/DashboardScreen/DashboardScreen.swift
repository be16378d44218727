import DashboardCore
import TerminalCore

/// Draws the dashboard: a pure function from the state to a frame of cells.
///
/// The caret is always on the first letter of the focused item, or at the insertion point of a prompt: screen readers
/// and braille displays follow it.
package enum DashboardScreen {
  ///
  /// With `previous`, a frame of the same layout, the detail's cells are taken from it instead of being drawn: moving in
  /// the list does not wait for the detail.
  package static func frame(of state: DashboardState, keepingDetailOf previous: Frame? = nil) -> Frame {
    var frame = Frame(width: state.columns, height: state.rowsOnScreen)
    let layout = state.layout
    guard layout.arrangement != .tooSmall else {
      drawTooSmall(state, on: &frame)
      return frame
    }
    let status = StatusViewModel(state: state)
    drawTop(status, state, on: &frame)
    if let overlay = state.overlays.last {
      OverlayDrawing(state: state, overlay: overlay).draw(on: &frame)
    } else {
      if layout.list.rows > 0 { ListDrawing(state: state).draw(on: &frame) }
      if let previous, layout.showsBoth {
        frame.copy(from: previous, rows: layout.detail.lines, columns: layout.detail.cells)
      } else if layout.detail.rows > 0 {
        DetailDrawing(state: state).draw(on: &frame)
      }
      drawDivider(state, on: &frame)
    }
    drawMessage(status, state, on: &frame)
    frame.put(status.status, row: layout.statusRow, column: 0, style: .plain, maxColumns: state.columns)
    return frame
  }

  private static func drawTooSmall(_ state: DashboardState, on frame: inout Frame) {
    let sentence =
      "Too small: \(state.columns) by \(state.rowsOnScreen), needs \(Layout.minimumColumns) by \(Layout.minimumRows). q quits."
    var row = 0
    var line = ""
    // Words, not cells, are what is cut where there is room for words.
    for word in sentence.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > state.columns {
        frame.put(DisplayText(line), row: row, column: 0, style: .plain, maxColumns: state.columns)
        row += 1
        line = String(word)
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    frame.put(DisplayText(line), row: row, column: 0, style: .plain, maxColumns: state.columns)
    frame.caret = (row: 0, column: 0)
  }

  private static func drawTop(_ status: StatusViewModel, _ state: DashboardState, on frame: inout Frame) {
    let style = Style(bold: true)
    let used = frame.put(status.top, row: 0, column: 0, style: style, maxColumns: state.columns)
    let start = state.columns - status.hint.width
    if start > used + 2 {
      frame.put(status.hint, row: 0, column: start, style: .plain, maxColumns: status.hint.width)
    }
  }

  private static func drawDivider(_ state: DashboardState, on frame: inout Frame) {
    let layout = state.layout
    let rule = DisplayText(state.glyphs.horizontal)
    let bar = DisplayText(state.glyphs.vertical)
    switch layout.arrangement {
    case .stacked:
      for column in 0..<state.columns { frame.put(rule, row: layout.detail.row - 1, column: column) }
    case .sideBySide:
      for row in layout.detail.row..<layout.detail.row + layout.detail.rows {
        frame.put(bar, row: row, column: layout.detail.column - 1)
      }
    case .onePane, .tooSmall: break
    }
  }

  /// The message line is also where a prompt is typed.
  private static func drawMessage(_ status: StatusViewModel, _ state: DashboardState, on frame: inout Frame) {
    let row = state.layout.messageRow
    guard let prompt = state.prompt else {
      let style = status.messageIsError ? Style(bold: true) : .plain
      frame.put(status.message, row: row, column: 0, style: style, maxColumns: state.columns)
      return
    }
    let label = DisplayText(prompt.label)
    let text = DisplayText(prompt.text)
    let before = DisplayText(prompt.textBeforeCaret)
    frame.put(label, row: row, column: 0, style: Style(bold: true), maxColumns: state.columns)
    let room = max(state.columns - label.width - 1, 1)
    // A long line scrolls so that the caret stays in view.
    let skip = max(before.width - room + 1, 0)
    frame.put(text.dropping(columns: skip), row: row, column: label.width, style: .plain, maxColumns: room)
    frame.caret = (row: row, column: min(label.width + before.width - skip, state.columns - 1))
    if let problem = prompt.problem {
      frame.fill(row: row - 1, columns: 0..<state.columns, style: .plain)
      frame.put(DisplayText(problem), row: row - 1, column: 0, style: Style(bold: true), maxColumns: state.columns)
    } else if !prompt.choices.isEmpty {
      let start = max((prompt.choiceIndex ?? 0) - 2, 0)
      let shown = prompt.choices[start...].prefix(8).joined(separator: "  ")
      frame.fill(row: row - 1, columns: 0..<state.columns, style: .plain)
      frame.put(DisplayText(shown), row: row - 1, column: 0, style: .plain, maxColumns: state.columns)
    }
  }
}
