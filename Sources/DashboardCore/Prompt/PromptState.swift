package import KeyTable

/// What a line being typed is for.
package enum PromptKind: Hashable, Sendable {
  /// The live filter of the list.
  case filter
  /// A text to go to, in the list or in what is open.
  case find
  /// A command by name.
  case palette
  /// A file name to export to.
  case export
}

/// What Tab can make of the line.
package struct PromptChoice: Equatable, Sendable {
  package let line: String
  /// As it is listed: the word that comes into the line, or a command's name, keys and summary.
  package let label: [String]
}

/// A line being typed, with its caret. Positions are offsets into the scalars.
package struct PromptState: Equatable, Sendable {
  package let kind: PromptKind
  package private(set) var scalars: [Unicode.Scalar]
  package private(set) var caret: Int
  /// The filter to go back to when the prompt is cancelled.
  package let restore: Filter
  /// The place in the history while Up and Down go through it; nil at the line being typed.
  private var historyIndex: Int?
  /// What was typed before the history was looked at.
  private var draft = ""
  /// What is wrong with the line, if anything; shown below it.
  package private(set) var problem: FilterError?
  /// Choices of the last completion, and which is in the line.
  package private(set) var choices: [PromptChoice] = []
  package private(set) var choiceIndex: Int?
  /// Most scalars a line may have: a paste cannot grow it without end.
  package static let maximumLength = 1000

  package init(kind: PromptKind, text: String = "", restore: Filter = .none) {
    self.kind = kind
    scalars = Array(text.unicodeScalars.prefix(PromptState.maximumLength))
    caret = scalars.count
    self.restore = restore
  }

  /// What is before the line.
  package var label: String { PromptText.label(kind) }

  package var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// The text before the caret.
  package var textBeforeCaret: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[..<caret])
    return String(view)
  }

  package mutating func replace(with text: String, caret newCaret: Int? = nil) {
    scalars = Array(text.unicodeScalars.prefix(PromptState.maximumLength))
    caret = min(max(newCaret ?? scalars.count, 0), scalars.count)
  }

  /// Inserts one scalar at the caret; control characters are ignored, so that a paste runs nothing.
  package mutating func insert(_ scalar: Unicode.Scalar) {
    guard scalars.count < PromptState.maximumLength, scalar.value >= 0x20, scalar.value != 0x7F else { return }
    scalars.insert(scalar, at: caret)
    caret += 1
  }

  package mutating func moveCaret(by offset: Int) { caret = min(max(caret + offset, 0), scalars.count) }
  package mutating func moveToStart() { caret = 0 }
  package mutating func moveToEnd() { caret = scalars.count }

  /// Deletes the scalar before the caret; false when there is none.
  @discardableResult
  package mutating func deleteBackward() -> Bool {
    guard caret > 0 else { return false }
    caret -= 1
    scalars.remove(at: caret)
    return true
  }

  package mutating func deleteForward() {
    if caret < scalars.count { scalars.remove(at: caret) }
  }

  /// Deletes back to the start of the word before the caret.
  package mutating func deleteWordBackward() {
    while caret > 0, scalars[caret - 1] == " " { deleteBackward() }
    while caret > 0, scalars[caret - 1] != " " { deleteBackward() }
  }

  package mutating func clear() {
    scalars = []
    caret = 0
  }

  // MARK: Problems, history, completion

  mutating func report(_ newProblem: FilterError?) { problem = newProblem }

  mutating func leaveHistory() { historyIndex = nil }

  mutating func endCompletion() {
    choices = []
    choiceIndex = nil
  }

  /// Below the newest line of a history is what was being typed; false where there is no line in that direction.
  mutating func recall(_ direction: Int, from history: [String]) -> Bool {
    let target = (historyIndex ?? history.count) + direction
    guard target >= 0, target <= history.count else { return false }
    if historyIndex == nil { draft = text }
    replace(with: target == history.count ? draft : history[target])
    historyIndex = target == history.count ? nil : target
    return true
  }

  /// Puts the first choice into the line, and with each further call the next one.
  mutating func complete(_ found: [PromptChoice]) -> Bool {
    guard !found.isEmpty else { return false }
    choices = found
    let next = choiceIndex.map { ($0 + 1) % found.count } ?? 0
    replace(with: found[next].line)
    choiceIndex = next
    // Nothing else to choose: the next Tab completes what comes after.
    if found.count == 1 { endCompletion() }
    return true
  }
}
