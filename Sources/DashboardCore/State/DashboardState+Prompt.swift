import TerminalCore

extension PromptState {
  /// What stands before the line.
  package var label: String {
    switch kind {
    case .filter: "Filter: "
    case .find: "Find: "
    case .palette: ":"
    case .export: "Export to: "
    }
  }
}

extension DashboardState {
  package var glyphs: Glyphs { .current }
}
