import KeyTable
import TerminalCore

/// Key presses to commands.
extension DashboardState {
  mutating func receive(_ press: KeyPress) -> [Effect] {
    if case .paste(let text) = press.code { return receivePaste(text) }
    if layout.arrangement == .tooSmall { return receiveTooSmall(press) }
    let presses = input.takePresses(with: press)
    switch Keymap.match(presses, in: scope) {
    case .command(let command):
      return run(command)
    case .prefix:
      input.hold(presses)
      return []
    case .none:
      if scope == .prompt {
        return presses.flatMap { typed($0) }
      }
      // A broken chord: its last press may be a command of its own.
      if presses.count > 1 { return receive(press) }
      messages.noteCancel(false)
      post(.command(.keyDoesNothing(KeyChord(presses: presses))))
      return []
    }
  }

  /// Only leaving works on a screen too small to draw on.
  private mutating func receiveTooSmall(_ press: KeyPress) -> [Effect] {
    switch Keymap.match([press], in: .list) {
    case .command(.quit): return [.quit(status: 0)]
    case .command(.cancel): return run(.cancel)
    case .command(.suspend): return [.suspend]
    default: return []
    }
  }

  /// Pasted text goes into a line being typed, line ends as spaces; it never runs as commands.
  private mutating func receivePaste(_ text: String) -> [Effect] {
    input.dropPresses()
    guard input.prompt != nil else {
      if layout.arrangement != .tooSmall { post(.command(.pasteIsNoKeys)) }
      return []
    }
    return editPrompt { line in
      for scalar in text.unicodeScalars.prefix(PromptState.maximumLength) {
        line.insert(["\n", "\r", "\t"].contains(scalar) ? " " : scalar)
      }
    }
  }

  private mutating func typed(_ press: KeyPress) -> [Effect] {
    guard case .character(let scalar) = press.code, !press.control else { return [] }
    return editPrompt { $0.insert(scalar) }
  }

  /// Rows the wheel moves by.
  private static let wheelRows = 3

  /// A click selects, the wheel scrolls, a click on the header sorts.
  mutating func receiveMouse(row: Int, column: Int, scroll: Int) -> [Effect] {
    // A line being typed has the keyboard; a click beside it must not lose it.
    guard input.prompt == nil else { return [] }
    if scroll != 0 { return move(by: scroll * DashboardState.wheelRows) }
    if let overlay = views.top {
      let place = overlay.top + row - layout.body.row - 1
      if row > layout.body.row, row < layout.messageRow { moveOverlay(to: place) }
      return []
    }
    let (listArea, detailArea) = (layout.list, layout.detail)
    if listArea.contains(row: row, column: column) {
      detail.focus(.list)
      if row == listArea.row {
        guard let hit = listColumns.field(at: column - listArea.column) else { return [] }
        return sort(by: SortOrder([SortTerm(hit)]))
      }
      let index = list.top + row - listArea.row - 1
      guard index < query.visible.count else { return [] }
      select(index: index)
      return prefetchIfNeeded()
    }
    if detailArea.contains(row: row, column: column), list.selection != nil {
      detail.focus(.detail)
      select(detailLine: detail.top + row - detailArea.row, of: DetailViewModel.lineCount(state: self))
    }
    return []
  }
}
