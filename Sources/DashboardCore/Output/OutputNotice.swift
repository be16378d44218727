package import APIKeyClient
package import APIKeyModel

/// Notices about copying and exporting.
package enum OutputNotice: Equatable, Sendable {
  /// `isExact` is false where the text was sanitized.
  case sent(CopyTarget, isExact: Bool)
  case notAField(String)
  case nothingToCopy(FieldState)
  case tooLongForClipboard
  case wrote(ExportOutcome)
  case failed(ExportProblem)
  case nothingWritten
  /// So many records could not be read.
  case someUnreadable(Int)
  /// So many keys are loaded, and the rest is on its way.
  case loadingTheRest(Int)
  /// So many keys are loaded, and nothing loads the rest.
  case loadFirst(Int)
  /// Why a list that was read to its end is not whole.
  case notWhole(KeySourceError)

  var traits: NoticeTraits {
    switch self {
    case .sent, .wrote, .nothingWritten: .result
    case .nothingToCopy: .refusal
    case .notAField, .tooLongForClipboard: .error(statesOutcome: true)
    case .failed(let problem): .error(problem.exitCode, statesOutcome: problem.saysOutcome)
    case .someUnreadable: .error(65, statesOutcome: true)
    case .loadingTheRest: .error(75, about: .load, statesOutcome: true)
    case .loadFirst: .error(75)
    case .notWhole(let error): .error(error.exitCode, statesOutcome: true)
    }
  }

  func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .sent(let target, let isExact): OutputText.sent(target, isExact: isExact, wording)
    case .notAField(let typed): OutputText.notAField(typed)
    case .nothingToCopy(let state): OutputText.nothingToCopy(state)
    case .tooLongForClipboard: OutputText.tooLong(wording)
    case .wrote(let outcome): OutputText.wrote(outcome)
    case .failed(let problem): problem.sentence
    case .nothingWritten: OutputText.nothingWritten
    case .someUnreadable(let count): OutputText.someUnreadable(count)
    case .loadingTheRest(let count): OutputText.loadingTheRest(count, wording)
    case .loadFirst(let count): OutputText.loadFirst(count, wording)
    case .notWhole(let error): OutputText.notWhole(error)
    }
  }
}
