package import APIKeyModel

/// What `copy` can take: a field, the lines of the detail, or JSON.
package enum CopyTarget: Hashable, Sendable {
  case field(NamedField)
  case row
  case json

  /// As the menu lists them.
  package static let all: [CopyTarget] =
    [.id, .name, .creator, .lastFour, .created, .access, .permissions].map { .field($0) } + [.row, .json]

  package init?(typed text: String) {
    switch text.lowercased() {
    case "row": self = .row
    case "json": self = .json
    default:
      guard let named = NamedField(typed: text), named.field.has(.copy) else { return nil }
      self = .field(named)
    }
  }

  /// What a key holds of it; lines and JSON are always there.
  func state(in apiKey: APIKey) -> FieldState {
    if case .field(let named) = self { apiKey.state(of: named.field) } else { .value }
  }

  package var typedName: String {
    switch self {
    case .field(let named): named.typedName
    case .row: "row"
    case .json: "json"
    }
  }
}
