import KeyTable

/// The lines that Tab can make of a line being typed.
enum PromptCompletion {
  static func choices(_ prompt: PromptState, table: KeyTable) -> [PromptChoice] {
    switch prompt.kind {
    case .find, .export: return []
    case .filter:
      return FilterCompletion.candidates(prompt.text, caret: prompt.caret, table: table)
        .map { PromptChoice(line: $0.applied(to: prompt.scalars), label: [$0.replacement]) }
    case .palette: return palette(prompt.textBeforeCaret, table: table)
    }
  }

  private static func palette(_ line: String, table: KeyTable) -> [PromptChoice] {
    guard let space = line.firstIndex(of: " ") else {
      return CommandLineParser.suggestions(for: line)
        .map { PromptChoice(line: $0.name + ($0.argument == .none ? "" : " "), label: label($0)) }
    }
    guard let id = CommandCatalog.idsByName[line[..<space].lowercased()] else { return [] }
    let argument = String(line[line.index(after: space)...])
    return ArgumentCompletion.candidates(id, argument: argument, table: table).map { found in
      let kept = String(String.UnicodeScalarView(argument.unicodeScalars.prefix(found.range.lowerBound)))
      return PromptChoice(line: line[...space] + kept + found.replacement, label: [found.replacement])
    }
  }

  /// A command's name with its argument, its keys, and its summary.
  static func label(_ entry: CommandEntry) -> [String] {
    let name = entry.name + (entry.argument.label.map { " \($0)" } ?? "")
    return [name, Keymap.labels(of: entry).joined(separator: " "), entry.summary]
  }
}
