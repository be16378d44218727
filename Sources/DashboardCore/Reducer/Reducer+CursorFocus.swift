import APIKeyModel

/// Cursor focus: what is on the screen changes only where it is worth hearing.
///
/// Screen readers speak whatever is written. A list that is drawn anew would be read out row by row, so after a change
/// only the row with the cursor is written; the rows around it appear as the cursor reaches them. `redraw` brings the
/// whole page back.
extension DashboardState {
  /// What of the list was on the screen before an action.
  struct StillPage {
    let isShown: Bool
    let columns: Int
    let top: Int
    let ids: [KeyIdentifier]
  }

  /// Nil where nothing has to be kept still.
  var stillPage: StillPage? {
    guard settings.cursorFocus else { return nil }
    let end = min(list.top + layout.listRows, query.visible.count)
    return StillPage(
      isShown: !views.hasOverlay && layout.list.rows > 0, columns: environment.width, top: list.top,
      ids: (list.top..<max(end, list.top)).map { table.id(at: query.visible[$0]) })
  }

  /// After an action: decides which rows of the list are on the screen.
  mutating func keepStill(since before: StillPage?) {
    guard let before, let after = stillPage else {
      cursorFocus.shownPlaces = nil
      cursorFocus.isOnMessage = false
      return
    }
    guard after.isShown else { return }
    if cursorFocus.isOnMessage {
      cursorFocus.shownPlaces = list.position..<list.position
      list.top = list.position
    } else if before.columns != after.columns {
      cursorFocus.shownPlaces = nil
    } else if !before.isShown || !isSamePage(before, after) {
      // At the top of the page: what is blank above a row is heard as pauses before it.
      cursorFocus.shownPlaces = list.position..<list.position + 1
      list.top = list.position
    } else if let shown = cursorFocus.shownPlaces, !shown.contains(list.position) {
      let isNext = list.position == shown.upperBound || list.position == shown.lowerBound - 1
      cursorFocus.shownPlaces =
        isNext && !shown.isEmpty
        ? min(list.position, shown.lowerBound)..<max(list.position + 1, shown.upperBound)
        : list.position..<list.position + 1
    }
  }

  /// Whether the rows on the screen stayed, or moved by one. Rows that came at the end are no change.
  private func isSamePage(_ before: StillPage, _ after: StillPage) -> Bool {
    guard !before.ids.isEmpty else { return true }
    guard abs(before.top - after.top) <= 1 else { return false }
    let first = max(before.top, after.top)
    let end = min(before.top + before.ids.count, after.top + after.ids.count)
    return first < end && (first..<end).allSatisfy { before.ids[$0 - before.top] == after.ids[$0 - after.top] }
  }

  // MARK: Answers to questions

  /// A new filter or order is answered by one sentence, with the cursor on it; the rows follow on the next movement.
  mutating func questionWasAsked() {
    guard settings.cursorFocus else { return }
    cursorFocus.awaitsAnswer = true
    cursorFocus.isOnMessage = true
    // Where the selected key is no longer shown, the first one is where to go on.
    if !isPlainOrder { list.position = 0 }
    if load.isLoading { post(.query(.searching)) } else { postResult() }
  }

  /// Posts the result when nothing that could change it is on its way.
  mutating func postResult() {
    guard cursorFocus.awaitsAnswer, query.evaluation == nil, !load.isLoading else { return }
    cursorFocus.awaitsAnswer = false
    // What is doubtful is judged when every key was searched.
    let result = QueryResult(
      matching: query.visible.count, keys: loadedKeys, filter: query.filter.isEmpty ? nil : query.filter.text,
      order: settings.sort.terms.isEmpty ? nil : orderFact)
    post(.query(.result(result, doubt: query.doubt)))
  }

  /// The cursor leaves the sentence: a movement only goes to the row it stands for. True where that was all.
  mutating func leaveMessage(for id: CommandID) -> Bool {
    guard cursorFocus.isOnMessage, scope == .list else { return false }
    switch id {
    case .position, .filter, .find, .help, .messages, .cancel, .suspend, .palette: return false
    case .down, .up, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .first, .nextPane:
      cursorFocus.isOnMessage = query.visible.isEmpty
      return !query.visible.isEmpty
    default:
      cursorFocus.isOnMessage = false
      return false
    }
  }
}
