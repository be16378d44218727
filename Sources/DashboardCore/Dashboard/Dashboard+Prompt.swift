import APIKeyModel
import KeyTable

/// The line being typed: what its text does to the list, and what Enter and Esc do with it.
extension DashboardState {
  mutating func edit(_ edit: PromptEdit) -> [Effect] {
    switch edit {
    case .accept: acceptPrompt()
    case .cancel: cancelPrompt()
    case .left: editPrompt { $0.moveCaret(by: -1) }
    case .right: editPrompt { $0.moveCaret(by: 1) }
    case .start: editPrompt { $0.moveToStart() }
    case .end: editPrompt { $0.moveToEnd() }
    case .backspace: backspacePrompt()
    case .delete: editPrompt { $0.deleteForward() }
    case .deleteWord: editPrompt { $0.deleteWordBackward() }
    case .clear: editPrompt { $0.clear() }
    case .complete: completePrompt()
    case .older: recallLine(-1)
    case .newer: recallLine(1)
    }
  }

  /// Changes the prompt's line; a filter takes effect with every change.
  mutating func editPrompt(_ change: (inout PromptState) -> Void) -> [Effect] {
    input.edit(change) ? promptTextChanged() : []
  }

  private mutating func promptTextChanged() -> [Effect] {
    // In cursor focus the list stays still until the whole filter is there.
    guard input.prompt?.kind == .filter, !settings.cursorFocus else { return [] }
    return filterAsTyped()
  }

  /// Applies the line of the filter prompt, or notes what is wrong with it.
  private mutating func filterAsTyped() -> [Effect] {
    input.report(nil)
    do throws(FilterError) {
      return apply(try Filter(parsing: input.prompt?.text ?? ""))
    } catch {
      input.report(error)
      return []
    }
  }

  /// Backspace on an empty line leaves the prompt, as in pagers.
  private mutating func backspacePrompt() -> [Effect] {
    guard let current = input.prompt else { return [] }
    if current.scalars.isEmpty { return cancelPrompt() }
    return editPrompt { $0.deleteBackward() }
  }

  private mutating func acceptPrompt() -> [Effect] {
    guard let accepted = input.prompt else { return [] }
    let text = accepted.text
    if accepted.kind == .filter { return acceptFilter(text) }
    input.close()
    guard !text.isEmpty else {
      if accepted.kind == .export { post(.output(.nothingWritten)) }
      return []
    }
    input.remember(text, for: accepted.kind)
    switch accepted.kind {
    case .filter: return []
    case .find: return find(text)
    case .palette: return run(line: text)
    case .export: return export(to: text)
    }
  }

  private mutating func acceptFilter(_ text: String) -> [Effect] {
    var effects: [Effect] = settings.cursorFocus ? filterAsTyped() : []
    if let problem = input.prompt?.problem {
      // The mistake stays in view; the last valid filter stays applied.
      post(.query(.mistake(problem)))
      return []
    }
    settle(.filter)
    input.close()
    if !cursorFocus.awaitsResult { postDoubt() }
    input.remember(text, for: .filter)
    effects.append(.saveHistory(input.histories[.filter]))
    return effects
  }

  mutating func cancelPrompt() -> [Effect] {
    guard let left = input.prompt else { return [] }
    input.close()
    return left.kind == .filter ? apply(left.restore) : []
  }

  /// Up and Down go through the history.
  private mutating func recallLine(_ direction: Int) -> [Effect] {
    input.recall(direction) ? promptTextChanged() : []
  }

  /// Tab puts the next choice for the word at the caret into the line.
  private mutating func completePrompt() -> [Effect] {
    let table = table
    guard input.complete({ PromptCompletion.choices($0, table: table) }) else {
      if input.prompt != nil { post(.command(.nothingToComplete)) }
      return []
    }
    return promptTextChanged()
  }
}
