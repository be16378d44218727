import APIKeyModel

/// What a status means: the beginning of its sentence, the next step, and the exit status. The one table of them;
/// docs/errors.md is made from it.
struct StatusMeaning {
  /// A sentence without its end: the status, the position and the server's words follow.
  let what: String
  let nextStep: String
  let exitStatus: ProgramStatus

  init(_ what: String, _ nextStep: String, _ exitStatus: ProgramStatus) {
    self.what = what
    self.nextStep = nextStep
    self.exitStatus = exitStatus
  }

  static func of(_ problem: StatusProblem) -> StatusMeaning {
    if problem.isAboutToken { return token(problem) }
    if problem.isLostPlace {
      return StatusMeaning(
        "The place in the list was lost",
        "Read the list again from the start: the key that the page starts after was probably deleted.", .tryLater)
    }
    switch problem.status {
    case 400, 422:
      if problem.body != .webPage { return StatusMeaning(rejects, parameterStep(problem.parameter), .badData) }
    case 403: return permission(problem)
    case 404: return StatusMeaning("There is no key list at \(problem.endpoint)", pathStep, .unavailable)
    case 410:
      return StatusMeaning(
        "The key list at \(problem.endpoint) is gone for good",
        "Check the path in --url, and ask who runs the server where the list is now.", .unavailable)
    case 421: return StatusMeaning("The server does not answer for the host \(problem.host)", hostStep, .unavailable)
    case 426: return upgrade(problem)
    case 429:
      let what = problem.retryAfter.map { "The server asks to wait \(spoken($0))" } ?? "The server asks to slow down"
      return StatusMeaning(what, "Wait, then try again.", .tryLater)
    case 300..<400 where problem.status != 304: return redirect(problem)
    default: break
    }
    let meaning = table[problem.status] ?? other(problem.status)
    // A web page with an odd status is seldom the server's own.
    guard problem.body == .webPage, table[problem.status] == nil, problem.status < 500 else { return meaning }
    return StatusMeaning(meaning.what, webPageStep, meaning.exitStatus)
  }

  private static let rejects = "The server rejected the request"
  private static let fails = "The server failed"
  private static let pathStep = "Check the path in --url: the list is expected at /v1/api_key/ below it."
  private static let hostStep = "Check the host in --url, and the proxy if there is one."
  private static let webPageStep = "Check --url, and whether a proxy or a login stands in between."
  private static let laterStep = "Try again later, or tell the people who run the server."
  private static let nothingHere = "Check --url, and whether a proxy or a cache stands in between."

  /// The statuses whose meaning depends on nothing else.
  private static let table: [Int: StatusMeaning] = [
    204: StatusMeaning("There is no list in the response, which is empty", nothingHere, .badData),
    205: StatusMeaning("There is no list in the response, which is empty", nothingHere, .badData),
    206: StatusMeaning("The server sent a part of the response, and a part is no list", nothingHere, .badData),
    304: StatusMeaning(
      "There is no list in the response: nothing has changed since an earlier one", nothingHere, .badData),
    402: StatusMeaning(
      "The server wants a payment first", "Check the plan and the invoices of the account.", .noPermission),
    405: StatusMeaning("The server does not let this address be read", pathStep, .unavailable),
    406: StatusMeaning("The server has no JSON at this address", pathStep, .unavailable),
    407: StatusMeaning(
      "A proxy wants a user name and password",
      "Give them in the environment: https_proxy=http://user:password@proxy:port.", .noPermission),
    408: StatusMeaning("The server waited too long for the request", "Wait a moment, then try again.", .tryLater),
    409: StatusMeaning("The list is being changed by another request", "Wait a moment, then try again.", .tryLater),
    413: StatusMeaning("The server finds the request too large", "Ask for smaller pages with --page-size.", .badData),
    414: StatusMeaning(
      "The server finds the address of the request too long",
      "Ask for smaller pages with --page-size, and check the path in --url.", .badData),
    423: StatusMeaning("The list is locked", "Try again later, or ask who locked it.", .tryLater),
    425: StatusMeaning("The server finds the request too early", "Wait a moment, then try again.", .tryLater),
    431: StatusMeaning(
      "The server finds the headers of the request too large",
      "Check the token: it is the only header that can be long.", .badData),
    451: StatusMeaning(
      "The server may not show the list, for legal reasons", "Ask who runs the server; trying again does not help.",
      .noPermission),
    500: StatusMeaning(fails, laterStep, .unavailable),
    501: StatusMeaning(
      "The server cannot do what was asked", "Check the path in --url, and whether this server has a key list.",
      .unavailable),
    502: StatusMeaning("A gateway got no valid response from the server behind it", laterStep, .unavailable),
    503: StatusMeaning("The server is not available now", laterStep, .unavailable),
    504: StatusMeaning(
      "A gateway waited too long for the server behind it",
      "Try again later, or ask for smaller pages with --page-size.",
      .unavailable),
    505: StatusMeaning("The server does not speak HTTP/1.1", hostStep, .unavailable),
    507: StatusMeaning("The server has no room left", "Tell the people who run the server.", .unavailable),
    508: StatusMeaning(
      "The server found a loop while it made the list", "Tell the people who run the server.", .unavailable),
    511: StatusMeaning(
      "The network wants you to sign in first", "Open any page in a web browser, sign in there, then try again.",
      .unavailable),
  ]

  private static func other(_ status: Int) -> StatusMeaning {
    switch status {
    case 200..<300:
      StatusMeaning("The server sent an error where a list was asked for", "Check the token and --url.", .badData)
    case 400..<500: StatusMeaning(rejects, "Check --url, and ask who runs the server what it wants.", .badData)
    default: StatusMeaning(fails, laterStep, .unavailable)
    }
  }

  private static func token(_ problem: StatusProblem) -> StatusMeaning {
    let what = problem.token.origin == .none ? "The server wants a token" : "The server does not accept the token"
    guard let challenge = problem.challenge else {
      return StatusMeaning(what, problem.token.origin.nextStep, .noPermission)
    }
    return StatusMeaning(
      what, "It asks for \(challenge) authentication, and this program sends bearer tokens only: check --url.",
      .noPermission)
  }

  private static func permission(_ problem: StatusProblem) -> StatusMeaning {
    if problem.token.origin == .none {
      return StatusMeaning(
        "The server does not list keys without a token", problem.token.origin.nextStep, .noPermission)
    }
    let step =
      switch (problem.body, problem.words) {
      case (.webPage, _):
        "Check whether a firewall or a proxy refused it; else use a token that has the permission api_keys.view."
      case (_, nil): "Use a token that has the permission api_keys.view."
      case (_, _?):
        "If that is about permissions, use a token that has the permission api_keys.view; else ask who runs the server."
      }
    return StatusMeaning("This token may not list keys", step, .noPermission)
  }

  private static func parameterStep(_ parameter: StatusProblem.Parameter?) -> String {
    switch parameter {
    case .limit: "Give another --page-size, or the server's own name for the parameter with --limit-param."
    case .order: "Give another --order, or the server's own name for the parameter with --order-param."
    case .after: "Give the server's own name for the parameter with --after-param."
    case nil: "Check --page-size, and the names of the parameters: --limit-param, --order-param, --after-param."
    }
  }

  private static func upgrade(_ problem: StatusProblem) -> StatusMeaning {
    let step =
      problem.endpoint.hasPrefix("http:")
      ? "Give an address that begins with https:// with --url."
      : "This program speaks HTTP/1.1 over TLS 1.2 and 1.3: ask who runs the server for an address that takes it."
    return StatusMeaning("The server wants another protocol", step, .unavailable)
  }

  private static func redirect(_ problem: StatusProblem) -> StatusMeaning {
    let what =
      problem.target.isEmpty
      ? "The server sends requests elsewhere without saying where"
      : "The server sends requests on to \(problem.target), which is not followed"
    return StatusMeaning(what, "Give the address that answers with --url, if you trust it.", .badData)
  }
}

/// `1 second`, `15 seconds`.
func spoken(_ seconds: Int) -> String { seconds == 1 ? "1 second" : "\(grouped(seconds)) seconds" }

/// `10,000,000`
func grouped(_ number: Int) -> String {
  var text = "\(number % 1000)"
  var rest = number / 1000
  while rest > 0 {
    text = "\(rest % 1000)," + String(repeating: "0", count: 3 - text.prefix { $0 != "," }.count) + text
    rest /= 1000
  }
  return text
}
