/// Where the token of a request came from: what may be done about one that is not accepted.
package enum TokenOrigin: Equatable, Sendable {
  /// No token was sent.
  case none
  case environment
  /// Typed at a prompt, or read from standard input.
  case standardInput
  case file(path: String)
  /// The program that `--token-command` runs.
  case command(program: String)

  /// What to do about a token that the server refuses, as one sentence.
  var nextStep: String {
    switch self {
    case .none: "Give a token with APIKEYS_TOKEN, --token-file or --token-command."
    case .environment:
      "Start again with a valid APIKEYS_TOKEN; a token given with --token-file or --token-command is read again."
    case .standardInput:
      "Start again and give a valid token; one given with --token-file or --token-command is read again."
    case .file(let path): "Put a valid token into \(path): the next try reads it again."
    case .command(let program): "Make \(program) print a valid token: the next try runs it again."
    }
  }
}

/// The token of one request.
package struct TokenUse: Equatable, Sendable {
  package var origin: TokenOrigin
  /// Why it could not be read again, as a sentence; nil where it was, or was not tried.
  package var rereadProblem: String?

  package init(_ origin: TokenOrigin = .none, rereadProblem: String? = nil) {
    self.origin = origin
    self.rereadProblem = rereadProblem
  }
}
