/// What a line being typed is for.
package enum PromptKind: Equatable, Sendable {
  /// The live filter of the list.
  case filter
  /// A text to go to, in the list or in what is open.
  case find
  /// A command by name.
  case palette
  /// A file name to export to.
  case export
}

/// A line being typed, with its caret. Positions are offsets into the scalars.
package struct PromptState: Equatable, Sendable {
  package var kind: PromptKind
  package private(set) var scalars: [Unicode.Scalar]
  package private(set) var caret: Int
  /// What to go back to when the prompt is given up.
  package let restore: String
  /// The place in the history while Up and Down walk it; nil at the line being typed.
  package var historyIndex: Int?
  /// What was typed before the history was walked.
  package var draft = ""
  /// What is wrong with the line, if anything; shown below it.
  package var problem: String?
  /// Choices of the last completion, and which is in the line.
  package var choices: [String] = []
  /// Each choice as it is listed: the word that comes into the line, or a command's name, keys and summary.
  package var choiceLabels: [[String]] = []
  package var choiceIndex: Int?
  /// Most scalars a line may have: a paste cannot grow it without end.
  package static let maximumLength = 1000

  package init(kind: PromptKind, text: String = "") {
    self.kind = kind
    scalars = Array(text.unicodeScalars.prefix(PromptState.maximumLength))
    caret = scalars.count
    restore = text
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

  /// Inserts one scalar at the caret; control characters are ignored, so that a paste is inert.
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
}
