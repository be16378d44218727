/// What a notice is to the program, apart from its sentence.
package struct NoticeTraits: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case note
    case error
  }

  /// What a notice is about where a later success makes it untrue.
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

  /// When the next action of the user takes the message off the screen.
  package enum Lifetime: Equatable, Sendable {
    /// Refusals, and what is true of one place: with any action that does something, a movement included.
    case action
    /// Errors and results: with an action that is more than a movement.
    case command
  }

  package var kind: Kind
  /// The exit status by which a script hears of an error (sysexits); 0 for a note.
  package var exitCode: Int32
  package var topic: Topic?
  package var lifetime: Lifetime
  /// The sentence itself states what was changed; where it does not, nothing was.
  package var statesOutcome: Bool

  /// Nothing could be done, and nothing is wrong.
  static let refusal = NoticeTraits(kind: .note, exitCode: 0, lifetime: .action, statesOutcome: false)
  /// What a command or a load did.
  static let result = NoticeTraits(kind: .note, exitCode: 0, lifetime: .command, statesOutcome: false)

  static func refusal(about topic: Topic) -> NoticeTraits { refusal.about(topic) }
  static func result(about topic: Topic) -> NoticeTraits { result.about(topic) }

  /// `exitCode` as in sysexits; one of usage unless given.
  static func error(_ exitCode: Int32 = 64, about topic: Topic? = nil, statesOutcome: Bool = false) -> NoticeTraits {
    NoticeTraits(
      kind: .error, exitCode: exitCode, topic: topic, lifetime: .command, statesOutcome: statesOutcome)
  }

  private func about(_ topic: Topic) -> NoticeTraits {
    var traits = self
    traits.topic = topic
    return traits
  }
}
