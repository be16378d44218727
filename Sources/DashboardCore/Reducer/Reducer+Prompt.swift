import APIKeyModel
import KeyTable

/// The line being typed: editing, completing, keeping, giving up.
extension DashboardState {
  /// Changes the prompt's line; a filter takes effect with every change.
  mutating func editPrompt(_ change: (inout PromptState) -> Void) -> [Effect] {
    guard var edited = input.prompt else { return [] }
    let before = edited.text
    change(&edited)
    edited.choices = []
    edited.choiceLabels = []
    edited.choiceIndex = nil
    input.prompt = edited
    guard edited.text != before else { return [] }
    input.prompt?.historyIndex = nil
    return promptTextChanged()
  }

  private mutating func promptTextChanged() -> [Effect] {
    // In cursor focus the list stays still until the whole filter is there.
    guard let edited = input.prompt, edited.kind == .filter, !settings.cursorFocus else { return [] }
    input.prompt?.problem = nil
    return filter(typed: edited.text)
  }

  /// Backspace on an empty line leaves the prompt, as in pagers.
  mutating func backspacePrompt() -> [Effect] {
    guard let current = input.prompt else { return [] }
    if current.scalars.isEmpty { return cancelPrompt() }
    return editPrompt { $0.deleteBackward() }
  }

  mutating func acceptPrompt() -> [Effect] {
    guard let accepted = input.prompt else { return [] }
    let text = accepted.text
    var effects: [Effect] = []
    switch accepted.kind {
    case .filter:
      if settings.cursorFocus {
        input.prompt?.problem = nil
        effects = filter(typed: text)
      }
      if let problem = input.prompt?.problem {
        // The mistake stays in view; the last valid filter stays applied.
        complain(problem, about: .filter)
        return []
      }
      settle(.filter)
      input.prompt = nil
      if !cursorFocus.awaitsResult { sayDoubt() }
      remember(text, in: 0)
      effects.append(.saveHistory(input.histories[0]))
    case .find:
      input.prompt = nil
      guard !text.isEmpty else { return [] }
      remember(text, in: 1)
      return find(typed: text)
    case .palette:
      input.prompt = nil
      guard !text.isEmpty else { return [] }
      remember(text, in: 2)
      return run(line: text)
    case .export:
      input.prompt = nil
      guard !text.isEmpty else {
        say(OutputText.nothingWritten())
        return []
      }
      remember(text, in: 3)
      return export(typed: text)
    }
    return effects
  }

  mutating func cancelPrompt() -> [Effect] {
    guard let left = input.prompt else { return [] }
    input.prompt = nil
    guard left.kind == .filter else { return [] }
    return filter(typed: left.restore)
  }

  mutating func remember(_ text: String, in index: Int) {
    guard !text.isEmpty else { return }
    input.histories[index].removeAll { $0 == text }
    input.histories[index].append(text)
    if input.histories[index].count > FilterHistory.maximumCount { input.histories[index].removeFirst() }
  }

  private func historyIndex(of kind: PromptKind) -> Int {
    switch kind {
    case .filter: 0
    case .find: 1
    case .palette: 2
    case .export: 3
    }
  }

  /// Up and Down walk the history; below its newest line is what was being typed.
  mutating func walkHistory(_ direction: Int) -> [Effect] {
    guard var edited = input.prompt else { return [] }
    let history = input.histories[historyIndex(of: edited.kind)]
    let current = edited.historyIndex ?? history.count
    let target = current + direction
    guard target >= 0, target <= history.count else { return [] }
    if edited.historyIndex == nil { edited.draft = edited.text }
    edited.replace(with: target == history.count ? edited.draft : history[target])
    edited.historyIndex = target == history.count ? nil : target
    input.prompt = edited
    return promptTextChanged()
  }

  /// Tab puts the next choice for the word at the caret into the line.
  mutating func completePrompt() -> [Effect] {
    guard var edited = input.prompt else { return [] }
    if edited.choiceIndex == nil {
      let found = choices(for: edited)
      edited.choices = found.map(\.line)
      edited.choiceLabels = found.map(\.label)
    }
    guard !edited.choices.isEmpty else {
      say(CommandText.nothingToComplete())
      return []
    }
    let next = edited.choiceIndex.map { ($0 + 1) % edited.choices.count } ?? 0
    edited.replace(with: edited.choices[next])
    edited.choiceIndex = next
    if edited.choices.count == 1 {
      // Nothing else to choose: the next Tab completes what comes after.
      edited.choices = []
      edited.choiceLabels = []
      edited.choiceIndex = nil
    }
    input.prompt = edited
    return promptTextChanged()
  }

  private func choices(for edited: PromptState) -> [(line: String, label: [String])] {
    switch edited.kind {
    case .find, .export: return []
    case .filter:
      return FilterCompletion.candidates(edited.text, caret: edited.caret, table: table)
        .map { ($0.applied(to: edited.scalars), [$0.replacement]) }
    case .palette:
      let line = edited.textBeforeCaret
      guard let space = line.firstIndex(of: " ") else {
        return CommandLineParser.suggestions(for: line)
          .map { ($0.name + ($0.argument == .none ? "" : " "), PromptHelp.label($0)) }
      }
      let name = line[..<space].lowercased()
      guard let id = CommandCatalog.idsByName[name] else { return [] }
      let argument = String(line[line.index(after: space)...])
      return ArgumentCompletion.candidates(id, argument: argument, table: table).map { found in
        let scalars = argument.unicodeScalars
        let kept = String(String.UnicodeScalarView(scalars.prefix(found.range.lowerBound)))
        return (line[...space] + kept + found.replacement, [found.replacement])
      }
    }
  }
}
