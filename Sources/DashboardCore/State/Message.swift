/// One line for the user on the message row; kept until the next one, or until what it says is no
/// longer true.
package struct Message: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case note
    case error
  }

  /// What a message is about where a later success makes it untrue.
  package enum Topic: Equatable, Sendable {
    case filter
    case find
    case marks
    case load
    /// Where the cursor is.
    case place
    /// What differs after the list was read again.
    case changes
    /// The place, the filter and the completeness in words, as they are now.
    case status
    /// What was odd about the keys that came.
    case flaw
    /// What stopped the load.
    case failure
    /// The source that was lost is there again.
    case sourceIsBack
  }

  package let kind: Kind
  /// Full sentences; not yet safe to print, view models sanitise it.
  package let text: String
  /// Seconds since the epoch.
  package let time: Int64
  /// The exit status by which a script hears of an error (sysexits); 0 for a note.
  package let exitCode: Int32
  package let topic: Topic?
  /// The text of an error says itself what was changed; where it does not, nothing was.
  package let saysOutcome: Bool
  /// `text` without what is said once.
  private let lastingText: String

  /// An error without a status of its own is one of usage. `saidOnce` stands before the text the first time: where the
  /// text comes back because it is still true, that does not.
  package init(
    _ kind: Kind, _ text: String, at time: Int64, exitCode: Int32 = 64, topic: Topic? = nil, saysOutcome: Bool = false,
    saidOnce: String = ""
  ) {
    self.kind = kind
    self.text = saidOnce + text
    lastingText = text
    self.time = time
    self.exitCode = kind == .error ? exitCode : 0
    self.topic = topic
    self.saysOutcome = saysOutcome
  }

  /// The message without what is said once.
  var lasting: Message {
    Message(kind, lastingText, at: time, exitCode: exitCode, topic: topic, saysOutcome: saysOutcome)
  }
}
