/// What happened while the program waited for its terminal.
package struct TerminalEvents: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }
  package static let input = TerminalEvents(rawValue: 1)
  package static let wake = TerminalEvents(rawValue: 2)
  package static let resized = TerminalEvents(rawValue: 4)
  /// The process was stopped and continues: everything must be redrawn.
  package static let resumed = TerminalEvents(rawValue: 8)
  /// The terminal is gone.
  package static let hangup = TerminalEvents(rawValue: 16)
  /// A signal asks the program to end.
  package static let terminate = TerminalEvents(rawValue: 32)
  /// Ctrl-Z arrived as a signal from outside.
  package static let stop = TerminalEvents(rawValue: 64)
}
