/// One entry of a FastAPI `422` body.
package struct ValidationProblem: Equatable, Sendable {
  let type: String
  let parameter: String
  let message: String
  let input: String
  /// The `ctx` object as JSON.
  let context: String?

  static func notInteger(_ name: String, _ input: String) -> ValidationProblem {
    ValidationProblem(
      type: "int_parsing", parameter: name,
      message: "Input should be a valid integer, unable to parse string as an integer", input: input, context: nil)
  }

  static func tooSmall(_ name: String, _ input: String, _ minimum: Int) -> ValidationProblem {
    ValidationProblem(
      type: "greater_than_equal", parameter: name, message: "Input should be greater than or equal to \(minimum)",
      input: input, context: "{\"ge\":\(minimum)}")
  }

  static func tooLarge(_ name: String, _ input: String, _ maximum: Int) -> ValidationProblem {
    ValidationProblem(
      type: "less_than_equal", parameter: name, message: "Input should be less than or equal to \(maximum)",
      input: input, context: "{\"le\":\(maximum)}")
  }

  static func order(_ input: String) -> ValidationProblem {
    ValidationProblem(
      type: "literal_error", parameter: "order", message: "Input should be 'asc' or 'desc'", input: input,
      context: "{\"expected\":\"'asc' or 'desc'\"}")
  }

  static func notUUID(_ name: String, _ input: String) -> ValidationProblem {
    let reason = uuidReason(input)
    var context = JSONBytes()
    context.raw("{\"error\":")
    context.string(reason)
    context.raw("}")
    return ValidationProblem(
      type: "uuid_parsing", parameter: name, message: "Input should be a valid UUID, " + reason, input: input,
      context: String(decoding: context.bytes, as: UTF8.self))
  }

  /// Pydantic's message about text that is no UUID.
  private static func uuidReason(_ input: String) -> String {
    for (position, byte) in input.utf8.enumerated() where byte != UInt8(ascii: "-") {
      if !Unicode.Scalar(byte).properties.isASCIIHexDigit {
        let index = input.utf8.index(input.startIndex, offsetBy: position)
        return "invalid character: found `\(input.unicodeScalars[index])` at \(position)"
      }
    }
    let groups = input.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(\.count)
    if groups.count == 1 { return "invalid length: found \(groups[0])" }
    if groups.count != 5 { return "invalid group count: expected 5, found \(groups.count)" }
    for (group, (expected, found)) in zip([8, 4, 4, 4, 12], groups).enumerated() where expected != found {
      return "invalid group length in group \(group): expected \(expected), found \(found)"
    }
    return "invalid length: found \(input.utf8.count)"
  }
}

/// What is wrong with a query; the body of a `422` response.
package struct ValidationProblems: Error, Equatable, Sendable {
  let list: [ValidationProblem]

  /// `{"detail":[…]}`
  var body: [UInt8] {
    var json = JSONBytes()
    json.raw("{\"detail\":[")
    for (index, problem) in list.enumerated() {
      if index > 0 { json.raw(",") }
      json.raw("{\"type\":")
      json.string(problem.type)
      json.raw(",\"loc\":[\"query\",")
      json.string(problem.parameter)
      json.raw("],\"msg\":")
      json.string(problem.message)
      json.raw(",\"input\":")
      json.string(problem.input)
      if let context = problem.context {
        json.raw(",\"ctx\":")
        json.raw(context)
      }
      json.raw("}")
    }
    json.raw("]}")
    return json.bytes
  }
}
