import APIKeyModel
import ArgumentParser
import KeyExport
import KeyTable
import TerminalCore

/// `apikeys-tui show KEY`: one key in full; several that match are listed.
struct Show: AsyncParsableCommand, SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print one key, by id, exact name or last four; several that match are listed.")

  @Argument(help: "The key's id, its exact name, or the last four characters of its secret.")
  var key: String
  @OptionGroup var connection: ConnectionOptions

  func run() async throws {
    let query = KeyQuery(filter: try connection.parsedFilter())
    try await SourceSession.run(connection) { source throws(CommandFailure) in
      let loaded = try await LoadAll.run(source, options: connection)
      let table = loaded.table
      let rows = table.rows(matching: query, context: FilterContext(now: LocalTime.now())) ?? RowList(count: 0)
      let found = matches(table, rows)
      guard let first = found.first else {
        throw .nothingMatched(
          "No key has this id, name or last four: \(key). All \(Count.keys(table.count)) were searched.")
      }
      do throws(OutputError) {
        if found.count == 1 {
          let writer = ByteWriter.standardOutput()
          for line in Show.lines(table[first]) { writer.append(line.string + "\n") }
          try writer.flush()
        } else {
          let exporter = KeyExporter(
            format: .table,
            evidence: Evidence(
              source: source.label, provenance: loaded.provenance, fetchedAt: loaded.fetchedAt, filter: "", sort: nil,
              order: connection.order, requests: loaded.requests))
          try exporter.write(table, rows: RowList(rows: found.map { UInt32($0) }), to: .standardOutput())
        }
      } catch {
        throw .output(error)
      }
      if found.count > 1 {
        StandardError.say("\(found.count) keys match \(key). Give the id of one to see it in full.")
      }
    }
  }

  /// The key with that id alone; else all with that very name; else all with those last four. Compared by bytes.
  private func matches(_ table: KeyTable, _ rows: RowList) -> [Int] {
    if let row = table.row(of: KeyIdentifier(key)), rows.contains(row) { return [row] }
    let named = rows.filter { table.name(at: $0).utf8.elementsEqual(key.utf8) }
    if !named.isEmpty { return named }
    return rows.filter { table.lastFour(at: $0)?.utf8.elementsEqual(key.utf8) ?? false }
  }

  /// Every fact of a key, a label before each.
  static func lines(_ apiKey: APIKey) -> [DisplayText] {
    func line(_ label: String, _ value: String?) -> DisplayText {
      DisplayText(label).padded(to: 13) + DisplayText(value ?? "not reported")
    }
    let access =
      switch apiKey.access {
      case .full: "full: every permission, now and in future"
      case .limited: "limited to the permissions listed"
      case .unknown: "not reported"
      }
    var lines = [
      line("Name:", apiKey.name), line("ID:", apiKey.id.text), line("Last four:", apiKey.lastFour),
      line("Created:", apiKey.createdWireText), line("Creator:", apiKey.creator?.text), line("Access:", access),
    ]
    guard let permissions = apiKey.permissions else {
      lines.append(line("Permissions:", apiKey.access == .full ? "none listed" : nil))
      return lines
    }
    lines.append(line("Permissions:", "\(permissions.count) listed"))
    for name in permissions.list {
      let isKnown = PermissionCatalog.index(of: name) != nil
      lines.append(DisplayText("  ") + DisplayText(name) + DisplayText(isKnown ? "" : " (not in the catalogue)"))
    }
    return lines
  }
}
