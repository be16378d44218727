/// Words of the line being typed.
enum PromptText {
  /// What is before the line.
  static func label(_ kind: PromptKind) -> String {
    switch kind {
    case .filter: "Filter: "
    case .find: "Find: "
    case .palette: ":"
    case .export: "Export to: "
    }
  }
}
