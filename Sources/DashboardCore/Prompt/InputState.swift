import KeyTable
package import TerminalCore

/// What is being typed: a line of text, or the first keys of a chord.
package struct InputState: Sendable {
  package private(set) var prompt: PromptState?
  package private(set) var histories = PromptHistories()
  package private(set) var pendingPresses: [KeyPress] = []

  // MARK: Chords

  /// The keys of the chord that a press continues; none wait after this.
  mutating func takePresses(with press: KeyPress) -> [KeyPress] {
    defer { pendingPresses = [] }
    return pendingPresses + [press]
  }

  /// Keys that begin a longer chord wait for the next press.
  mutating func hold(_ presses: [KeyPress]) { pendingPresses = presses }

  mutating func dropPresses() { pendingPresses = [] }

  // MARK: The line

  mutating func open(_ newPrompt: PromptState) { prompt = newPrompt }

  mutating func close() { prompt = nil }

  /// What is wrong with the line, if anything.
  mutating func report(_ problem: FilterError?) { prompt?.report(problem) }

  /// Changes the line; true where its text is another one now.
  mutating func edit(_ change: (inout PromptState) -> Void) -> Bool {
    guard var edited = prompt else { return false }
    let before = edited.text
    change(&edited)
    edited.endCompletion()
    let isChanged = edited.text != before
    if isChanged { edited.leaveHistory() }
    prompt = edited
    return isChanged
  }

  /// Takes an older (-1) or newer (1) line from the history; false where there is none.
  mutating func recall(_ direction: Int) -> Bool {
    guard let kind = prompt?.kind else { return false }
    return prompt?.recall(direction, from: histories[kind]) ?? false
  }

  /// Puts the next choice for the word at the caret into the line; false where there is none.
  mutating func complete(_ choices: (PromptState) -> [PromptChoice]) -> Bool {
    guard let current = prompt else { return false }
    return prompt?.complete(current.choiceIndex == nil ? choices(current) : current.choices) ?? false
  }

  // MARK: Histories

  mutating func remember(_ text: String, for kind: PromptKind) { histories.remember(text, for: kind) }

  /// The lines of earlier sessions, oldest first.
  mutating func remember(_ lines: [String], for kind: PromptKind) { histories.begin(with: lines, for: kind) }
}

/// The lines typed into each kind of prompt, oldest first, each once.
package struct PromptHistories: Equatable, Sendable {
  private var lines: [PromptKind: [String]] = [:]

  package subscript(kind: PromptKind) -> [String] { lines[kind] ?? [] }

  mutating func begin(with earlier: [String], for kind: PromptKind) { lines[kind] = earlier }

  /// A line goes to the end; an empty one is not kept.
  mutating func remember(_ text: String, for kind: PromptKind) {
    guard !text.isEmpty else { return }
    var kept = self[kind].filter { $0 != text }
    kept.append(text)
    if kept.count > FilterHistory.maximumCount { kept.removeFirst() }
    lines[kind] = kept
  }
}
