import APIKeyModel
import ArgumentParser
import Glibc
import KeyExport

extension ExportFormat: ExpressibleByArgument {}

/// How `list` writes the keys, and where to.
struct ListOutputOptions: ParsableArguments {
  @Option(help: "Output format (default: by the extension of --output; otherwise table on a terminal, tsv elsewhere).")
  var format: ExportFormat?
  @Option(
    help:
      "Table columns to write, separated by commas: \(NamedField.exportColumns.map(\.typedName).joined(separator: ", "))."
  )
  var columns: String?
  @Option(help: "Write to this file, completely or not at all; - is standard output.")
  var output: String?
  @Flag(help: "Let --output replace an existing file.")
  var force = false
  @Flag(help: "Write CSV values exactly as the server sent them, formulas and control characters included.")
  var csvRaw = false
  @Flag(help: "Write TSV without the ' that keeps spreadsheets from running formulas; control characters stay escaped.")
  var tsvRaw = false
  @Flag(
    help: "Start csv, tsv and markdown output with the evidence: source, time, filter, completeness, count, SHA-256.")
  var evidence = false
  @Flag(
    help: "Do not write FILE.evidence.json beside the file of --output; json contains its evidence.")
  var noEvidence = false

  func validate() throws {
    if let unknownEnding {
      throw ValidationError(
        "--output ends in \(unknownEnding), which is not a known format: "
          + "end it in .csv, .tsv, .json, .ndjson or .md, or give --format.")
    }
    if evidence, ![.csv, .tsv, .markdown].contains(chosenFormat) {
      throw ValidationError(
        "--evidence goes with csv, tsv and markdown; json always has it. Add --format csv, for example.")
    }
    if noEvidence, chosenFormat == .json {
      throw ValidationError("--no-evidence is for formats that have it beside the file; json has it inside.")
    }
    if noEvidence, evidence { throw ValidationError("Give one of --evidence and --no-evidence.") }
    if csvRaw, chosenFormat != .csv { throw ValidationError("--csv-raw goes with csv; for tsv there is --tsv-raw.") }
    if tsvRaw, chosenFormat != .tsv { throw ValidationError("--tsv-raw goes with tsv; for csv there is --csv-raw.") }
    _ = try exportColumns()
  }

  /// The file to write; nil for standard output.
  var file: String? { output == "-" ? nil : output }

  var chosenFormat: ExportFormat {
    if let format { return format }
    if let file { return ExportFormat(fileName: file) ?? .tsv }
    return isatty(STDOUT_FILENO) != 0 ? .table : .tsv
  }

  /// The extension of --output if it selects no format and has to; without an extension the default applies.
  private var unknownEnding: Substring? {
    guard format == nil, let file, ExportFormat(fileName: file) == nil else { return nil }
    let name = file.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    // The dot of a hidden file starts no extension.
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex, name.index(after: dot) < name.endIndex else {
      return nil
    }
    return name[dot...]
  }

  func exportColumns() throws -> [NamedField]? {
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
}
