import APIKeyModel
import DashboardCore
import KeyExport
import KeyLoading
import KeyTable

/// The dashboard's export: the marked keys, else those shown, in the format that the file's ending asks for.
enum DashboardExport {
  static func write(_ request: ExportRequest, _ state: DashboardState) -> Result<ExportOutcome, ExportProblem> {
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
    let rows =
      request.marked.map { ids in RowList(rows: ids.compactMap { state.allKeys.row(of: $0).map { UInt32($0) } }) }
      ?? state.query.visible
    let isShown = request.marked == nil
    // The end of the last whole read: a check for new keys since then does not make the rest more recent.
    let fetchedAt = state.load.completeness.wholeReadAt ?? state.load.lastResponse ?? state.environment.now
    var exporter = KeyExporter(
      format: format,
      evidence: Evidence(
        source: state.configuration.sourceLabel, provenance: state.load.provenance, fetchedAt: fetchedAt,
        // Marks are written whether the filter shows them or not.
        filter: isShown ? state.query.filter.text : "",
        sort: state.settings.sort.isServerOrder ? nil : state.settings.sort.text, order: state.order,
        requests: state.load.answered))
    exporter.evidence.flaws.unreadable = state.load.unreadable
    exporter.evidence.flaws.unreadableReason = state.load.unreadableReason
    // Marked keys are a choice, and rows still to be searched may match: the file then states that it is a part.
    let isAll = isShown && state.query.evaluation == nil && state.query.searched == state.table.count
    exporter.isComplete = isAll ? state.load.isKnownWhole : false
    let outcome: SideEvidenceOutcome
    do throws(OutputError) {
      // Every mark is of a key in the list, also while those that are gone are shown.
      outcome = try exporter.write(
        isShown ? state.table : state.allKeys, rows: rows, toFile: path, force: false, withEvidence: true)
    } catch {
      var sentence = error.sentence
      // Nothing is replaced from here.
      if case .exists = error { sentence += " " + OutputText.chooseAnotherName }
      return .failure(
        ExportProblem(sentence: sentence, exitCode: error.exitCode, saysOutcome: error.saysNothingWritten))
    }
    var hasEvidenceBeside = false
    if case .written = outcome { hasEvidenceBeside = true }
    return .success(ExportOutcome(path: path, count: rows.count, hasEvidenceBeside: hasEvidenceBeside))
  }
}
