import CVTerm

/// A terminal without a window (libvterm): bytes in, a screen of cells out.
package final class TerminalEmulator {
  private let terminal: OpaquePointer
  private let display: OpaquePointer
  private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
  private let fallbacks: UnsafeMutablePointer<VTermParserCallbacks>
  private let modes: UnsafeMutablePointer<Modes>
  package private(set) var columns: Int
  package private(set) var rows: Int

  /// What the program switched on or off.
  private struct Modes {
    var isCursorVisible = true
    var isAlternateScreen = false
    var operatingSystemCommands: [String] = []
  }

  /// Nil when the library cannot give a terminal of this size.
  package init?(columns: Int, rows: Int) {
    guard let terminal = vterm_new(Int32(rows), Int32(columns)), let display = vterm_obtain_screen(terminal) else {
      return nil
    }
    self.terminal = terminal
    self.display = display
    self.columns = columns
    self.rows = rows
    modes = .allocate(capacity: 1)
    modes.initialize(to: Modes())
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: VTermScreenCallbacks())
    callbacks.pointee.settermprop = { property, value, user in
      guard let modes = user?.assumingMemoryBound(to: Modes.self), let value else { return 0 }
      if property == VTERM_PROP_CURSORVISIBLE { modes.pointee.isCursorVisible = value.pointee.boolean != 0 }
      if property == VTERM_PROP_ALTSCREEN { modes.pointee.isAlternateScreen = value.pointee.boolean != 0 }
      return 1
    }
    fallbacks = .allocate(capacity: 1)
    fallbacks.initialize(to: VTermParserCallbacks())
    fallbacks.pointee.osc = { command, length, user in
      guard let modes = user?.assumingMemoryBound(to: Modes.self), let command else { return 0 }
      let bytes = UnsafeRawBufferPointer(start: command, count: length)
      modes.pointee.operatingSystemCommands.append(String(decoding: bytes, as: UTF8.self))
      return 1
    }
    vterm_screen_set_unrecognised_fallbacks(display, fallbacks, modes)
    vterm_set_utf8(terminal, 1)
    vterm_screen_set_callbacks(display, callbacks, modes)
    vterm_screen_enable_altscreen(display, 1)
    vterm_screen_reset(display, 1)
  }

  deinit {
    vterm_free(terminal)
    callbacks.deallocate()
    fallbacks.deallocate()
    modes.deinitialize(count: 1)
    modes.deallocate()
  }

  package func write(_ bytes: some Sequence<UInt8>) {
    let buffer = bytes.map { CChar(bitPattern: $0) }
    _ = vterm_input_write(terminal, buffer, buffer.count)
  }

  package func write(_ text: String) { write(text.utf8) }

  /// What the terminal answers to questions of the program; each answer is given once.
  package func takeAnswers() -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 256)
    let count = vterm_output_read(terminal, &buffer, buffer.count)
    return buffer.prefix(count).map { UInt8(bitPattern: $0) }
  }

  package func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    vterm_set_size(terminal, Int32(rows), Int32(columns))
  }

  /// The rows as text, trailing blanks cut.
  package var screen: [String] { (0..<rows).map { text(row: $0) } }

  private func text(row: Int) -> String {
    var view = String.UnicodeScalarView()
    for column in 0..<columns {
      let scalars = scalars(row: row, column: column)
      if scalars.first == UInt32.max { continue }
      if scalars.isEmpty { view.append(" ") }
      for scalar in scalars.compactMap({ Unicode.Scalar($0) }) { view.append(scalar) }
    }
    while view.last == " " { view.removeLast() }
    return String(view)
  }

  /// The scalars of a cell: none where nothing was written, `UInt32.max` in the second half of a wide character.
  package func scalars(row: Int, column: Int) -> [UInt32] {
    let cell = cvterm_read_cell(display, Int32(row), Int32(column))
    return withUnsafeBytes(of: cell.scalars) { Array($0.bindMemory(to: UInt32.self).prefix { $0 != 0 }) }
  }

  package func isReverse(row: Int, column: Int) -> Bool {
    cvterm_read_cell(display, Int32(row), Int32(column)).attributes & 4 != 0
  }

  /// Where the hardware cursor stands, from 0.
  package var caret: (row: Int, column: Int) {
    var place = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(terminal), &place)
    return (Int(place.row), Int(place.col))
  }

  /// Operating system commands that the emulator itself does nothing with, such as `52;c;` and text in base 64.
  package var operatingSystemCommands: [String] { modes.pointee.operatingSystemCommands }
  package var isCursorVisible: Bool { modes.pointee.isCursorVisible }
  package var isAlternateScreen: Bool { modes.pointee.isAlternateScreen }
}
