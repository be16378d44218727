import APIKeyModel
import ArgumentParser
import DashboardCore
import KeyExport
import KeyTable
import TerminalCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension ExportFormat: ExpressibleByArgument {}

/// `apikeys-tui list`: prints the keys that match; complete, or a failure and nothing.
struct List: AsyncParsableCommand, SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Print the keys that match: all of them, or an error and none.")

  @OptionGroup var connection: ConnectionOptions
  @Option(help: "How to write them (default: table on a terminal, else tsv, or what --output's ending says).")
  var format: ExportFormat?
  @Option(
    help: "Columns, separated by commas: \(NamedField.exportColumns.map(\.typedName).joined(separator: ", ")).")
  var columns: String?
  @Option(
    help:
      "Columns to sort by, separated by commas, each with :desc for the other way: \(KeyField.all(for: .sort).map(\.name).joined(separator: ", "))."
  )
  var sort: String?
  @Option(help: "Print this many at most.")
  var limit: Int?
  @Option(help: "Write to this file, whole or not at all; - is standard output.")
  var output: String?
  @Flag(help: "Let --output replace a file.")
  var force = false
  @Flag(help: "CSV exactly as the server sent it: formulas and control characters included.")
  var csvRaw = false
  @Flag(help: "TSV without the ' that keeps spreadsheets from running formulas; control characters stay named.")
  var tsvRaw = false
  @Flag(help: "Begin csv, tsv and markdown with the evidence: source, time, filter, completeness, count, SHA-256.")
  var evidence = false
  @Flag(
    name: .customLong("no-evidence"),
    help: "Write no FILE.evidence.json beside the file that --output names; json has its evidence inside.")
  var leavesEvidenceOut = false
  @Flag(help: "Print what can be read where a part is missing; the exit status and the evidence say so.")
  var allowPartial = false

  func validate() throws {
    if let unknownEnding {
      throw ValidationError(
        "--output ends in \(unknownEnding), which says no format: "
          + "end it in .csv, .tsv, .json, .ndjson or .md, or give --format.")
    }
    if evidence, ![.csv, .tsv, .markdown].contains(chosenFormat) {
      throw ValidationError(
        "--evidence goes with csv, tsv and markdown; json always has it. Add --format csv, for example.")
    }
    if leavesEvidenceOut, chosenFormat == .json {
      throw ValidationError("--no-evidence is for formats that have it beside the file; json has it inside.")
    }
    if leavesEvidenceOut, evidence { throw ValidationError("Give one of --evidence and --no-evidence.") }
    if csvRaw, chosenFormat != .csv { throw ValidationError("--csv-raw goes with csv; for tsv there is --tsv-raw.") }
    if tsvRaw, chosenFormat != .tsv { throw ValidationError("--tsv-raw goes with tsv; for csv there is --csv-raw.") }
    if let limit, limit < 1 { throw ValidationError("--limit is a number from 1.") }
    _ = try sortOrder()
    _ = try exportColumns()
  }

  func run() async throws {
    let query = KeyQuery(filter: try connection.filterOfOneReading(), sort: try sortOrder())
    let columns = try exportColumns()
    try await SourceSession.run(connection) { source throws(CommandFailure) in
      let enough = query.filter.isEmpty && query.sort.isServerOrder ? limit : nil
      let loaded = try await LoadAll.run(source, options: connection, enough: enough, allowPartial: allowPartial)
      let matching = try FilterAnswer.rows(of: loaded, query)
      var rows = matching
      if let limit, limit < matching.count { rows = RowList(rows: Array(matching.array.prefix(limit))) }
      var exporter = KeyExporter(
        format: chosenFormat, columns: columns, csvRaw: csvRaw,
        evidence: Evidence(
          source: source.label, provenance: loaded.provenance, fetchedAt: loaded.fetchedAt, filter: query.filter.text,
          sort: sort, order: connection.order, requests: loaded.requests))
      exporter.evidence.flaws.unreadable = loaded.unreadable
      exporter.tsvRaw = tsvRaw
      exporter.hasEvidenceComment = evidence
      if outputFile == nil {
        exporter.terminalColumns = TerminalWidth.ofStandardOutput
        // What is read by people obeys --ascii in a pipe too; data do not.
        let isData = ![.table, .plain].contains(chosenFormat)
        if isatty(STDOUT_FILENO) != 0 || !isData { exporter.charset = .current }
      }
      exporter.isComplete = rows.count == matching.count ? loaded.isKnownWhole : false
      exporter.evidence.flaws.unreadableReason = loaded.unreadableReason
      try write(exporter, loaded.table, rows)
      sayDoubts(loaded.table, rows, query)
      if let failure = loaded.failure { throw .partWritten(count: rows.count, because: failure) }
      if rows.isEmpty { throw loaded.nothingMatched }
      let isUnknown = loaded.isWhole && loaded.isKnownWhole == nil
      if outputFile != nil || isUnknown || isatty(STDOUT_FILENO) != 0 {
        StandardError.say(summary(loaded, matching: matching.count, written: rows.count))
      }
    }
  }

  private func write(_ exporter: KeyExporter, _ table: KeyTable, _ rows: RowList) throws(CommandFailure) {
    do throws(OutputError) {
      guard let outputFile else { return try exporter.write(table, rows: rows, to: .standardOutput()) }
      let outcome = try exporter.write(
        table, rows: rows, toFile: outputFile, force: force, withEvidence: !leavesEvidenceOut)
      if outcome == .nameTooLong {
        StandardError.say(
          "The file's name leaves no room for \(KeyExporter.evidenceSuffix): there is no evidence beside it.")
      }
    } catch {
      throw .output(error)
    }
  }

  /// What could not be judged or understood, wherever the keys go.
  private func sayDoubts(_ table: KeyTable, _ rows: RowList, _ query: KeyQuery) {
    let unjudged = table.unjudgedCount(filter: query.filter, sort: query.sort)
    for sentence in [StatusText.unjudged(unjudged), StatusText.flaws(table.flaws(in: rows))] {
      if let sentence { StandardError.say(sentence) }
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

  /// The file to write; nil for standard output.
  private var outputFile: String? { output == "-" ? nil : output }

  private var chosenFormat: ExportFormat {
    if let format { return format }
    if let outputFile { return ExportFormat(fileName: outputFile) ?? .tsv }
    return isatty(STDOUT_FILENO) != 0 ? .table : .tsv
  }

  /// The ending of --output that says no format, where it has to; a name without an ending leaves it to the default.
  private var unknownEnding: Substring? {
    guard format == nil, let outputFile, ExportFormat(fileName: outputFile) == nil else { return nil }
    let name = outputFile.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    // The dot of a hidden file begins no ending.
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex, name.index(after: dot) < name.endIndex else {
      return nil
    }
    return name[dot...]
  }

  private func exportColumns() throws -> [NamedField]? {
    try columns.map { text in
      try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
        guard let column = NamedField(typed: String(name)), column.field.has(.export) else {
          throw ValidationError(
            "There is no column \(name). There are: \(NamedField.exportColumns.map(\.typedName).joined(separator: ", "))."
          )
        }
        return column
      }
    }
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
