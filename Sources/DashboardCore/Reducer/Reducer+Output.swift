import APIKeyModel
import KeyTable
import TerminalCore

/// Copying, printing and exporting.
extension DashboardState {
  mutating func copy(_ target: CopyTarget) -> [Effect] {
    guard let selectedRow else {
      post(.list(.empty(emptyListReason)))
      return []
    }
    let apiKey = table[selectedRow]
    let text: ClipboardText
    switch target {
    case .field(let named): text = ClipboardText(value: apiKey.text(of: named) ?? "")
    case .row:
      text = ClipboardText(lines: DetailViewModel(state: self, columns: .max).lines.map(\.plainText), of: apiKey)
    // Plain mode prints it, in the charset of the locale.
    case .json: text = ClipboardText(json: apiKey, asciiOnly: configuration.isPlain && DisplayCharset.current == .ascii)
    }
    guard !text.isEmpty else {
      post(.output(.nothingToCopy(target.state(in: apiKey))))
      return []
    }
    guard text.string.utf8.count <= DashboardState.mostClipboardBytes else {
      post(.output(.tooLongForClipboard))
      return []
    }
    post(.output(.sent(target, isExact: text.isExact)))
    return [.copyToClipboard(text)]
  }

  /// Terminals take a sequence of 100 kB at most; base64 makes four bytes of three.
  private static let mostClipboardBytes = 74_000

  mutating func printUndecorated() -> [Effect] {
    guard selectedRow != nil else { return [] }
    return [.printLines(DetailViewModel(state: self, columns: .max).lines.map(\.plainText))]
  }

  mutating func openExportPrompt() -> [Effect] {
    if marks.isEmpty, load.unreadable > 0 {
      post(.output(.someUnreadable(load.unreadable)))
      return []
    }
    input.open(PromptState(kind: .export))
    // The rest comes while the name is typed.
    return marks.isEmpty && load.completeness == .partial ? loadEverything() : []
  }

  /// Writes the marked, else the filtered keys; the file's ending says the format.
  mutating func export(to path: String) -> [Effect] {
    guard marks.isEmpty else { return [.export(ExportRequest(path: path, marked: inScreenOrder(marks.ids)))] }
    // No load makes such a list whole, so nothing is loaded for it.
    guard load.unreadable == 0 else {
      post(.output(.someUnreadable(load.unreadable)))
      return []
    }
    guard load.completeness.isAtEnd else { return loadInsteadOfExport() }
    return [.export(ExportRequest(path: path, marked: nil))]
  }

  /// A part is not exported, and loads the rest where nothing stopped the load.
  private mutating func loadInsteadOfExport() -> [Effect] {
    switch load.completeness {
    case .partial, .loading, .waiting:
      // A page in flight is not enough: the load goes on to the end after it.
      post(.output(.loadingTheRest(table.count)))
      return loadEverything()
    case .contradicted(let error, _):
      post(.output(.notWhole(error)))
      return []
    case .unchecked(let error, _):
      post(.output(.notWhole(.checkFailed(error))))
      return []
    case .nothing, .stopped, .interrupted, .complete, .readWhole, .changed, .unknown:
      post(.output(.loadFirst(table.count)))
      return []
    }
  }

  /// Marked ids as they stand on the screen, and after them those that the filter hides, in the order of the table.
  private func inScreenOrder(_ ids: Set<KeyIdentifier>) -> [KeyIdentifier] {
    let marked = ids.compactMap { allKeys.row(of: $0) }
    var hidden = RowSet(marked)
    var rows: [Int] = []
    // No key that is gone is marked.
    for place in 0..<(query.filter.asksForGone ? 0 : query.visible.count) {
      let row = query.visible[place]
      guard hidden.contains(row) else { continue }
      rows.append(row)
      hidden.remove(row)
    }
    rows += marked.filter { hidden.contains($0) }.sorted()
    return rows.map { allKeys.id(at: $0) }
  }
}
