package import APIKeyModel
import Digests
import KeyJSON
package import KeyTable
package import TerminalCore

/// Writes keys in one of the formats. A part is never given to it as the whole: see ``isComplete``.
package struct KeyExporter: Sendable {
  package var format: ExportFormat
  /// Nil for the format's usual ones; of no meaning for JSON.
  package var columns: [NamedField]?
  /// CSV with every byte as the server sent it, formulas and controls included.
  package var csvRaw = false
  /// TSV without the `'` before what a spreadsheet would take for a formula.
  package var tsvRaw = false
  package var evidence: Evidence
  /// CSV, TSV and Markdown begin with the evidence; JSON always has it.
  package var hasEvidenceComment = false
  /// Whether these are all the keys that match; nil if unknown. Evidence records it.
  package var isComplete: Bool? = true
  /// Cells of a line of the terminal that a table goes to; nil where it goes elsewhere, and lines may be of any length.
  package var terminalColumns: Int?
  /// Of what is not JSON: UTF-8 in files and pipes; a terminal may have less.
  package var charset = DisplayCharset.utf8

  package init(
    format: ExportFormat, columns: [NamedField]? = nil, csvRaw: Bool = false, evidence: Evidence
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
    case .plain: try each(rows, writer) { KeyExporter.sentence(table[$0], charset: charset) + "\n" }
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
      // By index: an iterator of another module is called through its witness tables, row by row.
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
    let columns = columns ?? NamedField.shown
    var widths = columns.map(\.heading.utf8.count)
    for row in rows {
      let apiKey = table[row]
      for (index, column) in columns.enumerated() {
        widths[index] = max(widths[index], shownCell(column, apiKey).width)
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
          columns[index] == .created
          ? cell.prefix(columns: widths[index]) : cell.truncated(to: widths[index], charset: charset)
        return index == last ? fitted.string : fitted.padded(to: widths[index]).string
      }.joined(separator: "  ") + "\n"
    }
    writer.append(line(columns.map { DisplayText($0.heading) }))
    try each(rows, writer) { row in
      let apiKey = table[row]
      return line(columns.map { shownCell($0, apiKey) })
    }
  }

  private func shownCell(_ column: NamedField, _ apiKey: APIKey) -> DisplayText {
    DisplayText(KeyExporter.shownValue(column, apiKey), charset: charset).showingLastSpace
  }

  /// Widths with which a line does not wrap: ids show their beginning, dates the day, and names what is left.
  private static func fitted(_ widths: [Int], of columns: [NamedField], into room: Int) -> [Int] {
    var fitted = widths
    let steps: [(column: NamedField, least: Int)] = [(.creator, 9), (.created, 10), (.id, 9), (.name, 12)]
    for (column, least) in steps {
      let excess = fitted.reduce(0, +) + 2 * (columns.count - 1) - room
      guard excess > 0, let index = columns.firstIndex(of: column) else { continue }
      fitted[index] = min(fitted[index], column == .name ? max(fitted[index] - excess, least) : least)
    }
    return fitted
  }

  private func writeCSV(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) throws(OutputError) {
    let columns = columns ?? NamedField.complete
    writer.append(columns.map { "\"\($0.typedName)\"" }.joined(separator: ",") + "\r\n")
    for row in rows {
      let apiKey = table[row]
      for (index, column) in columns.enumerated() {
        if index > 0 { writer.bytes.append(UInt8(ascii: ",")) }
        let cell = KeyExporter.cell(column, apiKey)
        CSVText.append(cell.text ?? "", raw: csvRaw, charset: charset, isOwn: cell.isOwn, to: &writer.bytes)
      }
      writer.append("\r\n")
      try writer.drain()
    }
  }

  private func writeTSV(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) throws(OutputError) {
    let columns = columns ?? NamedField.complete
    writer.append(columns.map(\.typedName).joined(separator: "\t") + "\n")
    for row in rows {
      let apiKey = table[row]
      for (index, column) in columns.enumerated() {
        if index > 0 { writer.bytes.append(UInt8(ascii: "\t")) }
        let cell = KeyExporter.cell(column, apiKey)
        TSVText.append(cell.text ?? "", raw: tsvRaw, charset: charset, isOwn: cell.isOwn, to: &writer.bytes)
      }
      writer.append("\n")
      try writer.drain()
    }
  }

  private func writeMarkdown(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) throws(OutputError) {
    let columns = columns ?? NamedField.shown
    writer.append("| " + columns.map(\.heading).joined(separator: " | ") + " |\n")
    writer.append("|" + columns.map { _ in " --- |" }.joined() + "\n")
    for row in rows {
      let apiKey = table[row]
      writer.append("|")
      for column in columns {
        writer.append(" ")
        appendMarkdown(column, apiKey, to: writer)
        writer.append(" |")
      }
      writer.append("\n")
      try writer.drain()
    }
  }

  /// Values are code; the words of this program are outside of it.
  private func appendMarkdown(_ column: NamedField, _ apiKey: APIKey, to writer: ByteWriter) {
    func code(_ text: String) { MarkdownText.append(DisplayText(text, charset: charset).string, to: &writer.bytes) }
    switch KeyExporter.cell(column, apiKey) {
    case .value(let text) where !text.isEmpty: code(text)
    case .word(let word): writer.append(word)
    case .notUnderstood(let odd):
      writer.append("not understood: ")
      code(odd.json)
      writer.append(odd.cut)
    case .value: writer.append(column == .name ? "(empty name)" : column == .permissions ? "none" : "(empty)")
    case .missing: writer.append(column == .name ? "(no name)" : "-")
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
    let members = facts(table, rows, digest: hash.hexDigest())
    writer.append("\n],\"complete\":\(isComplete.map(String.init) ?? "null"),\"count\":\(rows.count),\"evidence\":")
    JSONWriter.append(members, to: &writer.bytes)
    writer.append("}\n")
  }
}
