import CNcurses
package import TerminalCore

/// What curses read, as key presses.
extension CursesTerminal {
  /// Every key press that waits.
  package func readInput() -> [KeyPress] {
    var presses: [KeyPress] = []
    let now = ContinuousClock.now
    if let late = paste.giveUpIfStale(now: now) { presses.append(late) }
    // After an abandoned paste: one key alone was pressed, several at once are the rest of the paste.
    var late: (count: Int, press: KeyPress?) = (0, nil)
    // A paste of a megabyte must not keep the screen waiting: a thousand pieces at a time.
    for _ in 0..<1000 {
      let input = apikeys_nc_read()
      guard input.kind != APIKEYS_NC_NONE else {
        mayHoldInput = false
        if late.count == 1, paste.isDropping, let press = late.press {
          paste.stopDropping()
          presses.append(press)
        }
        return presses
      }
      var pasted: KeyPress?
      if paste.take(CursesTerminal.piece(input), now: now, press: &pasted) {
        if let pasted { presses.append(pasted) }
        if paste.isDropping { late = (late.count + 1, CursesTerminal.press(input)) }
      } else if let press = CursesTerminal.press(input) {
        presses.append(press)
      }
    }
    mayHoldInput = true
    return presses
  }

  private static func piece(_ input: apikeys_nc_input) -> PasteReader.Piece {
    switch input.kind {
    case APIKEYS_NC_PASTE_BEGIN: .begin
    case APIKEYS_NC_PASTE_END: .end
    case APIKEYS_NC_CHARACTER: Unicode.Scalar(input.value).map { .character($0) } ?? .other
    default: .other
    }
  }

  private static func press(_ input: apikeys_nc_input) -> KeyPress? {
    switch input.kind {
    case APIKEYS_NC_CHARACTER: return Unicode.Scalar(input.value).map { KeyPress(scalar: $0) }
    case APIKEYS_NC_UP: return KeyPress(.up)
    case APIKEYS_NC_DOWN: return KeyPress(.down)
    case APIKEYS_NC_LEFT: return KeyPress(.left)
    case APIKEYS_NC_RIGHT: return KeyPress(.right)
    case APIKEYS_NC_PAGE_UP: return KeyPress(.pageUp)
    case APIKEYS_NC_PAGE_DOWN: return KeyPress(.pageDown)
    case APIKEYS_NC_HOME: return KeyPress(.home)
    case APIKEYS_NC_END: return KeyPress(.end)
    case APIKEYS_NC_ENTER: return KeyPress(.enter)
    case APIKEYS_NC_BACKSPACE: return KeyPress(.backspace)
    case APIKEYS_NC_DELETE: return KeyPress(.delete)
    case APIKEYS_NC_INSERT: return KeyPress(.insert)
    case APIKEYS_NC_BACK_TAB: return KeyPress(.backTab)
    case APIKEYS_NC_FUNCTION: return KeyPress(.function(Int(input.value)))
    case APIKEYS_NC_MOUSE:
      return KeyPress(
        .mouse(MouseEvent(row: Int(input.row), column: Int(input.column), scroll: Int(input.scroll))))
    default: return nil
    }
  }
}
