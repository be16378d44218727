/// The content of a `WWW-Authenticate` header (RFC 9110, 11.6.1, and RFC 6750): of several challenges the one for
/// bearer tokens, else the first.
struct Challenge {
  let scheme: String
  private var parameters: [String: String] = [:]

  var error: String? { parameters["error"] }

  /// Its text for people: the description, else the error, else the realm.
  var words: String? {
    if let description = parameters["error_description"] {
      return error.map { "\($0): \(description)" } ?? description
    }
    return error ?? parameters["realm"].flatMap { $0.isEmpty ? nil : "the realm is \($0)" }
  }

  init?(_ values: [String]) {
    let challenges = values.flatMap { Challenge.read($0) }
    guard let chosen = challenges.first(where: { $0.scheme.lowercased() == "bearer" }) ?? challenges.first else {
      return nil
    }
    self = chosen
  }

  private init(scheme: String) { self.scheme = scheme }

  private static func read(_ value: String) -> [Challenge] {
    var challenges: [Challenge] = []
    var rest = value[...]
    while true {
      rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
      let name = rest.prefix { isTokenCharacter($0) }
      guard !name.isEmpty else { return challenges }
      rest = rest[name.endIndex...]
      let after = rest.drop { $0 == " " }
      // A name before "=" is a parameter; the padding of a token68 is not.
      if after.first == "=", !challenges.isEmpty {
        rest = after.dropFirst().drop { $0 == " " }
        challenges[challenges.count - 1].parameters[name.lowercased()] = takeValue(&rest)
      } else {
        challenges.append(Challenge(scheme: String(name)))
        // A token68 of another scheme is passed over.
        if let end = rest.firstIndex(of: ","), !rest[..<end].contains("=") { rest = rest[end...] }
      }
    }
  }

  private static func takeValue(_ rest: inout Substring) -> String {
    guard rest.first == "\"" else {
      let value = rest.prefix { $0 != "," && $0 != " " }
      rest = rest[value.endIndex...]
      return String(value)
    }
    rest = rest.dropFirst()
    var value = ""
    while let character = rest.popFirst(), character != "\"" {
      if character == "\\", let next = rest.popFirst() { value.append(next) } else { value.append(character) }
    }
    return value
  }

  private static func isTokenCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "!#$%&'*+-.^_`|~/".contains(character))
  }
}
