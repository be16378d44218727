package import APIKeyClient
package import KeyTable

/// Notices about the filter and the order.
package enum QueryNotice: Equatable, Sendable {
  case searching
  /// The result of a query in one sentence, and what is doubtful about it.
  case result(QueryResult, doubt: FilterDoubt?)
  /// The filter being typed; the one before it stays applied.
  case mistake(FilterError)
  /// A filter that came with a command.
  case refused(FilterError)
  case doubt(FilterDoubt)
  case refusedSort(SortProblem)
  case order(ListOrder)
  case notAnOrder

  var traits: NoticeTraits {
    switch self {
    case .searching, .result, .order: .result
    case .mistake: .error(about: .filter)
    case .refused, .refusedSort, .notAnOrder: .error(statesOutcome: true)
    case .doubt(let doubt):
      switch doubt.kind {
      case .hint: .result(about: .filter)
      case .mistake: .error(about: .filter, statesOutcome: true)
      case .ambiguous: .error(1, about: .filter, statesOutcome: true)
      }
    }
  }

  var sentence: String {
    switch self {
    case .searching: QueryText.searching
    case .result(let result, let doubt):
      ([QueryText.result(result)] + (doubt.map { [$0.sentence] } ?? [])).joined(separator: " ")
    case .mistake(let error): error.sentence
    case .refused(let error): CommandText.nothingChanged(error.sentence)
    case .doubt(let doubt): doubt.sentence
    case .refusedSort(let problem): CommandText.nothingChanged(problem.sentence)
    case .order(let order): order == .descending ? QueryText.newestFirst : QueryText.oldestFirst
    case .notAnOrder: QueryText.notAnOrder
    }
  }
}

/// How many keys a query found.
package struct QueryResult: Equatable, Sendable {
  let matching: Int
  let keys: LoadedKeys
  /// Nil where there is no filter.
  let filter: String?
  /// Nil for the server's order.
  let order: OrderFact?
}
