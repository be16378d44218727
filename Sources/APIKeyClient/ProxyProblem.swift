/// Why there is no way through a proxy: a cause each, with its own words and next step.
package enum ProxyProblem: Equatable, Sendable {
  case nameNotFound
  case refused
  case noRoute
  case unreachable
  case tooLate
  case closed
  case lost
  case responseTooLong
  case notHTTP
  /// It sent more than its own response.
  case speaksForServer
  /// 407; whether a user name and a password were sent.
  case wantsPassword(userWasSent: Bool)
  case refusedTunnel(status: Int)

  /// Words in parentheses after "The proxy HOST did not connect".
  package var text: String {
    switch self {
    case .nameNotFound: "its name was not found"
    case .refused: "it refused the connection"
    case .noRoute: "there is no route to it"
    case .unreachable: "it cannot be reached"
    case .tooLate: "it did not answer in time"
    case .closed: "it closed the connection"
    case .lost: "the connection to it was lost"
    case .responseTooLong: "its response is too long"
    case .notHTTP: "it does not speak HTTP"
    case .speaksForServer: "it speaks for the server"
    case .wantsPassword(false): "it wants a user name and password"
    case .wantsPassword(true): "it does not accept the user name and password"
    case .refusedTunnel(let status): "it did not open a tunnel (\(status))"
    }
  }

  /// What to do about it, as one sentence.
  package var nextStep: String {
    switch self {
    case .wantsPassword(false): "Give them in the environment: https_proxy=http://user:password@proxy:port."
    case .wantsPassword(true):
      "Check the user name and the password in https_proxy; special characters are written %XX."
    case .refusedTunnel:
      "Ask who runs the proxy to allow this host and port, or name the host in no_proxy to go without it."
    case .notHTTP, .responseTooLong, .speaksForServer:
      "Check the port in https_proxy: the proxy must speak HTTP there."
    case .tooLate: "Check https_proxy, or wait longer with --connect-timeout."
    case .nameNotFound, .refused, .noRoute, .unreachable, .closed, .lost:
      "Check the environment variables https_proxy and no_proxy."
    }
  }
}
