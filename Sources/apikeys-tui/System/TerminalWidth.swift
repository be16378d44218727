import CTerminalSupport
import Glibc

/// How wide the terminal is that output goes to.
enum TerminalWidth {
  /// In cells; nil where standard output is no terminal, or has no size.
  static var ofStandardOutput: Int? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard isatty(STDOUT_FILENO) != 0, apikeys_terminal_size(STDOUT_FILENO, &columns, &rows) else { return nil }
    return Int(columns)
  }
}
