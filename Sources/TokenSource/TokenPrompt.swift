import APIKeyModel
import CTerminalSupport
import Glibc

/// Asks for the token at the terminal, without showing what is typed.
///
/// The terminal's modes are brought back on every way out: an answer, the end of input, Ctrl-C, Ctrl-Z and going on, a
/// signal, a crash.
package struct TokenPrompt {
  private let terminal: Int32
  private let ownsTerminal: Bool
  private let signals: Int32

  private enum Turn {
    case line([UInt8])
    case again
    case signal(Int32)
  }

  /// Reads one line from the controlling terminal, else from standard input, which is a terminal. `signals` is readable
  /// when a signal has come, a byte each.
  package static func read(signals: Int32) throws(TokenProblem) -> SecretToken {
    let controlling = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    let prompt = TokenPrompt(
      terminal: controlling >= 0 ? controlling : STDIN_FILENO, ownsTerminal: controlling >= 0, signals: signals)
    defer { if prompt.ownsTerminal { close(prompt.terminal) } }
    while true {
      // Suspended and gone on, or changed by somebody else: everything is done anew.
      switch try prompt.ask() {
      case .line(let bytes): return try TokenReader.token(in: bytes, origin: "The line typed")
      case .again: continue
      case .signal(let number): throw .interrupted(signal: number)
      }
    }
  }

  private func ask() throws(TokenProblem) -> Turn {
    apikeys_terminal_wait_foreground(terminal)
    var modes = termios()
    guard tcgetattr(terminal, &modes) == 0 else {
      throw .unreadable(path: "the terminal", reason: TokenReader.reason(errno))
    }
    let end = "\r\n"
    end.withCString { apikeys_terminal_guard(terminal, $0, end.utf8.count) }
    defer {
      tcsetattr(terminal, TCSANOW, &modes)
      apikeys_terminal_guard(-1, nil, 0)
    }
    var silent = modes
    silent.c_lflag &= ~tcflag_t(ECHO)
    // The end of the line is shown, so that what follows stands on a line of its own.
    silent.c_lflag |= tcflag_t(ICANON | ECHONL | ISIG)
    tcsetattr(terminal, TCSANOW, &silent)
    write("Token: ")
    return try waitForLine()
  }

  private func waitForLine() throws(TokenProblem) -> Turn {
    while true {
      var waiting = [
        pollfd(fd: terminal, events: Int16(POLLIN), revents: 0), pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waiting, nfds_t(waiting.count), -1) > 0 else { continue }
      if waiting[1].revents != 0, let turn = takeSignals() { return turn }
      if waiting[0].revents != 0 {
        var buffer = [UInt8](repeating: 0, count: SecretToken.maximumLength + 3)
        let count = systemRead(terminal, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count >= 0 else { throw .unreadable(path: "the terminal", reason: TokenReader.reason(errno)) }
        if count == 0 { write("\n") }
        return .line(Array(buffer[..<count]))
      }
    }
  }

  private func takeSignals() -> Turn? {
    var byte: UInt8 = 0
    var turn: Turn?
    while systemRead(signals, &byte, 1) == 1 {
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

  /// Stops with the terminal as the shell wants it: echo is on while somebody types commands.
  private func suspend() {
    apikeys_terminal_set_guarded_modes()
    apikeys_terminal_guard_pause(true)
    write("\n")
    apikeys_signals_stop_self()
  }

  private func write(_ text: String) {
    var text = text
    // A terminal that is gone is seen when it is read.
    text.withUTF8 { _ = Glibc.write(terminal, $0.baseAddress, $0.count) }
  }
}
