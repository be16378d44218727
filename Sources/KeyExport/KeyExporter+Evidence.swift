import APIKeyModel
import Digests
import KeyJSON
package import KeyTable
import TerminalCore

extension KeyExporter {
  /// The facts, with what is wrong with the keys of these rows.
  func facts(_ table: KeyTable, _ rows: RowList, digest: String) -> [JSONValue.Member] {
    var evidence = evidence
    let flaws = table.flaws(in: rows)
    evidence.flaws.notUnderstood = flaws.notUnderstoodKeys
    evidence.flaws.damagedText = flaws.damagedKeys
    return evidence.members(isComplete: isComplete, count: rows.count, digest: digest)
  }

  /// The evidence inside CSV, TSV and Markdown, before their header: the same facts as in JSON, in the same names.
  ///
  /// CSV and TSV have lines of two cells, the first of which starts with `#`, Markdown has a list. Values are guarded
  /// like any other cell: a filter is arbitrary text. What is not known is empty, but for `complete`.
  func writeEvidence(_ table: KeyTable, _ rows: RowList, _ writer: ByteWriter) {
    for member in facts(table, rows, digest: keyDigest(table, rows)) {
      let isUnknownCompleteness = member.name == "complete" && member.value == .null
      let value = isUnknownCompleteness ? "null" : JSONWriter.line(member.value)
      switch format {
      case .csv:
        writer.append("# \(member.name),")
        CSVText.append(value, raw: false, charset: charset, isOwn: value.isEmpty, to: &writer.bytes)
        writer.append("\r\n")
      case .markdown:
        writer.append("- \(member.name): ")
        MarkdownText.append(DisplayText(value, charset: charset, limit: .max).string, to: &writer.bytes)
        writer.append("\n")
      default:
        writer.append("# \(member.name)\t")
        TSVText.append(value, charset: charset, isOwn: value.isEmpty, to: &writer.bytes)
        writer.append("\n")
      }
    }
    if format == .markdown { writer.append("\n") }
  }

  /// The digest of the keys as NDJSON, whatever the format is.
  private func keyDigest(_ table: KeyTable, _ rows: RowList) -> String {
    var hash = SHA256()
    var encoder = KeyJSONEncoder()
    var line: [UInt8] = []
    for place in 0..<rows.count {
      line.removeAll(keepingCapacity: true)
      encoder.append(table, row: rows[place], to: &line)
      line.append(UInt8(ascii: "\n"))
      hash.update(line)
    }
    return hash.hexDigest()
  }

  /// Whether the evidence goes into a file of its own beside the file; JSON has it inside.
  package var wantsSideEvidence: Bool { format != .json }

  /// Evidence as a file of its own; `name` is the file it speaks of, `digest` the SHA-256 of that file's bytes.
  func sideEvidence(name: String, _ table: KeyTable, _ rows: RowList, digest: String) -> [UInt8] {
    var members = facts(table, rows, digest: digest)
    members.insert(JSONValue.Member("file", .text(name)), at: 1)
    var bytes: [UInt8] = []
    JSONWriter.append(members, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// Writes the rows to a file and, with `withEvidence`, the evidence to another beside it: `keys.csv.evidence.json`.
  ///
  /// Both are made ready first. Then the keys get their name, and after them the evidence: ended in between, there are
  /// keys that may not be all, or evidence of older keys, which a reader finds out by the digest.
  package func write(
    _ table: KeyTable, rows: RowList, toFile path: String, force: Bool, withEvidence: Bool
  ) throws(OutputError) -> SideEvidenceOutcome {
    let file = try SafeOutputFile(path: path, force: force)
    let sidePath = path + KeyExporter.evidenceSuffix
    var side: SafeOutputFile?
    var outcome = SideEvidenceOutcome.none
    if withEvidence, wantsSideEvidence {
      if SafeOutputFile.canBeNamed(sidePath) {
        side = try SafeOutputFile(path: sidePath, force: force)
        outcome = .written(path: sidePath)
        file.writer.digest = SHA256()
      } else {
        outcome = .nameTooLong
      }
    }
    try write(table, rows: rows, to: file.writer)
    if let side {
      let digest = file.writer.digest?.hexDigest() ?? ""
      let name = path.split(separator: "/").last.map(String.init) ?? path
      side.writer.bytes = sideEvidence(name: name, table, rows, digest: digest)
      try side.prepare()
    }
    try file.commit()
    guard let side else { return outcome }
    do throws(OutputError) {
      try side.commit()
    } catch {
      throw .noEvidence(path: path, reason: error.sentence)
    }
    return outcome
  }

  package static let evidenceSuffix = ".evidence.json"
}

/// What became of the evidence beside a file.
package enum SideEvidenceOutcome: Equatable, Sendable {
  /// There is none: the format has it inside, or it was not requested.
  case none
  case written(path: String)
  /// The file's name has no room for the ending.
  case nameTooLong
}
