import APIKeyModel
import TerminalCore

/// One key as text for people's clipboards.
package enum APIKeyText {
  /// The key in the API's own field names and values, on one line; `asciiOnly` escapes everything above `~`.
  package static func json(_ apiKey: APIKey, asciiOnly: Bool = false) -> String {
    var fields: [String] = []
    func quoted(_ text: String) -> String { JSONText.quoted(text, asciiOnly: asciiOnly) }
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
}
