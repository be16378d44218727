extension KeySourceError {
  /// The same error with every text that a server had a say in passed through `change`.
  package func mapServerText(_ change: (String) -> String) -> KeySourceError {
    switch self {
    case .notAuthenticated(let message, let wasSent):
      .notAuthenticated(message: change(message), tokenWasSent: wasSent)
    case .notAllowed(let message): .notAllowed(message: change(message))
    case .rejected(let status, let message): .rejected(status: status, message: change(message))
    case .rateLimited(let seconds, let message): .rateLimited(retryAfter: seconds, message: change(message))
    case .serverFailed(let status, let message, let seconds):
      .serverFailed(status: status, message: change(message), retryAfter: seconds)
    case .redirected(let status, let target): .redirected(status: status, target: change(target))
    case .unknownCompression(let coding): .unknownCompression(change(coding))
    case .wrongContentType(let type): .wrongContentType(change(type))
    case .badJSON(let reason): .badJSON(reason: change(reason))
    case .unreachable(let host, let reason): .unreachable(host: host, reason: change(reason))
    case .tlsFailed(let host, let reason): .tlsFailed(host: host, reason: change(reason))
    case .proxyFailed(let proxy, let reason): .proxyFailed(proxy: proxy, reason: change(reason))
    case .placeLost(let status, let message): .placeLost(status: status, message: change(message))
    case .checkFailed(let error): .checkFailed(error.mapServerText(change))
    default: self
    }
  }
}
