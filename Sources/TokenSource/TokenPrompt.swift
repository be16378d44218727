package import APIKeyModel
import CTerminalSupport
import Glibc
import SystemIO

/// Asks for the token at the terminal, without showing what is typed.
///
/// The terminal's modes are restored on every way out: a reply, the end of input, Ctrl-C, Ctrl-Z and continuing, a
/// signal, a crash.
package struct TokenPrompt {
  private let terminal: Descriptor
  private let signals: Int32

  private enum Turn {
    case line([UInt8])
    case again
    case signal(Int32)
  }

  /// Reads one line from the controlling terminal, else from standard input, which is a terminal. `signals` is readable
  /// when a signal has come, a byte each.
  package static func read(signals: Int32) throws(TokenProblem) -> SecretToken {
    let controlling: Descriptor?
    do throws(SystemError) {
      controlling = try Descriptor.open("/dev/tty", [.readWrite, .noControllingTerminal])
    } catch {
      controlling = nil
    }
    let prompt = TokenPrompt(terminal: controlling ?? .standardInput, signals: signals)
    defer { controlling?.close() }
    while true {
      // Suspended and continued, or changed by another program: everything is done again.
      switch try prompt.ask() {
      case .line(let bytes): return try TokenReader.token(in: bytes, origin: "The line typed")
      case .again: continue
      case .signal(let number): throw .interrupted(signal: number)
      }
    }
  }

  private func ask() throws(TokenProblem) -> Turn {
    apikeys_terminal_wait_foreground(terminal.number)
    var modes = termios()
    guard tcgetattr(terminal.number, &modes) == 0 else {
      throw .unreadable(path: "the terminal", reason: SystemError(code: errno).text)
    }
    let end = "\r\n"
    end.withCString { apikeys_terminal_guard(terminal.number, $0, end.utf8.count) }
    defer {
      tcsetattr(terminal.number, TCSANOW, &modes)
      apikeys_terminal_guard(-1, nil, 0)
    }
    var silent = modes
    silent.c_lflag &= ~tcflag_t(ECHO)
    // The end of the line is shown, so that what follows is on a line of its own.
    silent.c_lflag |= tcflag_t(ICANON | ECHONL | ISIG)
    tcsetattr(terminal.number, TCSANOW, &silent)
    write("Token: ")
    return try waitForLine()
  }

  private func waitForLine() throws(TokenProblem) -> Turn {
    var waiting = PollSet([.readable(terminal), .readable(Descriptor(signals))])
    while true {
      guard waiting.wait() == .ready else { continue }
      if waiting.isReady(1), let turn = takeSignals() { return turn }
      if waiting.isReady(0), let line = try readLine() { return .line(line) }
    }
  }

  /// What the terminal gives in one read, which is a line; nil if another reader took it.
  private func readLine() throws(TokenProblem) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: SecretToken.maximumLength + 3)
    do throws(SystemError) {
      let count = try terminal.read(into: &buffer)
      if count == 0 { write("\n") }
      return Array(buffer[..<count])
    } catch {
      guard error != .wouldBlock else { return nil }
      throw .unreadable(path: "the terminal", reason: error.text)
    }
  }

  private func takeSignals() -> Turn? {
    var turn: Turn?
    while let byte = SignalBytes.next(signals) {
      switch byte {
      case UInt8(ascii: "W"): break
      case UInt8(ascii: "C"): turn = turn ?? .again
      case UInt8(ascii: "Z"):
        suspend()
        turn = turn ?? .again
      default:
        write("\n")
        return .signal(Int32(byte))
      }
    }
    return turn
  }

  /// Stops with the terminal as the shell wants it: echo is on while the user types commands.
  private func suspend() {
    apikeys_terminal_set_guarded_modes()
    apikeys_terminal_guard_pause(true)
    write("\n")
    apikeys_signals_stop_self()
  }

  private func write(_ text: String) {
    // A terminal that is gone is seen when it is read.
    terminal.writeOnce(ignoringErrors: text)
  }
}
