import APIKeyModel
import ArgumentParser
import DashboardCore
import Glibc
import KeyExport
import KeyTable
import TerminalCore

/// `apikeys-tui permissions`: how many keys hold each permission.
struct Permissions: AsyncParsableCommand, ListCommand {
  static let configuration = CommandConfiguration(
    commandName: "permissions",
    abstract: "Print each permission with the number of keys that hold it.")

  /// A form of the report.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case tsv
    case json
  }

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Token") var token: TokenOptions
  @OptionGroup(title: "Requests") var request: RequestOptions
  @OptionGroup(title: "Trusted servers") var trust: TrustOptions
  @OptionGroup(title: "Time limits") var timeLimits: TimeLimitOptions
  @OptionGroup(title: "Pagination") var paging: PagingOptions
  @OptionGroup var filter: FilterOptions
  @OptionGroup var text: TextOptions
  @Flag(help: "Count the readable keys even if some records are not readable; the status is then 65.")
  var allowPartial = false
  @Option(help: "Output format.")
  var format = Format.table

  func validate() throws { try connection.validate() }

  func run() async throws {
    let query = KeyQuery(filter: try filter.parsedForOneReading())
    try await SourceSession.run(reading) { source throws(CommandFailure) in
      let loaded = try await LoadAll.run(source, options: reading, allowPartial: allowPartial)
      let rows = try MatchingRows.rows(of: loaded, query)
      guard !rows.isEmpty else {
        if let failure = loaded.failure {
          throw .partWritten(count: loaded.table.count, done: "searched", because: failure)
        }
        throw loaded.nothingMatched
      }
      let writer = ByteWriter.standardOutput()
      write(loaded.table.permissionPivot(within: rows), to: writer)
      do throws(OutputError) {
        try writer.flush()
      } catch {
        throw .output(error)
      }
      let full = rows.reduce(0) { $0 + (loaded.table.access(at: $1) == .full ? 1 : 0) }
      let unjudged = loaded.table.unjudgedCount(filter: query.filter, sort: query.sort)
      if let sentence = StatusText.unjudged(unjudged) { StandardError.show(sentence) }
      if let failure = loaded.failure { throw .partWritten(count: rows.count, done: "counted", because: failure) }
      StandardError.show(
        "\(Count.keys(rows.count)), \(full) with full access; "
          + (loaded.provenance == nil ? "complete at \(LocalTime.text(loaded.fetchedAt))." : "\(loaded.completeness)."))
    }
  }

  private func write(_ tallies: [PermissionTally], to writer: ByteWriter) {
    switch format {
    case .table:
      let names = tallies.map { DisplayText($0.inCatalog ? $0.name : "\($0.name) (not in the catalogue)") }
      let width = min(names.map(\.width).max() ?? 0, 60)
      func cell(_ text: String) -> String { String(repeating: " ", count: max(9 - text.utf8.count, 0)) + text }
      writer.append(
        DisplayText("PERMISSION").padded(to: width).string + "  " + cell("LISTED") + cell("FULL") + cell("KEYS") + "\n")
      for (name, tally) in zip(names, tallies) {
        writer.append(
          name.truncated(to: width).padded(to: width).string + "  " + cell("\(tally.listed)")
            + cell("\(tally.throughFullAccess)") + cell("\(tally.listed + tally.throughFullAccess)") + "\n")
      }
    case .tsv:
      writer.append("permission\tlisted\tthrough_full_access\tkeys\tin_catalog\n")
      for tally in tallies {
        TSVText.append(tally.name, charset: isatty(STDOUT_FILENO) != 0 ? .current : .utf8, to: &writer.bytes)
        writer.append(
          "\t\(tally.listed)\t\(tally.throughFullAccess)\t"
            + "\(tally.listed + tally.throughFullAccess)\t\(tally.inCatalog)\n")
      }
    case .json:
      for (index, tally) in tallies.enumerated() {
        writer.append(index == 0 ? "[\n{\"permission\":" : ",\n{\"permission\":")
        JSONText.append(tally.name, to: &writer.bytes)
        writer.append(
          ",\"listed\":\(tally.listed),\"through_full_access\":\(tally.throughFullAccess),"
            + "\"keys\":\(tally.listed + tally.throughFullAccess),\"in_catalog\":\(tally.inCatalog)}")
      }
      writer.append("\n]\n")
    }
  }
}
