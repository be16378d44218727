import APIKeyModel
import KeyTable

/// Copying, printing and exporting.
extension DashboardState {
  /// Fields the copy menu offers.
  package enum CopyField: String, CaseIterable, Sendable {
    case id
    case name
    case creator
    case lastFour = "last-four"
    case row
    case json
  }

  mutating func copy(typed text: String?) -> [Effect] {
    guard let text else { return openOverlay(.copyMenu) }
    guard let field = CopyField(rawValue: text) else {
      complain(OutputText.notAField(text))
      return []
    }
    guard let selectedRow else {
      say(emptyListSentence)
      return []
    }
    let apiKey = table[selectedRow]
    let value: String
    switch field {
    case .id: value = apiKey.id.text
    case .name: value = apiKey.name
    case .creator: value = apiKey.creator?.text ?? ""
    case .lastFour: value = apiKey.lastFour ?? ""
    case .row: value = DetailViewModel(state: self, columns: .max).lines.map(\.plainText).joined(separator: "\n")
    case .json: value = APIKeyText.json(apiKey)
    }
    guard !value.isEmpty else {
      say(OutputText.notReported())
      return []
    }
    guard value.utf8.count <= 74_000 else {
      complain(OutputText.tooLong(wording))
      return []
    }
    say(OutputText.sent(field, wording))
    return [.copyToClipboard(value)]
  }

  mutating func printUndecorated() -> [Effect] {
    guard selectedRow != nil else { return [] }
    return [.printLines(DetailViewModel(state: self, columns: .max).lines.map(\.plainText))]
  }

  /// Writes the marked, else the filtered keys; the file's ending says the format.
  mutating func export(typed text: String?) -> [Effect] {
    guard let text else {
      prompt = PromptState(kind: .export, text: "")
      return []
    }
    guard marks.isEmpty == false || load.completeness.isComplete else {
      complain(OutputText.onlyAPart(table.count, wording), exitCode: 75)
      return loadAllIfPossible()
    }
    let ids = marks.isEmpty ? nil : visibleFirst(marks)
    return [.export(ExportRequest(path: text, marked: ids, force: false))]
  }

  private mutating func loadAllIfPossible() -> [Effect] { load.completeness == .partial ? loadEverything() : [] }

  /// Marked ids in the order of the table.
  private func visibleFirst(_ ids: Set<KeyIdentifier>) -> [KeyIdentifier] {
    ids.compactMap { table.row(of: $0) }.sorted().map { table.id(at: $0) }
  }
}
