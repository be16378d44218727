import APIKeyModel
import KeyLoading
import KeyTable

/// Filtering and sorting: evaluating the query, and showing its rows.
extension DashboardState {
  /// Starts an evaluation of the current query, or notes that another one is due.
  mutating func evaluate(_ scope: EvaluationScope) -> [Effect] {
    if isServerOrder {
      query.cancelEvaluation()
      show(table.serverOrder, searched: table.count)
      return []
    }
    guard let id = query.evaluationStarted() else { return [] }
    var known: (rows: RowList, firstNewRow: Int)?
    if case .newRows(let first) = scope, first > 0, first <= query.searched { known = (query.visible, first) }
    return [
      .evaluate(Evaluation(id: id, query: keyQuery, table: table.snapshot, context: filterContext, known: known))
    ]
  }

  /// A new filter or sort.
  mutating func queryChanged() -> [Effect] {
    query.queryChanged()
    var effects = evaluate(.wholeTable)
    // The server cannot filter or sort: the result is whole only once every key is here.
    if !isServerOrder {
      switch load.completeness {
      case .partial, .interrupted, .nothing, .loading, .waiting: effects += loadEverything()
      case .complete, .readWhole, .changed, .unknown, .contradicted, .unchecked, .stopped: break
      }
    }
    queryBegan()
    return effects
  }

  /// New rows arrived at the end of the table.
  mutating func tableGrew() -> [Effect] {
    if isServerOrder {
      show(table.serverOrder, searched: table.count)
      return []
    }
    // Sorting everything again for each page of a long load would cost more than it shows.
    if !settings.sort.terms.isEmpty, load.isLoading, query.searched > 20_000,
      table.count < query.searched + query.searched / 4
    {
      return []
    }
    return evaluate(settings.sort.terms.isEmpty ? .newRows(from: query.searched) : .wholeTable)
  }

  /// Takes the rows of an evaluation, if it is the one waited for.
  mutating func receive(_ rows: RowList, searched count: Int, for id: EvaluationID) -> [Effect] {
    guard query.take(rows, searched: count, of: id) else { return [] }
    rowsChanged()
    if query.isOutdated(rowCount: table.count), !load.isLoading || settings.sort.terms.isEmpty {
      return evaluate(settings.sort.terms.isEmpty ? .newRows(from: query.searched) : .wholeTable)
    }
    if load.completeness.isAtEnd {
      finishGoToEnd()
      judgeFilter()
    }
    postResult()
    return []
  }

  /// Every key was searched: reports what is doubtful about the filter.
  mutating func judgeFilter() {
    guard !query.filter.isEmpty, query.searched == table.count else { return }
    let found = table.doubts(about: query.filter, found: query.visible.count, context: filterContext).first
    guard query.setDoubt(found) else { return }
    // While the filter is typed its prompt shows it, and in cursor focus the result's sentence does.
    if input.prompt?.kind != .filter, !cursorFocus.awaitsResult { postDoubt() }
  }

  mutating func postDoubt() {
    if let doubt = query.doubt { post(.query(.doubt(doubt))) }
  }

  /// Shows rows, keeping the selection on its key where the key is still shown.
  mutating func show(_ rows: RowList, searched count: Int) {
    query.show(rows, searched: count)
    rowsChanged()
  }

  private mutating func rowsChanged() {
    list.follow(in: query.visible, of: table)
    if let rowsAbove = loading.takeRowsAbove() { list.scroll(rowsAbove: rowsAbove) }
    select(index: list.position)
  }

  /// Where there is room for one pane, the one with the focus is the one shown.
  mutating func showFocusedPane() {
    if layout.arrangement == .onePane { detail.showFocusedPane() }
  }

  /// Scrolls so that the cursors of the list, the detail and overlays are on the screen.
  mutating func keepCursorsVisible() {
    let layout = layout
    list.keepVisible(
      pageRows: max(layout.listRows, 1), count: query.visible.count, mayLeaveBlankRows: settings.cursorFocus)
    detail.keepVisible(rows: layout.detail.rows)
    keepOverlayPlaceVisible()
  }
}
