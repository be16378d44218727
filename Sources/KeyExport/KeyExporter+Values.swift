package import APIKeyModel
package import TerminalCore

extension KeyExporter {
  /// The value of a column for a key.
  enum Cell {
    /// Not reported.
    case missing
    case notUnderstood(NotUnderstood)
    /// What the server sent, which may be empty.
    case value(String)
    /// One of this program's words.
    case word(String)

    /// The text for programs; nil where not reported. Not yet sanitized.
    var text: String? {
      switch self {
      case .missing: nil
      case .notUnderstood(let odd): odd.words
      case .value(let text), .word(let text): text
      }
    }

    var isOwn: Bool { if case .value = self { false } else { true } }
  }

  static func cell(_ column: NamedField, _ apiKey: APIKey) -> Cell {
    if column.isCount, apiKey.access == .full { return .word("all") }
    // A text that is no date is written as it was sent: it is known by not being one.
    if !apiKey.notUnderstood.isEmpty, let odd = apiKey.notUnderstood[column.field] { return .notUnderstood(odd) }
    guard let text = apiKey.text(of: column) else { return .missing }
    return column.field == .access || column.isCount ? .word(text) : .value(text)
  }

  /// The same for people: a missing value has a text.
  static func shownValue(_ column: NamedField, _ apiKey: APIKey) -> String {
    if column == .name { return apiKey.shownName }
    if case .notUnderstood(let odd) = apiKey.state(of: column.field), column != .count || apiKey.access != .full {
      return odd.words
    }
    if column == .permissions, apiKey.permissions?.count == 0 { return "none" }
    return cell(column, apiKey).text.map(APIKey.shown) ?? "-"
  }

  /// One key as one sentence: label and value, never a bare number, for a reader who hears one line at a time.
  package static func sentence(_ apiKey: APIKey, charset: DisplayCharset = .current) -> String {
    func safe(_ text: String) -> String { DisplayText(text, charset: charset).string }
    func missing(_ label: String, _ field: KeyField) -> String {
      "\(label) \(safe(apiKey.withoutValue(field) ?? "not reported"))"
    }
    let listed = apiKey.permissions?.count
    let access =
      switch apiKey.access {
      case .full: "full access"
      case .limited:
        listed.map { $0 == 1 ? "limited to 1 permission" : "limited to \($0) permissions" }
          ?? missing("limited, permissions", .permissions)
      case .unknown: missing("access", .access)
      }
    let created =
      apiKey.created == nil ? missing("creation date", .created) : "created \(safe(apiKey.createdWireText ?? ""))"
    let creator = apiKey.creator.map { "by \(safe(APIKey.shown($0.text)))" } ?? missing("creator", .creator)
    let lastFour = apiKey.lastFour.map { "ends in \(safe(APIKey.shown($0)))" } ?? missing("last four", .lastFour)
    // No line begins with text of a key.
    return "Key \(safe(apiKey.shownName)); \(access); \(created); \(creator); \(lastFour); id \(safe(apiKey.id.text))."
  }
}
