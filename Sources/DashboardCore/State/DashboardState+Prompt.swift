import TerminalCore

extension PromptState {
  /// What stands before the line.
  package var label: String { CommandText.prompt(kind) }
}

extension DashboardState {
  package var glyphs: Glyphs { .current }
}
