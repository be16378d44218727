import APIKeyModel
import KeyTable

/// Filtering and sorting: asking for rows, and taking the answer.
extension DashboardState {
  /// Asks for the rows of the current question.
  mutating func evaluate(_ scope: EvaluationScope) -> [Effect] {
    if isPlainOrder {
      query.evaluation = nil
      query.evaluationIsStale = false
      show(table.serverOrder, searched: table.count)
      return []
    }
    guard query.evaluation == nil else {
      query.evaluationIsStale = true
      return []
    }
    query.nextEvaluation += 1
    let id = EvaluationID(number: query.nextEvaluation)
    query.evaluation = id
    return [.evaluate(id, keyQuery, scope)]
  }

  /// A new question: the old answer, if still on its way, is of no use.
  mutating func questionChanged() -> [Effect] {
    query.evaluation = nil
    query.evaluationIsStale = false
    query.doubt = nil
    var effects = evaluate(.wholeTable)
    // The server cannot answer this: everything must be here before the answer is whole.
    if !isPlainOrder {
      switch load.completeness {
      case .partial, .interrupted, .nothing, .loading, .waiting: effects += loadEverything()
      case .complete, .readWhole, .changed, .unknown, .contradicted, .unchecked, .stopped: break
      }
    }
    questionWasAsked()
    return effects
  }

  /// New rows arrived at the end of the table.
  mutating func tableGrew() -> [Effect] {
    if isPlainOrder {
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
    guard query.evaluation == id else { return [] }
    query.evaluation = nil
    show(rows, searched: count)
    if query.evaluationIsStale || query.searched < table.count, !load.isLoading || settings.sort.terms.isEmpty {
      query.evaluationIsStale = false
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
    guard found != query.doubt else { return }
    query.doubt = found
    // While the filter is typed its prompt shows it, and one sentence answers in cursor focus.
    if input.prompt?.kind != .filter, !cursorFocus.awaitsAnswer { postDoubt() }
  }

  mutating func postDoubt() {
    if let doubt = query.doubt { post(.query(.doubt(doubt))) }
  }

  /// Shows rows, keeping the selection on its key where the key is still shown.
  mutating func show(_ rows: RowList, searched count: Int) {
    query.visible = rows
    query.searched = count
    if let selection = list.selection, let row = table.row(of: selection), let place = rows.place(of: row) {
      list.position = place
    } else {
      list.position = min(list.position, max(rows.count - 1, 0))
    }
    if let above = loading.changes.rowsAbove {
      list.top = list.position - above
      loading.changes.rowsAbove = nil
    }
    selectPosition()
  }

  /// Makes the selection the key at ``position`` and keeps it on the screen.
  mutating func selectPosition() {
    let previous = list.selection
    list.selection = list.position < query.visible.count ? table.id(at: query.visible[list.position]) : nil
    if previous != list.selection {
      detail.line = 0
      detail.top = 0
    }
    keepPlaceVisible()
  }

  /// Where there is room for one pane, the one with the focus is the one shown.
  mutating func showFocusedPane() {
    if layout.arrangement == .onePane { detail.isOpen = detail.pane == .detail }
  }

  /// Scrolls so that the selected row and the detail's line are on the screen.
  mutating func keepPlaceVisible() {
    let rows = max(layout.listRows, 1)
    if list.position < list.top { list.top = list.position }
    if list.position >= list.top + rows { list.top = list.position - rows + 1 }
    // In cursor focus a single row may stand at the top of a page that is blank below it.
    let lastTop = settings.cursorFocus ? query.visible.count - 1 : query.visible.count - rows
    list.top = max(0, min(list.top, max(lastTop, 0)))
    let detailRows = layout.detail.rows
    if detail.line < detail.top { detail.top = detail.line }
    if detailRows > 0, detail.line >= detail.top + detailRows { detail.top = detail.line - detailRows + 1 }
    keepOverlayPlaceVisible()
  }
}
