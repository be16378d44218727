import APIKeyClient
import APIKeyWire

/// Reads answers that are not a page: decides by the HTTP status, shows the server's own words.
enum ServerAnswer {
  /// `body` may be cut; `length` is that of the whole, in bytes.
  static func error(
    status: Int, body: inout [UInt8], length: Int, contentType: String, retryAfter: String?, decoder: PageDecoder,
    host: String, endpoint: String, tokenWasSent: Bool, isFirstPage: Bool
  ) -> KeySourceError {
    if isHTML(body), status != 429, status < 500 { return .answeredHTML(status: status, host: host) }
    let isUnauthenticated = status == 401 || status == 403 && saysNotAuthenticated(body)
    let message = trimmed(decoder.errorMessage(&body) ?? description(of: body, length, contentType))
    if isUnauthenticated { return .notAuthenticated(message: message, tokenWasSent: tokenWasSent) }
    switch status {
    case 403: return .notAllowed(message: message)
    // On a later page the list is there, and what the server does not have is the key that the page starts after.
    case 404 where isFirstPage: return .noSuchEndpoint(url: endpoint)
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

  private static func saysNotAuthenticated(_ body: [UInt8]) -> Bool {
    String(decoding: body.prefix(800), as: UTF8.self).lowercased().contains("not authenticated")
  }

  /// What a body without an error message is, never a part of it: it may hold keys.
  private static func description(of body: [UInt8], _ length: Int, _ contentType: String) -> String {
    if body.isEmpty { return "the response is empty" }
    if isHTML(body) { return "the response is a web page" }
    let type = contentType.prefix { $0 != ";" && $0 != " " }.prefix(80)
    let size = length == 1 ? "1 byte" : "\(length) bytes"
    return "the response, \(size)\(type.isEmpty ? "" : " of \(type)"), holds no error message"
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
