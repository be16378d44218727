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

  private static func uuidReason(_ input: String) -> String {
    for (position, character) in input.unicodeScalars.enumerated() {
      if character == "-" || (character.properties.isASCIIHexDigit) { continue }
      return "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], "
        + "found `\(character)` at \(position + 1)"
    }
    return "invalid length: expected length 32 for simple format, found \(input.utf8.filter { $0 != 0x2D }.count)"
  }
}

/// What is wrong with a query; the body of a `422` answer.
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
