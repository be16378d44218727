import APIKeyClient
import APIKeyModel
import ArgumentParser
import DashboardCore
import KeyExport
import KeyTable
import TerminalCore

/// `apikeys-tui show KEY`: one key in full; several that match are listed.
struct Show: AsyncParsableCommand, ListCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print one key by id, exact name or last four; if several match, list them and exit with status 1.")

  @Argument(
    help:
      "The key's id or at least its first four characters, its exact name, or the last four characters of its secret.")
  var key: String
  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Token") var token: TokenOptions
  @OptionGroup(title: "Requests") var request: RequestOptions
  @OptionGroup(title: "Trusted servers") var trust: TrustOptions
  @OptionGroup(title: "Time limits") var timeLimits: TimeLimitOptions
  @OptionGroup(title: "Pagination") var paging: PagingOptions
  @OptionGroup var filter: FilterOptions
  @OptionGroup var text: TextOptions
  @Flag(help: "Search the readable keys even if some records are not readable; the status is then 65.")
  var allowPartial = false

  func validate() throws { try connection.validate() }

  func run() async throws {
    let query = KeyQuery(filter: try filter.parsedForOneReading())
    try await SourceSession.run(reading) { source throws(CommandFailure) in
      let loaded = try await LoadAll.run(source, options: reading, allowPartial: allowPartial)
      let table = loaded.table
      let rows = try MatchingRows.rows(of: loaded, query)
      let found = matches(table, rows)
      guard let first = found.first else {
        if let failure = loaded.failure {
          StandardError.show("No key that was read has this id, name or last four: \(key).")
          throw .partWritten(count: rows.count, done: "searched", because: failure)
        }
        let isKnown = loaded.isKnownWhole != nil
        throw .nothingMatched(
          "No key has this id, name or last four: \(key). "
            + (isKnown ? "All \(Count.keys(table.count)) were searched." : "\(loaded.completeness)."))
      }
      do throws(OutputError) {
        if found.count == 1 {
          let writer = ByteWriter.standardOutput()
          for line in Show.lines(table[first]) { writer.append(line.string + "\n") }
          try writer.flush()
        } else {
          var exporter = KeyExporter(
            format: .table,
            evidence: Evidence(
              source: source.label, provenance: loaded.provenance, fetchedAt: loaded.fetchedAt, filter: "", sort: nil,
              order: request.order, requests: loaded.requests))
          exporter.charset = .current
          try exporter.write(table, rows: RowList(rows: found.map { UInt32($0) }), to: .standardOutput())
        }
      } catch {
        throw .output(error)
      }
      let severalMatch = "\(found.count) keys match \(key). Give the id of one to see it in full."
      if let failure = loaded.failure {
        if found.count > 1 { StandardError.show(severalMatch) }
        throw .partWritten(count: rows.count, done: "searched", because: failure)
      }
      loaded.showIfUnknown()
      if found.count > 1 { throw .nothingMatched(severalMatch) }
    }
  }

  /// See ``KeyTable/rows(named:within:)``; `9 3 d c` is the last four as they are read out.
  private func matches(_ table: KeyTable, _ rows: RowList) -> [Int] {
    let found = table.rows(named: key, within: rows)
    guard found.isEmpty else { return found }
    switch KeyReference(key) {
    case .lastFour(let text), .rows(_, let text?):
      return table.rows(withLastFour: text).filter { rows.place(of: $0) != nil }
    default: return []
    }
  }

  /// Every fact of a key, a label before each.
  static func lines(_ apiKey: APIKey) -> [DisplayText] {
    func line(_ field: KeyField, _ value: String?) -> DisplayText {
      DisplayText(field.title + ":").padded(to: 13) + DisplayText(value ?? apiKey.withoutValue(field) ?? "")
    }
    let access: String? =
      switch apiKey.access {
      case .full: "full: every permission, now and in future"
      case .limited: "limited to the permissions listed"
      case .unknown: nil
      }
    let created = apiKey.created == nil ? nil : apiKey.createdWireText
    var lines = [
      line(.name, apiKey.shownName), line(.id, apiKey.id.text), line(.lastFour, apiKey.lastFour.map(APIKey.shown)),
      line(.created, created), line(.creator, apiKey.creator.map { APIKey.shown($0.text) }), line(.access, access),
    ]
    if !apiKey.damaged.isEmpty {
      lines.append(DisplayText("Damaged:").padded(to: 13) + DisplayText(KeyText.damaged(apiKey.damaged)))
    }
    guard let permissions = apiKey.permissions else {
      let isFull = apiKey.access == .full && apiKey.notUnderstood[.permissions] == nil
      lines.append(line(.permissions, isFull ? "none listed" : nil))
      return lines
    }
    lines.append(line(.permissions, "\(permissions.count) listed"))
    for name in permissions.list {
      let isKnown = PermissionCatalog.index(of: name) != nil
      lines.append(DisplayText("  ") + DisplayText(name) + DisplayText(isKnown ? "" : " (not in the catalogue)"))
    }
    return lines
  }
}
