import TerminalCore

/// Key presses to commands.
extension DashboardState {
  mutating func receive(_ press: KeyPress) -> [Effect] {
    if case .paste(let text) = press.code { return receivePaste(text) }
    if layout.arrangement == .tooSmall { return receiveTooSmall(press) }
    let presses = pendingPresses + [press]
    pendingPresses = []
    switch Keymap.match(presses, in: scope) {
    case .command(let id):
      return run(CommandInvocation(id))
    case .prefix:
      pendingPresses = presses
      return []
    case .none:
      if scope == .prompt {
        return presses.flatMap { typed($0) }
      }
      // A broken chord: its last press may be a command of its own.
      if presses.count > 1 { return receive(press) }
      cancelWasPressed = false
      say("\(KeyChord(presses: presses).label) does nothing here. \(telling(.help)) for help.")
      return []
    }
  }

  /// Only leaving works on a screen too small to draw on.
  private mutating func receiveTooSmall(_ press: KeyPress) -> [Effect] {
    switch Keymap.match([press], in: .list) {
    case .command(.quit): return [.quit(status: 0)]
    case .command(.cancel): return run(CommandInvocation(.cancel))
    case .command(.suspend): return [.suspend]
    default: return []
    }
  }

  /// Pasted text goes into a line being typed, line ends as spaces; it never runs as commands.
  private mutating func receivePaste(_ text: String) -> [Effect] {
    pendingPresses = []
    guard prompt != nil else {
      if layout.arrangement != .tooSmall {
        say("Pasted text is not taken as keys. \(telling(.filter)) to filter, then paste.")
      }
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

  /// A click selects, the wheel scrolls, a click on the header sorts.
  mutating func receiveMouse(row: Int, column: Int, scroll: Int) -> [Effect] {
    if scroll != 0 { return run(CommandInvocation(scroll > 0 ? .down : .up)) }
    let area = layout.list
    if overlays.isEmpty, area.rows > 0, (area.column..<area.column + area.columns).contains(column) {
      if row == area.row {
        guard let hit = ListViewModel(state: self).column(at: column - area.column) else { return [] }
        return sort(byTyped: hit.rawValue)
      }
      let place = top + row - area.row - 1
      if row > area.row, row < area.row + area.rows, place < visible.count {
        pane = .list
        position = place
        selectPosition()
      }
    }
    return []
  }
}
