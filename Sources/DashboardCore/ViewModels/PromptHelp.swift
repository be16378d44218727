package import TerminalCore

/// What is shown above a line being typed: the commands that fit, the choices of Tab, what is wrong, what Enter does.
package struct PromptHelp: Sendable {
  package struct Line: Equatable, Sendable {
    /// A command: name, keys, what it does.
    package var cells: [DisplayText]
    package var isChosen = false
    package var isProblem = false
  }

  /// From top to bottom; the last is right above the prompt.
  package let lines: [Line]

  package init(prompt: PromptState, state: DashboardState) {
    // In cursor focus a list that changes with each letter would be read out with each letter.
    let most = state.settings.cursorFocus ? 1 : max(min(state.environment.height / 3, 8), 1)
    if !prompt.choices.isEmpty {
      lines = PromptHelp.window(prompt.choices.map(\.label), around: prompt.choiceIndex ?? 0, most: most)
    } else if let problem = prompt.problem {
      lines = PromptHelp.sentence(problem.sentence, state: state, isProblem: true)
    } else if prompt.kind == .filter, let doubt = state.query.doubt {
      lines = PromptHelp.sentence(doubt.sentence, state: state, isProblem: true)
    } else if prompt.kind == .palette {
      lines = PromptHelp.palette(prompt.text, state: state, most: most)
    } else if prompt.kind == .export, !state.settings.cursorFocus {
      lines = PromptHelp.sentence(CommandPreview.export(in: state), state: state)
    } else {
      lines = []
    }
  }

  private static func sentence(_ text: String, state: DashboardState, isProblem: Bool = false) -> [Line] {
    DisplayText(text).wrapped(columns: state.environment.width).map { Line(cells: [$0], isProblem: isProblem) }
  }

  private static func window(_ labels: [[String]], around chosen: Int, most: Int) -> [Line] {
    let start = max(min(chosen - most / 2, labels.count - most), 0)
    return labels[start..<min(start + most, labels.count)].enumerated().map { index, cells in
      Line(cells: cells.map { DisplayText($0) }, isChosen: start + index == chosen)
    }
  }

  private static func palette(_ text: String, state: DashboardState, most: Int) -> [Line] {
    let sentence = CommandPreview.sentence(text, in: state)
    let preview = PromptHelp.sentence(sentence, state: state)
    let entries = text.contains(" ") ? [] : CommandLineParser.suggestions(for: text)
    guard most > 1, !entries.isEmpty else { return preview }
    func line(_ entry: CommandEntry) -> Line { Line(cells: PromptCompletion.label(entry).map { DisplayText($0) }) }
    if entries.count == 1 {
      return [line(entries[0])] + (sentence == entries[0].summary ? [] : preview)
    }
    guard entries.count > most else { return entries.map(line) }
    let rest = entries.count - most + 1
    return entries.prefix(most - 1).map(line) + [Line(cells: [DisplayText(CommandText.moreCommands(rest))])]
  }
}
