import APIKeyModel

/// One key as text for people's clipboards.
package enum APIKeyText {
  /// The key in the API's own field names and values, on one line.
  package static func json(_ apiKey: APIKey) -> String {
    var fields: [String] = []
    func add(_ name: String, _ value: String?) { fields.append("\"\(name)\":\(value ?? "null")") }
    add("id", quoted(apiKey.id.text))
    add("name", quoted(apiKey.name))
    add("created_date", apiKey.createdWireText.map(quoted))
    add("last_four_digits", apiKey.lastFour.map(quoted))
    add("creator_id", (apiKey.creator?.text).map(quoted))
    add("restricted", apiKey.restricted.map { $0 ? "true" : "false" })
    add("permissions", apiKey.permissions.map { "[\($0.list.map(quoted).joined(separator: ","))]" })
    return "{\(fields.joined(separator: ","))}"
  }

  /// A JSON string; everything outside visible ASCII escaped where it could be unseen.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      default:
        if scalar.value < 0x20 || scalar.properties.generalCategory == .format || scalar.value == 0x7F
          || (0x80...0x9F).contains(scalar.value) || scalar.properties.generalCategory == .lineSeparator
          || scalar.properties.generalCategory == .paragraphSeparator
        {
          for unit in String(scalar).utf16 {
            let hex = String(unit, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
          }
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
