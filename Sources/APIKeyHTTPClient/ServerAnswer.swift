import APIKeyClient
import APIKeyWire

/// Reads answers that are not a page: decides by the HTTP status, shows the server's own words.
enum ServerAnswer {
  static func error(
    status: Int, body: inout [UInt8], retryAfter: String?, decoder: PageDecoder, host: String, endpoint: String,
    tokenWasSent: Bool
  ) -> KeySourceError {
    if isHTML(body), status != 429, status < 500 { return .answeredHTML(status: status, host: host) }
    let message = trimmed(decoder.errorMessage(&body) ?? statusText(status, body))
    switch status {
    case 401: return .notAuthenticated(message: message, tokenWasSent: tokenWasSent)
    case 403:
      return message.lowercased().contains("not authenticated")
        ? .notAuthenticated(message: message, tokenWasSent: tokenWasSent) : .notAllowed(message: message)
    case 404: return .noSuchEndpoint(url: endpoint)
    case 429: return .rateLimited(retryAfter: retryAfter.flatMap(seconds), message: message)
    case 500...:
      return .serverFailed(status: status, message: message, retryAfter: retryAfter.flatMap(seconds))
    default: return .rejected(status: status, message: message)
    }
  }

  static func isHTML(_ body: [UInt8]) -> Bool {
    let start = String(decoding: body.prefix(200).drop { $0 <= 0x20 || $0 >= 0x80 }, as: UTF8.self).lowercased()
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.hasPrefix("<head")
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
    return text
  }

  /// The status in words, and the first 200 printable characters of the body.
  private static func statusText(_ status: Int, _ body: [UInt8]) -> String {
    let text = String(decoding: body.prefix(800), as: UTF8.self).unicodeScalars
      .filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(200)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text)
    return view.isEmpty || isHTML(body) ? "status \(status)" : String(view)
  }

  /// Seconds of a `Retry-After`, a day at most; a date is counted from now. Nil where it is neither.
  private static func seconds(_ text: String) -> Int? {
    let digits = text.trimmingSpaces
    if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return min(Int(digits) ?? 86_400, 86_400)
    }
    return HTTPDate.secondsFromNow(digits).map { min($0, 86_400) }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
