package import KeyTable

/// Which rows an evaluation looks at.
enum EvaluationScope: Equatable, Sendable {
  case wholeTable
  /// The table grew: only these rows are new, and they go to the end.
  case newRows(from: Int)
}

/// One run of the query with all that it reads, so that it can go beside the loop while the table grows.
package struct Evaluation: Equatable, Sendable {
  package let id: EvaluationID
  package let query: KeyQuery
  /// As it was when the evaluation began. Without its indexes by id, which go on growing in place.
  package let table: KeyTable
  package let context: FilterContext
  /// Rows known to match, and the first row that was not searched; nil where every row is looked at.
  package let known: (rows: RowList, firstNewRow: Int)?

  /// The rows that match, in order; nil where the evaluation was cancelled.
  package func rows(isCancelled: @escaping @Sendable () -> Bool = { false }) -> RowList? {
    guard let known else { return table.rows(matching: query, context: context, isCancelled: isCancelled) }
    return table.extend(
      known.rows, from: known.firstNewRow, matching: query, context: context, isCancelled: isCancelled)
  }

  /// The same with every core, where there is more than a little to do.
  package func rowsConcurrently() async -> RowList? {
    guard known == nil else { return rows(isCancelled: { Task.isCancelled }) }
    return await table.rowsConcurrently(matching: query, context: context)
  }

  /// Ids are given once: the same id is the same run.
  package static func == (one: Evaluation, other: Evaluation) -> Bool { one.id == other.id }
}
