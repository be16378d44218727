package import APIKeyClient

/// Why a command can do nothing now.
package enum Unavailable: Equatable, Sendable {
  case noRows(EmptyListReason)
  case noMarks
  /// This many keys are marked.
  case notTwoMarks(Int)
  case noFilter
  case notSorted
  case nothingSearched
  case detailIsOff
  case onePaneOnly
  case listIsWhole(WholeList)
  case inputIsReadOnce
  case fileHasOneOrder
}

/// A list with nothing left to load.
package enum WholeList: Equatable, Sendable {
  /// Of a file: its keys, and what it states about them.
  case file(Int, ListProvenance)
  case loaded(unreadable: Int)
}

/// Whether a command can do anything now; if not, why.
package enum Availability: Equatable, Sendable {
  case enabled
  case disabled(Unavailable)
}
