package import DashboardCore
package import TerminalCore

/// Draws the dashboard: a pure function from the state to a frame of cells.
///
/// The caret is always on the first letter of the focused item, or at the insertion point of a prompt: screen readers
/// and braille displays follow it.
package enum DashboardScreen {
  /// The whole screen, drawn from nothing.
  ///
  /// With `previous`, a frame of the same layout, the detail's cells are taken from it instead of being drawn: moving in
  /// the list does not wait for the detail.
  package static func frame(of state: DashboardState, keepingDetailOf previous: Frame? = nil) -> Frame {
    var frame = Frame(width: state.environment.width, height: state.environment.height)
    let layout = state.layout
    guard layout.arrangement != .tooSmall else {
      drawTooSmall(state, on: &frame)
      return frame
    }
    let status = StatusViewModel(state: state)
    drawTop(status, state, on: &frame)
    if let open = state.views.top {
      OverlayDrawing(state: state, open: open).draw(on: &frame)
    } else {
      if layout.list.rows > 0 { ListDrawing(state: state).draw(on: &frame) }
      if let previous, layout.showsBoth {
        let kept = layout.detailWithDivider
        frame.copy(from: previous, rows: kept.lines, columns: kept.cells)
      } else {
        if layout.detail.rows > 0 { DetailDrawing(state: state).draw(on: &frame) }
        drawDivider(state, on: &frame)
      }
    }
    drawMessage(status, state, on: &frame)
    drawStatus(status, state, on: &frame)
    return frame
  }

  private static func drawTooSmall(_ state: DashboardState, on frame: inout Frame) {
    let sentence = ScreenText.tooSmall(state.environment.width, by: state.environment.height)
    var row = 0
    var line = ""
    // Words, not cells, are what is cut where there is room for words.
    for word in sentence.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > state.environment.width {
        frame.put(DisplayText(line), row: row, column: 0, style: .plain, maxColumns: state.environment.width)
        row += 1
        line = String(word)
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    frame.put(DisplayText(line), row: row, column: 0, style: .plain, maxColumns: state.environment.width)
    frame.caret = (row: 0, column: 0)
  }

  private static func drawTop(_ status: StatusViewModel, _ state: DashboardState, on frame: inout Frame) {
    var column = 0
    for part in status.top {
      let style = part.kind.role.map { state.settings.theme.style($0) } ?? .plain
      column += frame.put(part.text, row: 0, column: column, style: style) + StatusViewModel.gap
    }
    frame.put(status.hint, row: 0, column: state.environment.width - status.hint.width)
  }

  /// Position and completeness on the left, the most used keys on the right where there is room.
  private static func drawStatus(_ status: StatusViewModel, _ state: DashboardState, on frame: inout Frame) {
    let row = state.layout.statusRow
    frame.put(status.status, row: row, column: 0, maxColumns: state.environment.width)
    // The keys stay where they are while the count on the left grows and shrinks: a move must not redraw them.
    let room = state.environment.width - max(status.status.width, state.environment.width / 3) - 3
    let footer = FooterHints(state: state, columns: room)
    var column = state.environment.width - footer.width
    for hint in footer.hints {
      frame.put(hint.keys, row: row, column: column, style: state.settings.theme.style(.emphasis))
      frame.put(hint.words, row: row, column: column + hint.keys.width + 1)
      column += hint.width + FooterHints.gap
    }
  }

  private static func drawDivider(_ state: DashboardState, on frame: inout Frame) {
    let layout = state.layout
    let rule = DisplayText(state.glyphs.horizontal)
    let bar = DisplayText(state.glyphs.vertical)
    switch layout.arrangement {
    case .stacked:
      for column in 0..<state.environment.width {
        frame.put(rule, row: layout.detail.row - 1, column: column)
      }
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
    guard let prompt = state.input.prompt else {
      let style = status.messageIsError ? state.settings.theme.style(.error) : .plain
      // The list of messages has what does not fit.
      frame.put(status.message.truncated(to: state.environment.width), row: row, column: 0, style: style)
      if state.cursorFocus.isOnMessage, !state.views.hasOverlay { frame.caret = (row: row, column: 0) }
      return
    }
    let label = DisplayText(prompt.label)
    let text = DisplayText(prompt.text, limit: .max)
    let before = DisplayText.beginning(prompt.caret, of: prompt.text)
    frame.put(label, row: row, column: 0, style: Style(bold: true), maxColumns: state.environment.width)
    let room = max(state.environment.width - label.width - 1, 1)
    // A long line scrolls so that the caret stays in view.
    let skip = max(before.width - room + 1, 0)
    frame.put(text.dropping(columns: skip), row: row, column: label.width, style: .plain, maxColumns: room)
    frame.caret = (row: row, column: min(label.width + before.width - skip, state.environment.width - 1))
    PromptHelpDrawing(state: state, help: PromptHelp(prompt: prompt, state: state)).draw(on: &frame)
  }
}
