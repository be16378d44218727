import APIKeyClient
import APIKeyModel
import ArgumentParser
import DashboardCore
import Glibc
import KeyExport
import KeyTable
import TerminalCore

/// `apikeys-tui list`: prints the matching keys, or an error if the list is not complete.
struct List: AsyncParsableCommand, ListCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Print the matching keys; if any key is missing, print an error instead.")

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Token") var token: TokenOptions
  @OptionGroup(title: "Requests") var request: RequestOptions
  @OptionGroup(title: "Trusted servers") var trust: TrustOptions
  @OptionGroup(title: "Time limits") var timeLimits: TimeLimitOptions
  @OptionGroup(title: "Pagination") var paging: PagingOptions
  @OptionGroup var filter: FilterOptions
  @OptionGroup var text: TextOptions
  @OptionGroup(title: "Output") var output: ListOutputOptions
  @Option(
    help:
      "Columns to sort by, separated by commas; append :desc for descending order: \(KeyField.all(for: .sort).map(\.name).joined(separator: ", "))."
  )
  var sort: String?
  @Option(help: "Maximum number of keys to print.")
  var limit: Int?
  @Flag(help: "Print the readable keys even if others are missing; the exit status and the evidence show it.")
  var allowPartial = false

  func validate() throws {
    try connection.validate()
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    _ = try sortOrder()
  }

  func run() async throws {
    let query = KeyQuery(filter: try filter.parsedForOneReading(), sort: try sortOrder())
    let columns = try output.exportColumns()
    try await SourceSession.run(reading) { source throws(CommandFailure) in
      let enough = query.filter.isEmpty && query.sort.isServerOrder ? limit : nil
      let loaded = try await LoadAll.run(source, options: reading, enough: enough, allowPartial: allowPartial)
      let matching = try MatchingRows.rows(of: loaded, query)
      var rows = matching
      if let limit, limit < matching.count { rows = RowList(rows: Array(matching.array.prefix(limit))) }
      var exporter = KeyExporter(
        format: output.chosenFormat, columns: columns, csvRaw: output.csvRaw,
        evidence: Evidence(
          source: source.label, provenance: loaded.provenance, fetchedAt: loaded.fetchedAt, filter: query.filter.text,
          sort: sort, order: request.order, requests: loaded.requests))
      exporter.evidence.flaws.unreadable = loaded.unreadable
      exporter.tsvRaw = output.tsvRaw
      exporter.hasEvidenceComment = output.evidence
      if output.file == nil {
        exporter.terminalColumns = TerminalWidth.ofStandardOutput
        // Formats for people obey --ascii in a pipe too; data formats do not.
        let isData = ![.table, .plain].contains(output.chosenFormat)
        if isatty(STDOUT_FILENO) != 0 || !isData { exporter.charset = .current }
      }
      exporter.isComplete = rows.count == matching.count ? loaded.isKnownWhole : false
      exporter.evidence.flaws.unreadableReason = loaded.unreadableReason
      try write(exporter, loaded.table, rows)
      showDoubts(loaded.table, rows, query)
      if let failure = loaded.failure { throw .partWritten(count: rows.count, because: failure) }
      if rows.isEmpty { throw loaded.nothingMatched }
      let isUnknown = loaded.isWhole && loaded.isKnownWhole == nil
      if output.file != nil || isUnknown || isatty(STDOUT_FILENO) != 0 {
        StandardError.show(summary(loaded, matching: matching.count, written: rows.count))
      }
    }
  }

  private func write(_ exporter: KeyExporter, _ table: KeyTable, _ rows: RowList) throws(CommandFailure) {
    do throws(OutputError) {
      guard let file = output.file else { return try exporter.write(table, rows: rows, to: .standardOutput()) }
      let outcome = try exporter.write(
        table, rows: rows, toFile: file, force: output.force, withEvidence: !output.noEvidence)
      if outcome == .nameTooLong {
        StandardError.show(
          "The file name is too long to append \(KeyExporter.evidenceSuffix): no evidence was written beside it.")
      }
    } catch {
      throw .output(error)
    }
  }

  /// Shows what the filter could not judge and which fields were not understood.
  private func showDoubts(_ table: KeyTable, _ rows: RowList, _ query: KeyQuery) {
    let unjudged = table.unjudgedCount(filter: query.filter, sort: query.sort)
    for sentence in [StatusText.unjudged(unjudged), StatusText.flaws(table.flaws(in: rows))] {
      if let sentence { StandardError.show(sentence) }
    }
  }

  private func summary(_ loaded: LoadedList, matching: Int, written: Int) -> String {
    let time = LocalTime.text(loaded.fetchedAt)
    guard loaded.isWhole else {
      return "the first \(written == 1 ? "key" : Count.keys(written)) of more, as of \(time)."
    }
    let shown = (written == matching ? "" : "the first ") + Count.grouped(written)
    return matching == loaded.table.count && written == matching
      ? "\(loaded.completeness)."
      : "\(shown) of \(Count.grouped(matching)) that match, of \(loaded.completeness)."
  }

  private func sortOrder() throws -> SortOrder {
    guard let sort else { return .server }
    do throws(SortProblem) {
      return try SortOrder(parsing: sort)
    } catch {
      throw ValidationError("--sort: \(error.sentence)")
    }
  }
}
