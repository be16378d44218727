import APIKeyModel
import DashboardCore
import KeyTable
import TerminalCore

/// The keys that a command's filter lets through, and what is doubtful about the filter.
enum MatchingRows {
  /// A filter that cannot mean anything is a failure; for one that probably means something else, a hint is written to standard error.
  static func rows(of loaded: LoadedList, _ query: KeyQuery) throws(CommandFailure) -> RowList {
    let context = FilterContext(now: LocalTime.now())
    let rows = loaded.table.rows(matching: query, context: context) ?? RowList(count: 0)
    guard loaded.isWhole else { return rows }
    for doubt in loaded.table.doubts(about: query.filter, found: rows.count, context: context) {
      guard doubt.kind == .hint else {
        for id in doubt.ids { StandardError.show("  " + DisplayText(id.text)) }
        throw .filterDoubt(doubt)
      }
      StandardError.show(doubt.sentence)
    }
    return rows
  }
}
