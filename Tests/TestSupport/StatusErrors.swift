import APIKeyClient

/// Errors by their status, for tests that have no response.
extension KeySourceError {
  package static func notAuthenticated(message: String, tokenWasSent: Bool) -> KeySourceError {
    var problem = StatusProblem(status: 401, words: message)
    problem.token = TokenUse(tokenWasSent ? .environment : .none)
    return .status(problem)
  }

  package static func notAllowed(message: String) -> KeySourceError {
    var problem = StatusProblem(status: 403, words: message)
    problem.token = TokenUse(.environment)
    return .status(problem)
  }

  package static func noSuchEndpoint(url: String) -> KeySourceError {
    var problem = StatusProblem(status: 404)
    problem.endpoint = url
    return .status(problem)
  }

  package static func rejected(status: Int, message: String) -> KeySourceError {
    .status(StatusProblem(status: status, words: message))
  }

  package static func rateLimited(retryAfter: Int?, message: String) -> KeySourceError {
    failed(429, message, retryAfter)
  }

  package static func serverFailed(status: Int, message: String, retryAfter: Int? = nil) -> KeySourceError {
    failed(status, message, retryAfter)
  }

  package static func redirected(status: Int, target: String) -> KeySourceError {
    var problem = StatusProblem(status: status)
    problem.target = target
    return .status(problem)
  }

  private static func failed(_ status: Int, _ message: String, _ retryAfter: Int?) -> KeySourceError {
    var problem = StatusProblem(status: status, words: message.isEmpty ? nil : message)
    problem.retryAfter = retryAfter
    return .status(problem)
  }
}
