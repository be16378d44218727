import APIKeyModel
import TerminalCore

extension KeyExporter {
  /// A column's value for programs: empty where not reported. Not yet inert.
  static func value(_ column: NamedField, _ apiKey: APIKey) -> String { apiKey.text(of: column) ?? "" }

  /// The same for eyes: `-` where not reported.
  static func shownValue(_ column: NamedField, _ apiKey: APIKey) -> String {
    let text = value(column, apiKey)
    return text.isEmpty ? "-" : text
  }

  /// One key as one sentence: label and value, never a bare number, for a reader who hears one line at a time.
  package static func sentence(_ apiKey: APIKey, charset: DisplayCharset = .current) -> String {
    func safe(_ text: String) -> String { DisplayText(text, charset: charset).string }
    let listed = apiKey.permissions?.count
    let access =
      switch apiKey.access {
      case .full: "full access"
      case .limited:
        listed.map { $0 == 1 ? "limited to 1 permission" : "limited to \($0) permissions" }
          ?? "limited, permissions not reported"
      case .unknown: "access not reported"
      }
    let created = apiKey.createdWireText.map { "created \(safe($0))" } ?? "creation date not reported"
    let creator = apiKey.creator.map { "by \(safe($0.text))" } ?? "creator not reported"
    let lastFour = apiKey.lastFour.map { "ends in \(safe($0))" } ?? "last four not reported"
    return "\(safe(apiKey.name)); \(access); \(created); \(creator); \(lastFour); id \(safe(apiKey.id.text))."
  }
}
