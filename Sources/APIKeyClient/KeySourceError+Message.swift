extension KeySourceError {
  /// Seconds the server asks to wait, when it said so.
  package var retryAfter: Int? {
    switch self {
    case .rateLimited(let seconds, _), .serverFailed(_, _, let seconds): seconds
    default: nil
    }
  }

  /// What happened, as one sentence. May hold text from the network: sinks sanitise it.
  package var message: String {
    switch self {
    case .nameNotFound(let host): "The name \(host) was not found."
    case .connectionRefused(let host, let port): "\(host) refused the connection on port \(port)."
    case .unreachable(let host, let reason): "\(host) cannot be reached (\(reason))."
    case .tlsFailed(let host, let reason): "No secure connection to \(host): \(reason)."
    case .proxyFailed(let proxy, let reason): "The proxy \(proxy) did not connect (\(reason))."
    case .connectTimedOut(let host, let seconds): "\(host) did not answer the connection within \(spoken(seconds))."
    case .headTimedOut(let host, let seconds): "\(host) did not begin its answer within \(spoken(seconds))."
    case .answerTimedOut(let host, let seconds): "\(host) sent nothing for \(spoken(seconds))."
    case .requestTimedOut(let host, let seconds): "\(host) did not finish its answer within \(spoken(seconds))."
    case .connectionLost(let host): "The connection to \(host) was lost."
    case .truncatedAnswer(let host): "The answer of \(host) ended too early."
    case .foreignListener(let host, let port, let user, let userID):
      "Port \(port) of \(host) belongs to the user \(user)\(user == String(userID) ? "" : " (\(userID))"), not to you or "
        + "root, so the token was not sent."
    case .unknownListener(let host, let port, let reason):
      "It is not known who listens on port \(port) of \(host) (\(reason)), so the token was not sent."
    case .notAuthenticated(let message, let tokenWasSent):
      tokenWasSent ? "The server does not accept the token (\(message))." : "The server wants a token (\(message))."
    case .notAllowed(let message): "This token may not list keys (\(message))."
    case .noSuchEndpoint(let url): "There is no key list at \(url) (404)."
    case .rejected(let status, let message): "The server rejected the request (\(status)): \(message)."
    case .rateLimited(let seconds, _):
      seconds.map { "The server asks to wait \(spoken($0)) (429)." }
        ?? "The server asks to slow down (429)."
    case .serverFailed(let status, let message, let seconds):
      "The server failed (\(status)): \(message)" + (seconds.map { "; it asks to wait \(spoken($0))." } ?? ".")
    case .redirected(let status, let target):
      target.isEmpty
        ? "The server sends requests elsewhere (\(status)) without saying where."
        : "The server sends requests on to \(target) (\(status)), which is not followed."
    case .answeredHTML(let status, let host): "\(host) answered with a web page (\(status)): a login page or a proxy?"
    case .wrongContentType(let type): "The answer is \(type), not JSON."
    case .badJSON(let reason): "The answer is not understood: \(reason)."
    case .answerTooLarge(let limit): "The answer is larger than \(limit / 1_048_576) MiB."
    case .headTooLarge(let limit): "The header fields of the answer are larger than \(limit / 1024) KiB."
    case .unknownCompression(let coding):
      "The response is compressed with \(coding), which is not understood: only gzip was asked for."
    case .cursorIgnored(let parameter): "The server ignored `\(parameter)`: it sent the same keys again."
    case .cursorRepeated: "The server's pages go round in a circle."
    case .tooManyEmptyPages: "The server sends empty pages without end."
    case .tooManyKeys(let limit): "The limit of --max-keys, \(grouped(limit)) keys, is reached."
    case .tooMuchMemory(let limit): "The limit of --max-memory, \(limit / 1_048_576) MiB, is reached."
    case .noSuchFile(let path): "There is no file \(path)."
    case .unreadableFile(let path, let reason): "\(path) cannot be read: \(reason)."
    case .badFile(let path, let reason): "\(path) does not hold keys: \(reason)."
    case .damagedFile(let path, let reason): "\(path) is damaged: \(reason)."
    case .newerFile(let path, let format):
      "\(path) or its evidence has format \(format), which a newer version of apikeys-tui wrote: this one reads format 1."
    case .notRereadable: "Standard input cannot be read twice."
    case .tooLarge(let path, let part, let limit): "\(path): \(part) is longer than \(limit / 1_048_576) MiB."
    case .unusableCertificates(let path, let reason): "The certificates in \(path) cannot be used: \(reason)."
    case .cancelled: "Cancelled."
    }
  }

  /// What to do about it, as one sentence.
  package var nextStep: String {
    switch self {
    case .nameNotFound, .connectionRefused, .unreachable:
      "Check the address given with --url, and that the server runs."
    case .tlsFailed:
      "Check the address, and ask who runs the server; --ca-file and --ca-only name the authorities that count, --pin the keys."
    case .proxyFailed: "Check the environment variables https_proxy and no_proxy."
    case .connectTimedOut: "Check the address and the network, or wait longer with --connect-timeout."
    case .headTimedOut: "Try again, or wait longer with --answer-timeout."
    case .answerTimedOut: "Try again, or wait longer with --idle-timeout."
    case .requestTimedOut: "Try again, wait longer with --timeout, or ask for smaller pages with --page-size."
    case .connectionLost, .truncatedAnswer: "Try again."
    case .notAuthenticated: "Give a valid token with APIKEYS_TOKEN, --token-file or --token-command."
    case .notAllowed: "Use a token that has the permission api_keys.view."
    case .noSuchEndpoint: "Check the path in --url: the list is expected at /v1/api_key/ below it."
    case .rejected: "Check --page-size and the parameter names."
    case .rateLimited: "Wait, then try again."
    case .serverFailed: "Try again later, or tell the people who run the server."
    case .redirected: "Give the address that answers with --url, if you trust it."
    case .answeredHTML: "Check --url, and whether a proxy or a login stands in between."
    case .wrongContentType, .badJSON: "Check that --url names an API of this kind."
    case .answerTooLarge: "Ask for smaller pages with --page-size."
    case .headTooLarge: "Check --url, and whether a proxy stands in between."
    case .unknownCompression: "Check --url, and whether a proxy stands in between."
    case .foreignListener(_, _, let user, _):
      "Check --url; use https, or accept that user with --listener-user \(user), or anybody with --allow-http."
    case .unknownListener: "Use https, or accept whoever listens with --allow-http."
    case .cursorIgnored: "Give the server's own name for it with --after-param."
    case .cursorRepeated, .tooManyEmptyPages: "What was loaded is kept; tell the people who run the server."
    case .tooManyKeys: "Give a higher --max-keys if the server really has so many."
    case .tooMuchMemory: "Give a higher --max-memory if the machine has it."
    case .tooLarge: "Save one key a line, or give a higher --max-memory."
    case .damagedFile: "Save it again, or give another file with --from."
    case .newerFile: "Read it with the version that wrote it."
    case .noSuchFile, .unreadableFile, .badFile: "Give another file with --from."
    case .notRereadable: "Save it to a file first, and read that."
    case .unusableCertificates: "Give a file of certificates in PEM form."
    case .cancelled: "Nothing was changed."
    }
  }

  /// Set where a limit of this program ended the load: asking again brings nothing more.
  package var isLimit: Bool {
    switch self {
    case .tooManyKeys, .tooMuchMemory: true
    default: false
    }
  }

  /// The program's exit status, by sysexits.
  package var exitCode: Int32 {
    switch self {
    case .nameNotFound, .connectionRefused, .unreachable, .tlsFailed, .proxyFailed, .connectionLost, .truncatedAnswer,
      .noSuchEndpoint, .serverFailed:
      69
    case .connectTimedOut, .headTimedOut, .answerTimedOut, .requestTimedOut, .rateLimited: 75
    case .notAuthenticated, .notAllowed, .foreignListener, .unknownListener: 77
    case .rejected, .redirected, .answeredHTML, .wrongContentType, .badJSON, .answerTooLarge, .headTooLarge,
      .unknownCompression,
      .cursorIgnored,
      .cursorRepeated, .tooManyEmptyPages, .badFile, .damagedFile, .newerFile, .tooManyKeys, .tooMuchMemory, .tooLarge:
      65
    case .noSuchFile, .unreadableFile, .notRereadable, .unusableCertificates: 66
    case .cancelled: 130
    }
  }
}

/// `1 second`, `15 seconds`.
private func spoken(_ seconds: Int) -> String { seconds == 1 ? "1 second" : "\(seconds) seconds" }

/// `10,000,000`
private func grouped(_ number: Int) -> String {
  var text = "\(number % 1000)"
  var rest = number / 1000
  while rest > 0 {
    text = "\(rest % 1000)," + String(repeating: "0", count: 3 - text.prefix { $0 != "," }.count) + text
    rest /= 1000
  }
  return text
}
