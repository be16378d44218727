import APIKeyModel
import TerminalCore

extension KeyExporter {
  /// A column's value for programs: empty where not reported, and in the form ``notUnderstood(_:)`` where not understood.
  /// Not yet sanitized.
  static func value(_ column: NamedField, _ apiKey: APIKey) -> String {
    if case .notUnderstood(let odd) = apiKey.state(of: column.field), let text = notUnderstood(odd, column) {
      return text
    }
    return apiKey.text(of: column) ?? ""
  }

  /// `not understood: {"a":1}`; nil for a date, which is written as it was sent: it is known by not being a date.
  private static func notUnderstood(_ odd: NotUnderstood, _ column: NamedField) -> String? {
    odd.json.hasPrefix("\"") && column == .created ? nil : odd.words
  }

  /// The same for eyes: what stands for a missing value is said.
  static func shownValue(_ column: NamedField, _ apiKey: APIKey) -> String {
    if column == .name { return apiKey.shownName }
    if column == .count, apiKey.access == .full { return "all" }
    if case .notUnderstood(let odd) = apiKey.state(of: column.field) { return odd.words }
    let text = value(column, apiKey)
    return text.isEmpty ? "-" : text
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
    let creator = apiKey.creator.map { "by \(safe($0.text))" } ?? missing("creator", .creator)
    let lastFour = apiKey.lastFour.map { "ends in \(safe($0))" } ?? missing("last four", .lastFour)
    return "\(safe(apiKey.shownName)); \(access); \(created); \(creator); \(lastFour); id \(safe(apiKey.id.text))."
  }
}
