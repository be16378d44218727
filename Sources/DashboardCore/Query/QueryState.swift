package import KeyTable

/// Identifies one evaluation of the query; a result that comes after a newer query is dropped.
package struct EvaluationID: Hashable, Sendable {
  package let number: Int
}

/// The filter, and the rows that match it.
///
/// Invariants: ``visible`` holds row numbers of one table, that of the list or that of the keys that are gone, as the
/// filter asks; a filter that asks for the other table empties it. At most one evaluation runs. ``searched`` never
/// passes the number of rows of the table as it was when the evaluation began.
package struct QueryState: Sendable {
  package private(set) var filter = Filter.none
  /// What is doubtful about the filter, once every key was searched.
  package private(set) var doubt: FilterDoubt?
  /// The rows shown, in order, as row numbers of the table.
  package private(set) var visible = RowList(count: 0) {
    didSet { revision &+= 1 }
  }
  /// Another number whenever the rows shown, or the table that they are of, may be others.
  package private(set) var revision = 0
  /// How many of the table's rows ``visible`` covers.
  package private(set) var searched = 0
  /// The evaluation that runs; nil when none does.
  package private(set) var evaluation: EvaluationID?
  private var nextEvaluation = 0
  /// Set when the table grew or the query changed while an evaluation ran.
  private var isEvaluationStale = false

  package init() {}

  /// Whether ``visible`` is the final result over a table of so many rows.
  package func covers(rowCount: Int) -> Bool { evaluation == nil && searched == rowCount }

  /// Takes another filter. The rows stay until those of the new filter are here, unless they are of the other table.
  mutating func begin(_ newFilter: Filter) {
    let isOtherTable = newFilter.asksForGone != filter.asksForGone
    filter = newFilter
    if isOtherTable { clearRows() }
  }

  /// The filter or the sort changed: the evaluation that runs is of no use, nor is what was doubtful.
  mutating func queryChanged() {
    cancelEvaluation()
    doubt = nil
  }

  /// The result of the evaluation that runs will be dropped.
  mutating func cancelEvaluation() {
    evaluation = nil
    isEvaluationStale = false
  }

  /// Begins an evaluation. Nil where one runs already: another one is due when it ends.
  mutating func evaluationStarted() -> EvaluationID? {
    guard evaluation == nil else {
      isEvaluationStale = true
      return nil
    }
    isEvaluationStale = false
    nextEvaluation += 1
    let id = EvaluationID(number: nextEvaluation)
    evaluation = id
    return id
  }

  /// Ends an evaluation and shows its rows; false, and nothing changes, where another one or none is expected.
  mutating func take(_ rows: RowList, searched count: Int, of id: EvaluationID) -> Bool {
    guard evaluation == id else { return false }
    evaluation = nil
    show(rows, searched: count)
    return true
  }

  /// Whether the rows do not cover a table of so many rows, or something changed while they were searched.
  func isOutdated(rowCount: Int) -> Bool { isEvaluationStale || searched < rowCount }

  /// The table's keys are others, though the rows may be the same numbers.
  mutating func noteOtherKeys() { revision &+= 1 }

  mutating func show(_ rows: RowList, searched count: Int) {
    visible = rows
    searched = count
  }

  /// No row is shown until the next evaluation; the one that runs is dropped.
  mutating func clearRows() {
    show(RowList(count: 0), searched: 0)
    cancelEvaluation()
  }

  /// Takes what is doubtful about the filter; false where that was known.
  mutating func setDoubt(_ found: FilterDoubt?) -> Bool {
    guard found != doubt else { return false }
    doubt = found
    return true
  }
}
