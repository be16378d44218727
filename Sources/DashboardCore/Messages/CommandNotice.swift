package import TerminalCore

/// Notices about commands as such: keys and words that do nothing, and leaving.
package enum CommandNotice: Equatable, Sendable {
  case notUnderstood(CommandProblem)
  /// The command can do nothing now, for this reason.
  case unavailable(Unavailable)
  /// The same where the command came with an argument: an error.
  case refused(Unavailable)
  case keyDoesNothing(KeyChord)
  case commandDoesNothing(CommandID)
  case pasteIsNoKeys
  case nothingToCancel
  case nothingToComplete

  var traits: NoticeTraits {
    switch self {
    case .notUnderstood(let problem): .error(statesOutcome: problem.statesOutcome)
    case .refused: .error(statesOutcome: true)
    case .unavailable(.noMarks), .unavailable(.notTwoMarks): .refusal(about: .marks)
    case .unavailable, .keyDoesNothing, .commandDoesNothing, .pasteIsNoKeys, .nothingToCancel, .nothingToComplete:
      .refusal
    }
  }

  func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .notUnderstood(let problem): problem.sentence
    case .unavailable(let reason): reason.sentence(wording)
    case .refused(let reason): CommandText.nothingChanged(reason.sentence(wording))
    case .keyDoesNothing(let chord): CommandText.doesNothing(chord.label, wording)
    case .commandDoesNothing(let id): CommandText.doesNothing(id, wording)
    case .pasteIsNoKeys: CommandText.pasteIsNoKeys(wording)
    case .nothingToCancel: CommandText.nothingToCancel(wording)
    case .nothingToComplete: CommandText.nothingToComplete
    }
  }
}
