import APIKeyClient
import APIKeyModel
import KeyLoading
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
      text = ClipboardText(lines: DetailViewModel(state: self, room: .max).lines.map(\.plainText), of: apiKey)
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
    return [.printLines(DetailViewModel(state: self, room: .max).lines.map(\.plainText))]
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

  /// Writes the marked, else the filtered keys; the file's suffix chooses the format.
  mutating func export(to path: String) -> [Effect] {
    guard marks.isEmpty else {
      let rows = inScreenOrder(marks.ids)
      let ids = rows.map { allKeys.id(at: $0) }
      return [.export(ExportRequest(path: path, marked: ids, contents: exportContents(marked: rows)))]
    }
    // No load makes such a list whole, so nothing is loaded for it.
    guard load.unreadable == 0 else {
      post(.output(.someUnreadable(load.unreadable)))
      return []
    }
    guard load.completeness.isAtEnd else { return loadInsteadOfExport() }
    return [.export(ExportRequest(path: path, marked: nil, contents: exportContents()))]
  }

  /// The marked rows of the list in an order, else the rows shown.
  private func exportContents(marked: [Int]? = nil) -> ExportContents {
    var contents = ExportContents()
    // Every mark is of a key in the list, also while those that are gone are shown.
    contents.table = marked == nil ? table.snapshot : allKeys.snapshot
    contents.rows = marked.map { RowList(rows: $0.map { UInt32($0) }) } ?? query.visible
    // Marked keys are a choice, and rows still to be searched may match: the file is then marked as incomplete.
    contents.isComplete = marked == nil && query.covers(rowCount: table.count) ? load.isKnownWhole : false
    contents.provenance = load.provenance
    // The end of the last whole read: looks for new keys since do not make the rest any younger.
    contents.fetchedAt = load.completeness.wholeReadAt ?? load.lastResponse ?? environment.now
    // Marks are written whether the filter shows them or not.
    contents.filter = marked == nil ? query.filter.text : ""
    contents.sort = settings.sort
    contents.order = order
    contents.requests = load.answered
    contents.unreadable = load.unreadable
    contents.unreadableReason = load.unreadableReason
    contents.source = configuration.sourceLabel
    return contents
  }

  /// A part is not exported, and loads the rest where nothing stopped the load.
  private mutating func loadInsteadOfExport() -> [Effect] {
    switch load.completeness {
    case .partial, .loading, .waiting:
      // A page in flight is not enough: the load continues to the end after it.
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

  /// The rows of marked keys in the order of the screen, and after them those that the filter hides, in the order of the
  /// table.
  private func inScreenOrder(_ ids: Set<KeyIdentifier>) -> [Int] {
    let marked = ids.compactMap { allKeys.row(of: $0) }
    var hidden = RowSet(marked)
    var rows: [Int] = []
    // No key that is gone is marked.
    for index in 0..<(query.filter.asksForGone ? 0 : query.visible.count) {
      let row = query.visible[index]
      guard hidden.contains(row) else { continue }
      rows.append(row)
      hidden.remove(row)
    }
    return rows + marked.filter { hidden.contains($0) }.sorted()
  }
}
