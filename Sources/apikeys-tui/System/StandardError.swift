import SystemIO
import TerminalCore

/// Messages for the user, beside the data on standard output.
enum StandardError {
  /// Writes one line, sanitized, after the program's name.
  static func show(_ text: String) { show(DisplayText(text, charset: OutputCharset.standardError)) }
  static func show(_ text: DisplayText) { write(line: "apikeys-tui: " + text.string + "\n") }

  /// Writes text that has lines of its own, each sanitized.
  static func write(lines text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      write(line: DisplayText(String(line), charset: OutputCharset.standardError).string + "\n")
    }
  }

  private static func write(line: String) {
    // A failure of standard error cannot be reported anywhere.
    Descriptor.standardError.writeOnce(ignoringErrors: line)
  }
}
