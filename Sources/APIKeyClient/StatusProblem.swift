/// A response that is no page of keys, by its status: what is known of it. ``StatusMeaning`` explains it.
package struct StatusProblem: Equatable, Sendable {
  /// What the body was.
  package enum Body: Equatable, Sendable {
    case empty
    case webPage
    case other(bytes: Int, type: String)
    /// Compressed in a way that is not known.
    case compressed(String)
  }

  /// A parameter of the request, whatever the server calls it.
  package enum Parameter: Sendable, CaseIterable { case limit, order, after }

  package var status: Int
  /// The server's own words: bounded, on one line, without the token, not yet sanitized. Nil where it has none.
  package var words: String?
  package var body = Body.empty
  package var position = PagePosition.first
  package var host = ""
  /// The address that was asked for.
  package var endpoint = ""
  package var token = TokenUse()
  /// Set if the token is the cause: 401, and others that report it.
  package var isAboutToken = false
  /// The way to authenticate that the server asks for, where it is not a bearer token: `Basic`.
  package var challenge: String?
  /// Seconds the server asks to wait.
  package var retryAfter: Int?
  /// The target of a redirect; empty if it has none.
  package var target = ""
  /// The parameter that the server's words name.
  package var parameter: Parameter?

  package init(status: Int, words: String? = nil) {
    self.status = status
    self.words = words
    isAboutToken = status == 401
  }

  /// The statuses that servers send for a request whose cursor they no longer know.
  package static let lostPlaceStatuses: Set<Int> = [400, 404, 410, 422]

  /// Set where the cursor is likely to be the cause: the key that the page starts after may be gone.
  package var isLostPlace: Bool {
    position != .first && !isAboutToken && StatusProblem.lostPlaceStatuses.contains(status)
  }

  var meaning: StatusMeaning { StatusMeaning.of(self) }

  /// What happened, as one sentence.
  var message: String {
    let kind = body == .webPage ? ", a web page of \(host)" : ""
    var text = "\(meaning.what) (\(status)\(kind))\(position.words)"
    if let words {
      text += ": \(words)"
    } else {
      switch body {
      case .empty, .webPage: break
      case .other(let bytes, let type):
        text +=
          "; the response, \(bytes == 1 ? "1 byte" : "\(grouped(bytes)) bytes")"
          + "\(type.isEmpty ? "" : " of \(type)"), holds no error message"
      case .compressed(let coding): text += "; the response is compressed with \(coding), which is not understood"
      }
    }
    if let retryAfter, status != 429 { text += "; it asks to wait \(spoken(retryAfter))" }
    if let last = text.last, ".!?…".contains(last) { return text }
    return text + "."
  }

  var nextStep: String {
    guard let problem = token.rereadProblem, isAboutToken else { return meaning.nextStep }
    return "\(problem) \(meaning.nextStep)"
  }

  /// The same with every text that a server can influence passed through `change`.
  func mapServerText(_ change: (String) -> String) -> StatusProblem {
    var copy = self
    copy.words = words.map(change)
    copy.target = change(target)
    copy.challenge = challenge.map(change)
    switch body {
    case .other(let bytes, let type): copy.body = .other(bytes: bytes, type: change(type))
    case .compressed(let coding): copy.body = .compressed(change(coding))
    case .empty, .webPage: break
    }
    return copy
  }
}
