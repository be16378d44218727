import APIKeyModel
import KeyTable

/// Filtering and sorting: asking for rows, and taking the answer.
extension DashboardState {
  /// Asks for the rows of the current question.
  mutating func evaluate(_ scope: EvaluationScope) -> [Effect] {
    if isPlainOrder {
      evaluation = nil
      evaluationIsStale = false
      show(table.serverOrder, searched: table.count)
      return []
    }
    guard evaluation == nil else {
      evaluationIsStale = true
      return []
    }
    nextEvaluation += 1
    let id = EvaluationID(number: nextEvaluation)
    evaluation = id
    return [.evaluate(id, query, scope)]
  }

  /// A new question: the old answer, if still on its way, is of no use.
  mutating func questionChanged() -> [Effect] {
    evaluation = nil
    evaluationIsStale = false
    doubt = nil
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
    if !settings.sort.terms.isEmpty, load.isLoading, searched > 20_000,
      table.count < searched + searched / 4
    {
      return []
    }
    return evaluate(settings.sort.terms.isEmpty ? .newRows(from: searched) : .wholeTable)
  }

  /// Takes the rows of an evaluation, if it is the one waited for.
  mutating func receive(_ rows: RowList, searched count: Int, for id: EvaluationID) -> [Effect] {
    guard evaluation == id else { return [] }
    evaluation = nil
    show(rows, searched: count)
    if evaluationIsStale || searched < table.count, !load.isLoading || settings.sort.terms.isEmpty {
      evaluationIsStale = false
      return evaluate(settings.sort.terms.isEmpty ? .newRows(from: searched) : .wholeTable)
    }
    if load.completeness.isAtEnd {
      finishGoToEnd()
      judgeFilter()
    }
    sayAnswer()
    return []
  }

  /// Every key was searched: says what is doubtful about the filter.
  mutating func judgeFilter() {
    guard !filter.isEmpty, searched == table.count else { return }
    let found = table.doubts(about: filter, found: visible.count, context: filterContext).first
    guard found != doubt else { return }
    doubt = found
    // While the filter is typed its prompt shows it, and one sentence answers in cursor focus.
    if prompt?.kind != .filter, !awaitsAnswer { sayDoubt() }
  }

  mutating func sayDoubt() {
    guard let doubt else { return }
    switch doubt.kind {
    case .hint: say(doubt.sentence, about: .filter)
    case .mistake: complain(doubt.sentence, about: .filter, saysOutcome: true)
    case .ambiguous: complain(doubt.sentence, exitCode: 1, about: .filter, saysOutcome: true)
    }
  }

  /// Shows rows, keeping the selection on its key where the key is still shown.
  mutating func show(_ rows: RowList, searched count: Int) {
    visible = rows
    searched = count
    if let selection, let row = table.row(of: selection), let place = rows.place(of: row) {
      position = place
    } else {
      position = min(position, max(rows.count - 1, 0))
    }
    if let above = changes.rowsAbove {
      top = position - above
      changes.rowsAbove = nil
    }
    selectPosition()
  }

  /// Until the answer to a question about another table is here.
  mutating func showNoRows() {
    visible = RowList(count: 0)
    searched = 0
    evaluation = nil
    evaluationIsStale = false
  }

  /// Makes the selection the key at ``position`` and keeps it on the screen.
  mutating func selectPosition() {
    let previous = selection
    selection = position < visible.count ? table.id(at: visible[position]) : nil
    if previous != selection {
      detailLine = 0
      detailTop = 0
    }
    keepPlaceVisible()
  }

  /// Where there is room for one pane, the one with the focus is the one shown.
  mutating func showFocusedPane() {
    if layout.arrangement == .onePane { detailIsOpen = pane == .detail }
  }

  /// Scrolls so that the selected row and the detail's line are on the screen.
  mutating func keepPlaceVisible() {
    let rows = max(layout.listRows, 1)
    if position < top { top = position }
    if position >= top + rows { top = position - rows + 1 }
    // In cursor focus a single row may stand at the top of a page that is blank below it.
    let lastTop = settings.cursorFocus ? visible.count - 1 : visible.count - rows
    top = max(0, min(top, max(lastTop, 0)))
    let detailRows = layout.detail.rows
    if detailLine < detailTop { detailTop = detailLine }
    if detailRows > 0, detailLine >= detailTop + detailRows { detailTop = detailLine - detailRows + 1 }
    keepOverlayPlaceVisible()
  }
}
