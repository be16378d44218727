import CNcurses
import CTerminalSupport
import Digests
import Glibc
import SystemIO
package import TerminalCore

/// How to open the terminal.
package struct TerminalOptions: Sendable {
  package var color = true
  package var mouse = false
  package var theme = Theme.default
  package init() {}
}

/// Why the screen cannot be used; each has a sentence.
package enum TerminalError: Error, Equatable, Sendable {
  case noTerminal
  case unknownTerminal(String)
  case noDescriptors

  package var message: String {
    switch self {
    case .noTerminal: "There is no terminal to draw on."
    case .noDescriptors: "No file descriptor is left."
    case .unknownTerminal(let name): "The terminal type \(name) is not known here, nor are xterm-256color and vt100."
    }
  }
}

/// The only user of curses: opens the screen, reads keys, shows frames, and always leaves the terminal as it was.
@MainActor
package final class CursesTerminal {
  private let screen: OpaquePointer
  private let inputFile: UnsafeMutablePointer<FILE>
  private let outputFile: UnsafeMutablePointer<FILE>
  private let descriptor: Descriptor
  private let signals: Descriptor
  private var shown: Frame?
  private var options: TerminalOptions
  private var isOpen = true
  var paste = PasteReader()
  private var resizes = ResizeGate()
  /// Curses may hold input that it read ahead, which poll does not see.
  var mayHoldInput = false
  /// Events from signals that arrived while something else was waited for.
  private var carried: TerminalEvents = []
  /// A sentence about the terminal type if another was used instead.
  package private(set) var notice: String?
  package private(set) var terminationSignal: Int32 = 0

  /// Opens the controlling terminal, so that standard input may be data.
  package init(options: TerminalOptions) throws(TerminalError) {
    self.options = options
    _ = apikeys_nc_set_locale()
    do throws(SystemError) {
      descriptor = try Descriptor.open("/dev/tty", .readWrite)
    } catch {
      throw .noTerminal
    }
    (inputFile, outputFile) = try CursesTerminal.streams(descriptor)
    // Before curses changes the modes: these are the ones to bring back.
    CursesTerminal.guardTerminal(descriptor)
    let pipe = apikeys_signals_install()
    guard pipe >= 0 else { throw .noDescriptors }
    signals = Descriptor(pipe)
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    guard let opened = CursesTerminal.openScreen(named: name, input: inputFile, output: outputFile) else {
      apikeys_terminal_guard(-1, nil, 0)
      throw .unknownTerminal(name)
    }
    screen = opened.screen
    notice = opened.notice
    CursesTerminal.completeGuard()
    configureInput()
    if options.color, has_colors() {
      start_color()
      applyTheme()
    }
    apikeys_nc_set_mouse(options.mouse)
    apikeys_nc_define_normal_keys()
    // ncurses flushes after every cursor movement until endwin was called once: after this a frame is one write.
    endwin()
    // Curses believes LINES and COLUMNS of the environment before the terminal itself.
    applySize()
    refresh()
    leaveSecondSet()
    setPasteMarks(true)
  }

  /// The two streams that curses wants, each with a descriptor of its own.
  private static func streams(
    _ descriptor: Descriptor
  ) throws(TerminalError) -> (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>) {
    let second: Descriptor
    do throws(SystemError) { second = try descriptor.duplicate() } catch { throw .noTerminal }
    guard let input = fdopen(descriptor.number, "r"), let output = fdopen(second.number, "w") else { throw .noTerminal }
    return (input, output)
  }

  /// Starts curses for the named type, else for one that most terminals understand; nil where none is known. The notice
  /// reports another type.
  private static func openScreen(
    named name: String, input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>
  ) -> (screen: OpaquePointer, notice: String?)? {
    for candidate in [name, "xterm-256color", "vt100"] where !candidate.isEmpty {
      guard let opened = newterm(candidate, output, input) else { continue }
      guard apikeys_nc_can_address() else {
        delscreen(opened)
        // It has changed the modes, and the next one takes those for the terminal's own.
        apikeys_terminal_set_guarded_modes()
        continue
      }
      // Not sanitized here: a message is, once, where it is drawn.
      let shown =
        name.unicodeScalars.count > 40 ? name.unicodeScalars.prefix(40).map(String.init).joined() + "..." : name
      return (
        opened, candidate == name ? nil : "The terminal type \(shown) is not known here; \(candidate) is used."
      )
    }
    return nil
  }

  /// Keys one by one and unchanged, not echoed, read without waiting; the palette is left alone.
  private func configureInput() {
    apikeys_nc_keep_palette()
    apikeys_nc_shorten_styles()
    raw()
    noecho()
    nonl()
    apikeys_nc_set_escape_delay(25)
    let window = apikeys_nc_screen()
    keypad(window, true)
    nodelay(window, true)
    idlok(window, true)
    leaveok(window, false)
  }

  /// Keeps the terminal's modes for a crash, or for a signal that comes where nothing else can be done.
  private static func guardTerminal(_ descriptor: Descriptor) { apikeys_terminal_guard(descriptor.number, "", 0) }

  /// What has to be written then, in the terminal's own words: marks around pasted text and the mouse off, cursor on,
  /// attributes off, keypad mode off, the first screen.
  private static func completeGuard() {
    var restore = "\u{1B}[?2004l"
    if String(cString: apikeys_nc_string("kmous")).hasPrefix("\u{1B}[") { restore += "\u{1B}[?1006l\u{1B}[?1000l" }
    for name in ["cnorm", "sgr0", "rmkx", "rmcup"] {
      restore += withoutPadding(String(cString: apikeys_nc_string(name)))
    }
    restore += "\r\n"
    restore.withCString { apikeys_terminal_guard_text($0, restore.utf8.count) }
  }

  /// A terminfo string without its pauses, `$<5>`.
  private static func withoutPadding(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let begin = rest.firstRange(of: "$<"), let end = rest[begin.upperBound...].firstIndex(of: ">") {
      result += rest[..<begin.lowerBound]
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  package var size: (columns: Int, rows: Int) {
    var columns: Int32 = 0
    var rows: Int32 = 0
    // A terminal without a size (0 by 0) is taken for the classic one.
    return apikeys_terminal_size(descriptor.number, &columns, &rows) ? (Int(columns), Int(rows)) : (80, 24)
  }

  // MARK: Drawing

  /// Shows a frame: only cells that changed are touched, in one write.
  package func present(_ frame: Frame) {
    // Who is asked to end does not take a screen again that was left.
    if shown == frame || apikeys_signals_pending_termination() != 0 { return }
    let window = apikeys_nc_screen()
    let previous = shown.flatMap { $0.width == frame.width && $0.height == frame.height ? $0 : nil }
    if previous == nil { werase(window) }
    frame.forEachChange(since: previous) { row, column, scalars, style in
      // A wide character of curses is an unsigned or a signed number of 32 bits; the scalars are the same in both.
      scalars.withUnsafeBytes { bytes in
        apikeys_nc_put(
          Int32(row), Int32(column), bytes.bindMemory(to: wchar_t.self).baseAddress, Int32(scalars.count - 1),
          style.bold, style.reverse, style.underline, options.color ? Int16(style.foreground.rawValue) : 0)
      }
    }
    if let spoken = frame.spokenRow, let previous, let before = previous.spokenRow, before == spoken,
      !frame.hasSameRow(spoken.row, as: previous)
    {
      wredrawln(window, Int32(spoken.row), 1)
    }
    if let caret = frame.caret {
      curs_set(1)
      wmove(window, Int32(caret.row), Int32(caret.column))
    } else {
      curs_set(0)
    }
    wnoutrefresh(window)
    doupdate()
    shown = frame
  }

  package func redrawAll() {
    if isOpen, apikeys_signals_pending_termination() == 0 { leaveSecondSet() }
    shown = nil
    clearok(apikeys_nc_screen(), true)
  }

  package func setMouse(_ isOn: Bool) {
    options.mouse = isOn
    apikeys_nc_set_mouse(isOn)
  }

  package func setTheme(_ theme: Theme) {
    options.theme = theme
    if options.color, has_colors() { applyTheme() }
    redrawAll()
  }

  /// Gives curses the theme's colours: pair 0 for text, and a pair for each colour.
  private func applyTheme() {
    let isLight = ThemePalette.isLight(
      colorForegroundBackground: getenv("COLORFGBG").map { String(cString: $0) })
    let palette = ThemePalette(
      options.theme, colorCount: Int(apikeys_nc_color_count()), isBackgroundLight: isLight)
    assume_default_colors(Int32(palette.foreground), Int32(palette.background))
    for color in ThemeColor.allCases where color != .default {
      init_pair(Int16(color.rawValue), palette.number(of: color), palette.background)
    }
  }

  // MARK: Waiting

  /// Sleeps until there is input, a signal, the wake descriptor is readable, or the time is over (nil: for ever).
  package func waitForEvents(wakeDescriptor: Int32, milliseconds: Int64?) -> TerminalEvents {
    var waiting = PollSet([.readable(descriptor), .readable(signals), .readable(Descriptor(wakeDescriptor))])
    var events = carried
    carried = []
    if mayHoldInput { events.insert(.input) }
    // Whichever is due first: the resize that settles, or what the caller waits for.
    let waits = [resizes.delay(now: .now), milliseconds.map { Int32(clamping: $0) }].compactMap { $0 }
    if waiting.wait(milliseconds: events.isEmpty ? waits.min() : 0) == .ready {
      if waiting.isGone(0) { events.insert(.hangup) }
      if waiting.isReadable(0) {
        // Readable with nothing to read is the end of the terminal.
        events.insert(apikeys_bytes_waiting(descriptor.number) > 0 ? .input : .hangup)
      }
      if waiting.isReadable(1) { events.formUnion(readSignals()) }
      if waiting.isReadable(2) { events.insert(.wake) }
    }
    noteTermination(&events)
    // Stopped by a signal that cannot be caught, the shell has had the terminal: take it again, its modes included.
    if events.contains(.resumed), !events.contains(.terminate) { takeScreen() }
    if resizes.take(now: .now) {
      applySize()
      events.insert(.resized)
    }
    return events
  }

  private func readSignals() -> TerminalEvents {
    var events: TerminalEvents = []
    for byte in signalBytes() {
      switch byte {
      case UInt8(ascii: "W"): resizes.note()
      case UInt8(ascii: "C"): events.insert(.resumed)
      case UInt8(ascii: "Z"): events.insert(.stop)
      // The signal itself is kept where no full pipe can lose it.
      default: break
      }
    }
    noteTermination(&events)
    return events
  }

  /// What waits in the signals' pipe.
  private func signalBytes() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 256)
    do throws(SystemError) {
      let count = try signals.read(into: &bytes)
      return Array(bytes[..<count])
    } catch {
      return []
    }
  }

  private func noteTermination(_ events: inout TerminalEvents) {
    let number = apikeys_signals_pending_termination()
    guard number != 0 else { return }
    terminationSignal = number
    events.insert(.terminate)
  }

  private func applySize() {
    let size = size
    // Not resizeterm: that puts a key of its own among those typed.
    resize_term(Int32(size.rows), Int32(size.columns))
    clearok(apikeys_nc_screen(), true)
    shown = nil
  }

  // MARK: Leaving

  /// Leaves the screen, stops the job, and takes the screen again when it continues.
  package func suspend() {
    leaveScreen()
    apikeys_signals_stop_self()
    takeScreen()
    // That it continued is known already.
    carried.formUnion(readSignals().subtracting([.resumed, .stop]))
  }

  /// Leaves the screen, prints lines, waits for Enter, and takes the screen again.
  package func printLines(_ lines: [DisplayText]) {
    leaveScreen()
    let text = lines.map { $0.string + "\n" }.joined() + "Press Enter to go back.\n"
    write(text)
    waitForEnter()
    takeScreen()
  }

  /// Waits for the end of a line; a signal that ends the program, or the end of the terminal, ends the wait.
  private func waitForEnter() {
    var waiting = PollSet([.readable(descriptor), .readable(signals)])
    while !carried.contains(.terminate) {
      guard waiting.wait() == .ready else { continue }
      if waiting.isReady(1) {
        var events = readSignals()
        if events.remove(.stop) != nil { apikeys_signals_stop_self() }
        carried.formUnion(events)
      }
      if waiting.isReady(0), endsLine() { return }
    }
  }

  /// Reads one byte; true at the end of a line, and of the terminal.
  private func endsLine() -> Bool {
    do throws(SystemError) {
      guard let byte = try descriptor.readByte() else { return true }
      return byte == 0x0A || byte == 0x0D
    } catch {
      return true
    }
  }

  /// Gives the terminal to whoever comes next, for a while or for good.
  private func leaveScreen() {
    setPasteMarks(false)
    if !apikeys_nc_has_second_screen() { clearLastRow() }
    endwin()
    apikeys_terminal_guard_pause(true)
  }

  /// Where the last frame stays, the shell continues in its last row, and nothing of the frame may be beside that.
  private func clearLastRow() {
    let window = apikeys_nc_screen()
    wmove(window, Int32(size.rows) - 1, 0)
    wclrtoeol(window)
    wrefresh(window)
    shown = nil
  }

  /// Takes the terminal as it is now: its size may have changed, and its modes are another program's.
  private func takeScreen() {
    apikeys_terminal_wait_foreground(descriptor.number)
    // Asked to end, it leaves the terminal as it has left it.
    guard apikeys_signals_pending_termination() == 0 else { return }
    apikeys_terminal_guard_pause(false)
    endwin()
    applySize()
    redrawAll()
    refresh()
    setPasteMarks(true)
  }

  /// Asks the terminal to mark pasted text, so that it cannot be mistaken for keys; terminals that cannot ignore it.
  private func setPasteMarks(_ isOn: Bool) { write(isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l") }

  /// Whatever was shown before may have left the terminal drawing lines for letters, and no frame would repair that.
  private func leaveSecondSet() { write(String(cString: apikeys_nc_leave_second_set())) }

  /// Sends text to the terminal's clipboard by OSC 52. It cannot be confirmed.
  package func sendToClipboard(_ text: String) {
    let payload = "\u{1B}]52;c;\(Base64.text(Array(text.utf8)))\u{07}"
    // As it is, tmux takes it into its own buffer where `set-clipboard` is on; screen ignores it.
    write(payload)
    if getenv("TMUX") != nil {
      // Wrapped, tmux hands it to the terminal outside where `allow-passthrough` is on.
      write("\u{1B}Ptmux;\u{1B}\(payload)\u{1B}\\")
    } else if let term = getenv("TERM"), String(cString: term).hasPrefix("screen") {
      // screen hands short pieces to the terminal outside.
      var rest = payload[...]
      while !rest.isEmpty {
        write("\u{1B}P\(rest.prefix(240))\u{1B}\\")
        rest = rest.dropFirst(240)
      }
    }
  }

  /// Milliseconds that a terminal may take no byte before a text to it is abandoned.
  private static let writePatience: Int32 = 3000

  private func write(_ text: String) {
    // The terminal may be full for now. A sequence cut in half would swallow whatever is written next.
    do throws(SystemError) {
      try descriptor.writeAll(Array(text.utf8), patience: CursesTerminal.writePatience)
    } catch {
      // A terminal that is gone is seen when it is waited for.
      return
    }
  }

  /// Gives the terminal back as it was. Safe to call twice.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    if apikeys_terminal_is_foreground(descriptor.number) {
      if apikeys_terminal_is_guarded() { leaveScreen() }
      // Not every description lets curses bring the modes back.
      apikeys_terminal_set_guarded_modes()
    } else {
      // The shell has the terminal, and curses would be stopped for changing it.
      apikeys_terminal_restore_now()
    }
    apikeys_terminal_guard(-1, nil, 0)
  }
}
