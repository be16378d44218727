import DashboardCore
import KeyExport
import KeyTable

/// The dashboard's export: the marked keys, else those shown, in the format that the file's ending asks for.
enum DashboardExport {
  static func write(_ request: ExportRequest, _ state: DashboardState) -> Result<ExportOutcome, ExportProblem> {
    var path = request.path
    if path.hasPrefix("~/"), let home = Environment.value("HOME") { path = home + path.dropFirst() }
    guard let format = ExportFormat(fileName: path) else {
      return .failure(
        ExportProblem(
          sentence: "Nothing was written: end the name in .csv, .tsv, .json, .ndjson, .md or .txt.",
          exitCode: ProgramStatus.usage.rawValue))
    }
    let rows =
      request.marked.map { ids in RowList(rows: ids.compactMap { state.table.row(of: $0).map { UInt32($0) } }) }
      ?? state.visible
    var fetchedAt = state.load.lastAnswer ?? state.now
    if case .complete(let moment) = state.load.completeness { fetchedAt = moment }
    var exporter = KeyExporter(
      format: format,
      evidence: Evidence(
        source: state.configuration.sourceLabel, fetchedAt: fetchedAt, filter: state.filter.text,
        order: state.settings.sort.terms.first.map { $0.column.rawValue + ($0.descending ? ":desc" : "") }
          ?? state.order.rawValue,
        requests: state.load.answered, toolVersion: ToolVersion.current))
    // Marked keys can be written while more are on the server; the file then says so.
    exporter.isComplete = state.load.completeness.isComplete
    do throws(OutputError) {
      let file = try SafeOutputFile(path: path, force: request.force)
      try exporter.write(state.table, rows: rows, to: file.writer)
      try file.commit()
    } catch {
      return .failure(ExportProblem(sentence: error.sentence, exitCode: error.exitCode))
    }
    return .success(ExportOutcome(path: path, count: rows.count))
  }
}
