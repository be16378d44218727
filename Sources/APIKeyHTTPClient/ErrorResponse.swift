import APIKeyClient
import APIKeyModel
import APIKeyWire

/// Reads responses that are no page: the server's own words about them, and nothing else of the body.
enum ErrorResponse {
  /// Characters of the server's words that are kept.
  private static let longest = 300

  /// Fills in the content of a response: `body` and `challenges` are without the token; `length` is that of the whole
  /// body, and `message` its error message if `body` is only its beginning.
  static func describe(
    _ response: HTTPResponse, length: Int, message: String?, decoder: PageDecoder, names: HTTPOptions.ParameterNames,
    _ problem: inout StatusProblem
  ) {
    var body = response.body
    problem.target = response.location ?? ""
    problem.retryAfter =
      response.status == 429 || response.status >= 500 ? response.retryAfter.flatMap(seconds) : nil
    problem.body = kind(of: response, length)
    // The body of a redirect is for web browsers.
    guard !(300..<400).contains(response.status) else { return }
    TextEncoding.makeUTF8(&body, contentType: response.contentType)
    var message = message
    switch problem.body {
    case .webPage: message = element("title", in: body)
    case .empty, .compressed: break
    case .other:
      message = message ?? decoder.errorMessage(&body) ?? bareText(body, decoder) ?? otherText(body, response)
    }
    var words = message.flatMap { tidy($0, response.status) }
    let challenge = Challenge(response.challenges)
    if [400, 401, 403].contains(response.status) {
      let saysInvalid = challenge?.error == "invalid_token" || saysNotAuthenticated(body)
      problem.isAboutToken = response.status == 401 || saysInvalid
      if problem.isAboutToken, let scheme = challenge?.scheme, scheme.lowercased() != "bearer" {
        problem.challenge = tidy(scheme, 0)
      }
    }
    if let more = challenge?.words.flatMap({ tidy($0, response.status) }), words?.contains(more) != true {
      words = words.map { "\($0); \(more)" } ?? more
    }
    if response.status == 426, words == nil { words = response.upgrade.flatMap { tidy("it names \($0)", 426) } }
    problem.words = words
    if let words, response.status == 400 || response.status == 422 { problem.parameter = parameter(in: words, names) }
  }

  /// Whether these are the words of a server that expects TLS but received clear text.
  static func saysTLS(_ problem: StatusProblem) -> Bool {
    guard problem.status == 400, let words = problem.words?.lowercased() else { return false }
    return ["sent to https port", "to an https server", "to an ssl-enabled server port"].contains {
      words.contains($0)
    }
  }

  static func isHTML(_ body: [UInt8], _ contentType: String) -> Bool {
    // Every page passes here: one byte is enough for those that are JSON.
    guard body.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "<") else { return false }
    var start = String(decoding: body.prefix(2000).drop { $0 <= 0x20 || $0 >= 0x80 }, as: UTF8.self).lowercased()[...]
    // Comments and an XML declaration may come first.
    while start.hasPrefix("<!--") || start.hasPrefix("<?xml") {
      let end = start.hasPrefix("<?xml") ? "?>" : "-->"
      guard let close = start.firstRange(of: end) else { break }
      start = start[close.upperBound...].drop { $0.isWhitespace }
    }
    if ["<!doctype html", "<html", "<head", "<body", "<title"].contains(where: { start.hasPrefix($0) }) { return true }
    return start.hasPrefix("<") && contentType.lowercased().hasPrefix("text/html")
  }

  private static func kind(of response: HTTPResponse, _ length: Int) -> StatusProblem.Body {
    if let coding = response.unknownCoding { return .compressed(coding) }
    if response.body.isEmpty { return .empty }
    if isHTML(response.body, response.contentType) { return .webPage }
    return .other(bytes: length, type: mediaType(response.contentType))
  }

  private static func mediaType(_ contentType: String) -> String {
    String(contentType.prefix { $0 != ";" && $0 != " " }.prefix(80))
  }

  /// The message of a body that is not JSON: the message of XML, or a first line of text that is a sentence. Rows,
  /// records and single words are none: they may be keys.
  private static func otherText(_ body: [UInt8], _ response: HTTPResponse) -> String? {
    let type = mediaType(response.contentType).lowercased()
    if type.hasSuffix("xml") { return element("message", in: body) }
    guard type == "text/plain" || type.isEmpty else { return nil }
    let text = String(decoding: body.prefix(4096), as: UTF8.self)
    var line = text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) } ?? ""
    // As Go has it: 404 page not found.
    if line.hasPrefix("\(response.status) ") { line = line.dropFirst(4) }
    return isSentence(line) ? String(line) : nil
  }

  private static func isSentence(_ line: Substring) -> Bool {
    line.count <= longest && line.contains(" ") && line.first { !$0.isWhitespace }?.isLetter == true
      && !line.contains { "{}[]<>|\t\\".contains($0) } && line.split(separator: ",").count <= 3
      && !SecretShape.isIn(String(line))
  }

  /// A text that is the whole JSON, or the only one in a list, where it is a sentence.
  private static func bareText(_ body: [UInt8], _ decoder: PageDecoder) -> String? {
    guard let first = body.first(where: { $0 > 0x20 }), first == UInt8(ascii: "\"") || first == UInt8(ascii: "[") else {
      return nil
    }
    var wrapped = Array(#"{"message":"#.utf8) + body + [UInt8(ascii: "}")]
    guard let text = decoder.errorMessage(&wrapped) else { return nil }
    return text.split(separator: "; ", omittingEmptySubsequences: false).allSatisfy(isSentence) ? text : nil
  }

  /// One line without a full stop, and no longer than is read; nil if it only repeats the status.
  private static func tidy(_ text: String, _ status: Int) -> String? {
    var words = text.split { $0.isWhitespace || $0.isNewline || $0 == "\u{FEFF}" }.map(String.init)
    if words.first == String(status) { words.removeFirst() }
    var line = words.joined(separator: " ")
    if line.count > longest { line = line.prefix(longest) + "…" }
    while let last = line.last, last == "." || last == " " || last == ":" { line.removeLast() }
    let rest = line.lowercased().split { !$0.isLetter && !$0.isNumber }
    let idle: Set<Substring> = ["status", "code", "error", "http", "\(status)"]
    return rest.isEmpty || rest.allSatisfy(idle.contains) ? nil : line
  }

  private static func saysNotAuthenticated(_ body: [UInt8]) -> Bool {
    String(decoding: body.prefix(800), as: UTF8.self).lowercased().contains("not authenticated")
  }

  /// The parameter of the request that the words name, as parameters are named: after `query.`, in quotes, before
  /// "must".
  private static func parameter(in words: String, _ names: HTTPOptions.ParameterNames) -> StatusProblem.Parameter? {
    let text = " " + words.lowercased() + " "
    for (name, parameter) in [
      (names.limit, StatusProblem.Parameter.limit), (names.order, .order), (names.after, .after),
    ] {
      let name = name.lowercased()
      let forms = [
        "query.\(name)", "query/\(name)", "`\(name)`", "'\(name)'", "\"\(name)\"", "“\(name)”", "parameter \(name) ",
        " \(name) parameter", " \(name):", " \(name)=", " \(name) must", " \(name) is ", " \(name) should",
        " \(name) cannot", " \(name) has to", " \(name) out of range",
      ]
      if forms.contains(where: { text.contains($0) }) { return parameter }
    }
    return nil
  }

  /// The text of the first element of this name, without markup.
  private static func element(_ name: String, in body: [UInt8]) -> String? {
    let text = String(decoding: body.prefix(65_536), as: UTF8.self)
    let lower = text.lowercased()
    // If the lower-case text has another length, positions do not match.
    guard lower.utf8.count == text.utf8.count, let open = lower.firstRange(of: "<\(name)"),
      let start = lower[open.upperBound...].firstIndex(of: ">"),
      lower[open.upperBound] == ">" || lower[open.upperBound].isWhitespace,
      let close = lower[start...].firstRange(of: "</\(name)")
    else { return nil }
    let distance = { (index: String.Index) in lower.utf8.distance(from: lower.startIndex, to: index) }
    let from = text.utf8.index(text.startIndex, offsetBy: distance(start) + 1)
    let to = text.utf8.index(text.startIndex, offsetBy: distance(close.lowerBound))
    return withoutMarkup(text[from..<to].prefix(4096))
  }

  /// Text of HTML with its entities resolved and its tags left out.
  private static func withoutMarkup(_ text: Substring) -> String {
    let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "hellip": "…", "mdash": "—"]
    var result = ""
    var rest = text
    while let character = rest.popFirst() {
      if character == "<" {
        guard let end = rest.firstIndex(of: ">") else { break }
        rest = rest[rest.index(after: end)...]
        continue
      }
      guard character == "&", let end = rest.prefix(12).firstIndex(of: ";") else {
        result.append(character)
        continue
      }
      let name = rest[..<end]
      let number =
        name.hasPrefix("#x") || name.hasPrefix("#X")
        ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      guard let found = named[String(name)] ?? number.flatMap({ Unicode.Scalar($0) }).map({ String($0) }) else {
        result.append(character)
        continue
      }
      result += found
      rest = rest[rest.index(after: end)...]
    }
    return result
  }

  /// No date of four digits is further away, in seconds; so a longer number is treated as this one.
  private static let longestWait = 999_999_999_999

  /// Seconds of a `Retry-After`; a date is counted from now. Nil where it is neither.
  private static func seconds(_ text: String) -> Int? {
    let digits = text.trimmingSpaces
    if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return min(Int(digits) ?? longestWait, longestWait)
    }
    return HTTPDate.secondsFromNow(digits)
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
