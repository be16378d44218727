import APIKeyModel
import Digests
import KeyTable
import TerminalCore

/// Writes keys in one of the formats. A part is never given to it as the whole: see ``isComplete``.
package struct KeyExporter: Sendable {
  package var format: ExportFormat
  /// Nil for the format's usual ones; of no meaning for JSON.
  package var columns: [ExportColumn]?
  /// CSV with every byte as the server sent it, formulas and controls included.
  package var csvRaw = false
  /// TSV without the `'` before what a spreadsheet would take for a formula.
  package var tsvRaw = false
  package var evidence: Evidence
  /// CSV, TSV and Markdown begin with the evidence; JSON always has it.
  package var hasEvidenceComment = false
  /// Whether these are all the keys that match; nil where nobody knows. Evidence says so.
  package var isComplete: Bool? = true
  /// Cells of a line of the terminal that a table goes to; nil where it goes elsewhere, and lines may be of any length.
  package var terminalColumns: Int?

  package init(
    format: ExportFormat, columns: [ExportColumn]? = nil, csvRaw: Bool = false, evidence: Evidence
  ) {
    self.format = format
    self.columns = columns
    self.csvRaw = csvRaw
    self.evidence = evidence
  }

  /// Writes the rows in their order, and flushes.
  package func write(_ table: KeyTable, rows: RowList, to writer: ByteWriter) throws(OutputError) {
    switch format {
    case .table: try writeTable(table, rows, writer)
    case .plain: try each(rows, writer) { KeyExporter.sentence(table[$0]) + "\n" }
    case .tsv:
      if hasEvidenceComment { writeEvidence(table, rows, writer) }
      try writeTSV(table, rows, writer)
    case .csv:
      if hasEvidenceComment { writeEvidence(table, rows, writer) }
      try writeCSV(table, rows, writer)
    case .markdown:
      if hasEvidenceComment { writeEvidence(table, rows, writer) }
      try writeMarkdown(table, rows, writer)
    case .ndjson:
      var encoder = KeyJSONEncoder()
      // By place: an iterator of another module is asked through its witness tables, row by row.
      for place in 0..<rows.count {
        encoder.append(table, row: rows[place], to: &writer.bytes)
        writer.bytes.append(UInt8(ascii: "\n"))
        try writer.drain()
      }
    case .json: try writeJSON(table, rows, writer)
    }
    try writer.flush()
  }

  private func each(_ rows: RowList, _ writer: ByteWriter, _ line: (Int) -> String) throws(OutputError) {
    for row in rows {
      writer.append(line(row))
      try writer.drain()
    }
  }

  private func writeTable(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) throws(OutputError) {
    let columns = columns ?? ExportColumn.shown
    var widths = columns.map(\.title.utf8.count)
    for row in rows {
      let apiKey = table[row]
      for (index, column) in columns.enumerated() {
        widths[index] = max(widths[index], KeyExporter.cell(column, apiKey).width)
      }
    }
    // One endless name must not push every other column off the screen.
    widths = zip(columns, widths).map { $0 == .name || $0 == .permissions ? min($1, 60) : $1 }
    // Columns that were asked for are whole.
    if self.columns == nil, let room = terminalColumns { widths = KeyExporter.fitted(widths, of: columns, into: room) }
    func line(_ cells: [DisplayText]) -> String {
      let last = cells.count - 1
      return cells.enumerated().map { index, cell in
        // The day is a whole date: no sign of a cut.
        let fitted =
          columns[index] == .created ? cell.prefix(columns: widths[index]) : cell.truncated(to: widths[index])
        return index == last ? fitted.string : fitted.padded(to: widths[index]).string
      }.joined(separator: "  ") + "\n"
    }
    writer.append(line(columns.map { DisplayText($0.title) }))
    try each(rows, writer) { row in
      let apiKey = table[row]
      return line(columns.map { KeyExporter.cell($0, apiKey) })
    }
  }

  private static func cell(_ column: ExportColumn, _ apiKey: APIKey) -> DisplayText {
    DisplayText(shownValue(column, apiKey)).showingLastSpace
  }

  /// Widths with which a line does not wrap: ids show their beginning, dates the day, and names what is left.
  private static func fitted(_ widths: [Int], of columns: [ExportColumn], into room: Int) -> [Int] {
    var fitted = widths
    let steps: [(column: ExportColumn, least: Int)] = [(.creator, 9), (.created, 10), (.id, 9), (.name, 12)]
    for (column, least) in steps {
      let excess = fitted.reduce(0, +) + 2 * (columns.count - 1) - room
      guard excess > 0, let index = columns.firstIndex(of: column) else { continue }
      fitted[index] = min(fitted[index], column == .name ? max(fitted[index] - excess, least) : least)
    }
    return fitted
  }

  private func writeCSV(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) throws(OutputError) {
    let columns = columns ?? ExportColumn.complete
    writer.append(columns.map { "\"\($0.rawValue)\"" }.joined(separator: ",") + "\r\n")
    for row in rows {
      let apiKey = table[row]
      for (index, column) in columns.enumerated() {
        if index > 0 { writer.bytes.append(UInt8(ascii: ",")) }
        CSVText.append(KeyExporter.value(column, apiKey), raw: csvRaw, to: &writer.bytes)
      }
      writer.append("\r\n")
      try writer.drain()
    }
  }

  private func writeTSV(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) throws(OutputError) {
    let columns = columns ?? ExportColumn.complete
    writer.append(columns.map(\.rawValue).joined(separator: "\t") + "\n")
    for row in rows {
      let apiKey = table[row]
      for (index, column) in columns.enumerated() {
        if index > 0 { writer.bytes.append(UInt8(ascii: "\t")) }
        TSVText.append(KeyExporter.value(column, apiKey), raw: tsvRaw, to: &writer.bytes)
      }
      writer.append("\n")
      try writer.drain()
    }
  }

  private func writeMarkdown(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) throws(OutputError) {
    let columns = columns ?? ExportColumn.shown
    writer.append("| " + columns.map(\.title).joined(separator: " | ") + " |\n")
    writer.append("|" + columns.map { _ in " --- |" }.joined() + "\n")
    for row in rows {
      let apiKey = table[row]
      writer.append("|")
      for column in columns {
        let value = KeyExporter.value(column, apiKey)
        writer.append(" ")
        if value.isEmpty {
          writer.append("-")
        } else if column == .access || column == .count {
          // Words of this program.
          writer.append(value)
        } else {
          MarkdownText.append(DisplayText(value).string, to: &writer.bytes)
        }
        writer.append(" |")
      }
      writer.append("\n")
      try writer.drain()
    }
  }

  private func writeJSON(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) throws(OutputError) {
    var hash = SHA256()
    var encoder = KeyJSONEncoder()
    var line: [UInt8] = []
    writer.append("{\"format\":\(Evidence.format),\"data\":[")
    for position in 0..<rows.count {
      line.removeAll(keepingCapacity: true)
      encoder.append(table, row: rows[position], to: &line)
      if position > 0 { writer.bytes.append(UInt8(ascii: ",")) }
      writer.bytes.append(UInt8(ascii: "\n"))
      writer.bytes.append(contentsOf: line)
      line.append(UInt8(ascii: "\n"))
      hash.update(line)
      try writer.drain()
    }
    let members = evidence.members(isComplete: isComplete, count: rows.count, digest: hash.hexDigest())
    writer.append("\n],\"complete\":\(isComplete.map(String.init) ?? "null"),\"count\":\(rows.count),\"evidence\":")
    JSONWriter.append(members, to: &writer.bytes)
    writer.append("}\n")
  }
}
