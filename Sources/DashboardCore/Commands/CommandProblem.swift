package import KeyTable

/// Why a typed line is no command. Its sentences are in ``CommandProblem/sentence``; the exit code is always 64.
package enum CommandProblem: Error, Equatable, Sendable {
  case nothingTyped
  /// `near` are names like it.
  case unknownName(String, near: [String])
  case takesNothing(CommandID)
  /// The label of the argument that is missing.
  case needsArgument(CommandID, String)
  case notAFilter(FilterError)
  case goneCannotBeMarked
  case notASortOrder(SortProblem)
  case notAServerOrder
  case notAColumn(String)
  case notACopyTarget(String)
  case notASetting
  case notTwoKeys
}
