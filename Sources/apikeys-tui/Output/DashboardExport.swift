import APIKeyModel
import DashboardCore
import KeyExport
import KeyLoading
import KeyTable

/// The dashboard's export: the marked keys, else those shown, in the format that the file's ending asks for.
enum DashboardExport {
  static func write(_ request: ExportRequest) -> Result<ExportOutcome, ExportProblem> {
    var path = request.path
    if path.hasPrefix("~/"), let home = Environment.value("HOME") { path = home + path.dropFirst() }
    guard path != "-" else {
      return .failure(
        ExportProblem(sentence: OutputText.standardOutputIsTaken(), exitCode: ProgramStatus.usage.rawValue))
    }
    guard let format = ExportFormat(fileName: path) else {
      return .failure(
        ExportProblem(
          sentence: "Nothing was written: end the name in .csv, .tsv, .json, .ndjson, .md or .txt.",
          exitCode: ProgramStatus.usage.rawValue, saysOutcome: true))
    }
    let contents = request.contents
    var exporter = KeyExporter(
      format: format,
      evidence: Evidence(
        source: contents.source, provenance: contents.provenance, fetchedAt: contents.fetchedAt,
        filter: contents.filter, sort: contents.sort.isServerOrder ? nil : contents.sort.text,
        order: contents.order, requests: contents.requests))
    exporter.evidence.flaws.unreadable = contents.unreadable
    exporter.evidence.flaws.unreadableReason = contents.unreadableReason
    exporter.isComplete = contents.isComplete
    let outcome: SideEvidenceOutcome
    do throws(OutputError) {
      outcome = try exporter.write(
        contents.table, rows: contents.rows, toFile: path, force: false, withEvidence: true)
    } catch {
      var sentence = error.sentence
      // Nothing is replaced from here.
      if case .exists = error { sentence += " " + OutputText.chooseAnotherName }
      return .failure(
        ExportProblem(sentence: sentence, exitCode: error.exitCode, saysOutcome: error.saysNothingWritten))
    }
    var hasEvidenceBeside = false
    if case .written = outcome { hasEvidenceBeside = true }
    return .success(ExportOutcome(path: path, count: contents.rows.count, hasEvidenceBeside: hasEvidenceBeside))
  }
}
