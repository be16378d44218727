import APIKeyModel
import KeyLoading
import KeyTable

/// Cursor focus: which rows are on the screen, and the sentence with the result of a query.
extension DashboardState {
  /// What of the list is on the screen before an action; nil where nothing has to be kept still.
  var stillPage: CursorFocusState.Page? {
    guard settings.cursorFocus else { return nil }
    let end = min(list.top + layout.listRows, query.visible.count)
    return CursorFocusState.Page(
      isShown: !views.hasOverlay && layout.list.rows > 0, width: environment.width, top: list.top,
      ids: (list.top..<max(end, list.top)).map { table.id(at: query.visible[$0]) })
  }

  /// After an action: decides which rows of the list are on the screen.
  mutating func keepStill(since before: CursorFocusState.Page?) {
    guard let before, let after = stillPage else {
      cursorFocus.showWholePage()
      return
    }
    if cursorFocus.keepStill(from: before, to: after, position: list.position) { list.scroll(rowsAbove: 0) }
  }

  // MARK: Results of queries

  /// A new filter or order has one sentence as its result, with the cursor on it; the rows follow on the next movement.
  mutating func queryBegan() {
    guard settings.cursorFocus else { return }
    cursorFocus.queryBegan()
    if !isServerOrder { list.expectFirstRow() }
    if load.isLoading { post(.query(.searching)) } else { postResult() }
  }

  /// Posts the result once nothing that could change it is on its way.
  mutating func postResult() {
    guard cursorFocus.awaitsResult, query.evaluation == nil, !load.isLoading else { return }
    cursorFocus.resultEnded()
    // What is doubtful is judged when every key was searched.
    let result = QueryResult(
      matching: query.visible.count, keys: loadedKeys, filter: query.filter.isEmpty ? nil : query.filter.text,
      order: settings.sort.terms.isEmpty ? nil : orderFact)
    post(.query(.result(result, doubt: query.doubt)))
  }

  /// The cursor leaves the sentence: a movement goes to the selected row. True where that was all.
  mutating func leaveMessage(for id: CommandID) -> Bool {
    guard cursorFocus.isOnMessage, scope == .list else { return false }
    switch id {
    case .position, .filter, .find, .help, .messages, .cancel, .suspend, .palette: return false
    case .down, .up, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .first, .nextPane:
      cursorFocus.leaveMessage(hasRows: !query.visible.isEmpty)
      return !query.visible.isEmpty
    default:
      cursorFocus.leaveMessage()
      return false
    }
  }
}
