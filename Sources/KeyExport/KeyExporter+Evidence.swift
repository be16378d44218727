import APIKeyModel
import Digests
import KeyJSON
import KeyTable

extension KeyExporter {
  /// What keeps the list from being all that the server has, word for word: each is left out where there is none.
  func exceptions(_ table: KeyTable, _ rows: RowList) -> [(name: String, value: String)] {
    let flaws = table.flaws(in: rows)
    let counts = [
      ("unreadable", evidence.unreadable), ("damaged_keys", flaws.damagedKeys),
      ("not_understood_fields", flaws.notUnderstoodFields),
    ]
    return counts.filter { $0.1 > 0 }.map { ($0.0, String($0.1)) }
      + (evidence.unreadableReason.map { [("unreadable_reason", $0)] } ?? [])
  }

  /// Lines of two cells, the first of which starts with `#`, before the header of CSV and TSV: the same facts as in JSON,
  /// in the same names. The second cell is guarded like any other: a filter is text of anybody's choice.
  func writeEvidence(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) {
    var hash = SHA256()
    var encoder = KeyJSONEncoder()
    var line: [UInt8] = []
    for row in rows {
      line.removeAll(keepingCapacity: true)
      encoder.append(table, row: row, to: &line)
      line.append(UInt8(ascii: "\n"))
      hash.update(line)
    }
    let facts = [
      ("source", evidence.source), ("fetched_at", CreatedDate(seconds: evidence.fetchedAt).canonicalText),
      ("filter", evidence.filter), ("order", evidence.order), ("requests", String(evidence.requests)),
      ("tool_version", evidence.toolVersion), ("complete", String(isComplete)), ("count", String(rows.count)),
      ("sha256", hash.hexDigest()),
    ]
    for (name, value) in facts + exceptions(table, rows) {
      writer.append("# \(name)")
      if format == .csv {
        writer.append(",")
        CSVText.append(value, raw: false, charset: charset, isOwn: value.isEmpty, to: &writer.bytes)
        writer.append("\r\n")
      } else {
        writer.append("\t")
        TSVText.append(value, charset: charset, isOwn: value.isEmpty, to: &writer.bytes)
        writer.append("\n")
      }
    }
  }
}
