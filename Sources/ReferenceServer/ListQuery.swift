package import APIKeyModel

/// A validated query of the list endpoint.
package struct ListQuery: Equatable, Sendable {
  package enum Order: String, Sendable { case asc, desc }

  package var limit = 50
  package var order = Order.desc
  /// Keys after this one, in the order of the query.
  package var after: UUID128?
  /// Keys before this one, in the order of the query.
  package var before: UUID128?
  /// Counted from 1; only read by servers that report totals.
  package var page: Int?

  package init() {}

  /// Reads a raw query string (without the `?`). Unknown parameters are ignored and the last of a repeated one counts,
  /// as in FastAPI.
  ///
  /// - Parameter acceptsPage: whether `page` is a parameter of this server at all.
  /// - Throws: every problem found, in the order of the documented parameters.
  package init(query: String, acceptsPage: Bool) throws(ValidationProblems) {
    let values = FormFields(query)
    var problems: [ValidationProblem] = []
    if let text = values["limit"], let value = ListQuery.integer(text, "limit", 1, 1000, &problems) { limit = value }
    if let text = values["order"] {
      if let value = Order(rawValue: text) { order = value } else { problems.append(.order(text)) }
    }
    if let text = values["after"] { after = ListQuery.identifier(text, "after", &problems) }
    if let text = values["before"] { before = ListQuery.identifier(text, "before", &problems) }
    if acceptsPage, let text = values["page"] {
      page = ListQuery.integer(text, "page", 1, nil, &problems)
    }
    if !problems.isEmpty { throw ValidationProblems(list: problems) }
  }

  private static func integer(
    _ text: String, _ name: String, _ minimum: Int, _ maximum: Int?, _ problems: inout [ValidationProblem]
  ) -> Int? {
    var digits = Substring(text)
    while digits.first == " " { digits.removeFirst() }
    while digits.last == " " { digits.removeLast() }
    // A fraction of nothing is an integer to FastAPI.
    if let point = digits.firstIndex(of: "."), point > digits.startIndex, digits.last == "0",
      digits[point...].dropFirst().allSatisfy({ $0 == "0" })
    {
      digits = digits[..<point]
    }
    let unsigned = digits.first == "-" || digits.first == "+" ? digits.dropFirst() : digits
    guard !unsigned.isEmpty, unsigned.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      problems.append(.notInteger(name, text))
      return nil
    }
    // More digits than a word holds are still an integer, only far outside the bounds.
    let value = Int(digits) ?? (digits.first == "-" ? Int.min : Int.max)
    if value < minimum {
      problems.append(.tooSmall(name, text, minimum))
      return nil
    }
    if let maximum, value > maximum {
      problems.append(.tooLarge(name, text, maximum))
      return nil
    }
    return value
  }

  private static func identifier(_ text: String, _ name: String, _ problems: inout [ValidationProblem]) -> UUID128? {
    // Case does not matter, and neither do hyphens when all are left out.
    var form = text.lowercased()
    if form.utf8.count == 32, !form.contains("-") {
      for offset in [20, 16, 12, 8] { form.insert("-", at: form.utf8.index(form.startIndex, offsetBy: offset)) }
    }
    if let value = UUID128(form) { return value }
    problems.append(.notUUID(name, text))
    return nil
  }
}

/// The fields of a query string, percent-decoded; the last of a repeated name counts.
struct FormFields {
  private var values: [String: String] = [:]

  init(_ query: String) {
    for field in query.utf8.split(separator: UInt8(ascii: "&")) {
      let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      values[FormFields.decoded(parts[0])] = parts.count > 1 ? FormFields.decoded(parts[1]) : ""
    }
  }

  subscript(name: String) -> String? { values[name] }

  private static func decoded(_ bytes: Substring.UTF8View) -> String {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index = bytes.index(after: index)
      if byte == UInt8(ascii: "+") {
        result.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%"), let value = hexPair(bytes[index...].prefix(2)) {
        result.append(value)
        index = bytes.index(index, offsetBy: 2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hexPair(_ pair: Substring.UTF8View) -> UInt8? {
    guard pair.count == 2, let text = String(pair), text.first != "+", text.first != "-" else { return nil }
    return UInt8(text, radix: 16)
  }
}
