extension KeySourceError {
  /// The same error with every text that a server can influence passed through `change`.
  package func mapServerText(_ change: (String) -> String) -> KeySourceError {
    switch self {
    case .status(let problem): .status(problem.mapServerText(change))
    case .unknownCompression(let coding): .unknownCompression(change(coding))
    case .wrongContentType(let type): .wrongContentType(change(type))
    case .badJSON(let reason): .badJSON(reason: change(reason))
    case .unreachable(let host, let reason): .unreachable(host: host, reason: change(reason))
    case .tlsFailed(let host, .wrongName(let names)): .tlsFailed(host: host, reason: .wrongName(names.map(change)))
    case .conflictingRecords(let count, let id): .conflictingRecords(count: count, id: change(id))
    case .placeLost(let problem): .placeLost(problem.mapServerText(change))
    case .checkFailed(let error): .checkFailed(error.mapServerText(change))
    default: self
    }
  }
}
