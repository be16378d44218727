package import DashboardCore
import SystemIO

/// Plain mode as its loop sees it: typed lines and actions in, lines to print and effects out. Pure.
package protocol PlainDialogue {
  var state: DashboardState { get }
  /// A command waits for keys; its answer comes with an action.
  var isWaiting: Bool { get }
  /// What is printed, without a line's end, before a line is read.
  var promptText: String { get }
  /// The last answer is text to be copied: not a space of it may change.
  var isExact: Bool { get }
  /// 0, or the exit status that says why a printed list is not complete.
  var listStatus: Int32 { get }

  mutating func greet(now: Int64) -> (lines: [PlainLine], effects: [Effect])
  /// The whole list, with no prompt.
  mutating func printList(now: Int64) -> (lines: [PlainLine], effects: [Effect])
  mutating func handle(line: String, now: Int64) -> (lines: [PlainLine], effects: [Effect])
  mutating func handle(action: Action, now: Int64) -> (lines: [PlainLine], effects: [Effect])
  mutating func interrupt(now: Int64) -> (lines: [PlainLine], effects: [Effect])
  mutating func endOfInput() -> (lines: [PlainLine], effects: [Effect])
  /// What happened meanwhile, to be said before the next prompt.
  mutating func takeNotices() -> [PlainLine]

  func workBegins() -> PlainLine
  func workGoesOn() -> PlainLine
  func workEnds() -> PlainLine
}

/// The descriptors of plain mode, the one thing it asks of the process, and how often it speaks of waiting.
package struct PlainDevice: Sendable {
  package var input: Int32
  package var output: Int32
  /// Gives one byte a signal: `W`, `C` or `Z` for a new size, going on and stopping, else its number; -1 for none.
  package var signals: Int32
  /// Stops the process as a shell's Ctrl-Z does.
  package var suspend: @Sendable () -> Void
  /// Tells the process that a signal which came, by its number, does not end it.
  package var goOn: @Sendable (Int32) -> Void
  /// Milliseconds of waiting before the first line about it, and between the lines after that.
  package var progressBegins: Int64 = 1000
  package var progressRepeats: Int64 = 10_000

  package init(
    input: Int32 = 0, output: Int32 = 1, signals: Int32 = -1, suspend: @escaping @Sendable () -> Void = {},
    goOn: @escaping @Sendable (Int32) -> Void = { _ in }
  ) {
    self.input = input
    self.output = output
    self.signals = signals
    self.suspend = suspend
    self.goOn = goOn
  }

  package static func isTerminal(_ descriptor: Int32) -> Bool { Descriptor(descriptor).isTerminal }
}
