import KeyTable

/// Why a typed line is no command, in sentences.
extension CommandProblem {
  /// What is wrong; where ``statesOutcome`` is set, also that nothing was changed.
  package var reason: String {
    switch self {
    case .nothingTyped: CommandText.typeACommand
    case .unknownName(let name, let near): CommandText.notACommand(name, near: near)
    case .takesNothing(let id): CommandText.takesNothing(id.rawValue)
    case .needsArgument(let id, let label): CommandText.needs(id.rawValue, label)
    case .notAFilter(let error): CommandText.nothingChanged(error.sentence)
    case .goneCannotBeMarked: CommandText.nothingChanged(ChangeText.goneCannotBeMarked)
    case .notASortOrder(let problem): CommandText.nothingChanged(problem.sentence)
    case .notAServerOrder: QueryText.notAnOrder
    case .notAColumn(let typed): SettingText.notAColumn(typed)
    case .notACopyTarget(let typed): OutputText.notAField(typed)
    case .notASetting: SettingText.notASetting
    case .notTwoKeys: MarkText.comparisonNeedsTwo
    }
  }

  /// What to do, if the reason does not contain it.
  package var advice: String? {
    if case .unknownName = self { CommandText.helpAdvice } else { nil }
  }

  package var sentence: String { advice.map { "\(reason) \($0)" } ?? reason }

  /// The reason states that nothing was changed.
  package var statesOutcome: Bool {
    switch self {
    case .nothingTyped, .unknownName, .takesNothing, .needsArgument: false
    default: true
    }
  }

  /// What is wrong with a line that is still being typed.
  var preview: String {
    if case .notASortOrder(let problem) = self { problem.sentence } else { sentence }
  }
}
