import TerminalCore

/// What is open over the list and the detail, and where Esc goes back to.
package struct ViewStack: Sendable {
  package internal(set) var overlays: [OverlayState] = []
  /// Where Esc goes back to from a filter that a row of an overlay made, the last one first to be left.
  package internal(set) var drillDowns: [DrillDownOrigin] = []
}

/// What is being typed: a line of text, or the first keys of a chord.
package struct InputState: Sendable {
  package internal(set) var prompt: PromptState?
  package internal(set) var histories: [[String]] = [[], [], [], []]
  package internal(set) var pendingPresses: [KeyPress] = []
}

/// What the user was told.
package struct MessagesState: Sendable {
  package internal(set) var current: Message?
  package internal(set) var log: [Message] = []
  /// The message says what a command did, or is an error: it stays while the cursor moves.
  package internal(set) var outlivesMovement = false
  /// What is wrong with the list, as long as it is so: shown again when another message has left.
  package internal(set) var warning: Warning?
  /// Ctrl-C was the last key: once more leaves.
  package internal(set) var cancelWasPressed = false
}
