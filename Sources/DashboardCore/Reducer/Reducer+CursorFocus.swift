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
    let end = min(top + layout.listRows, visible.count)
    return StillPage(
      isShown: overlays.isEmpty && layout.list.rows > 0, columns: columns, top: top,
      ids: (top..<max(end, top)).map { table.id(at: visible[$0]) })
  }

  /// After an action: decides which rows of the list are on the screen.
  mutating func keepStill(since before: StillPage?) {
    guard let before, let after = stillPage else {
      shownPlaces = nil
      cursorIsOnMessage = false
      return
    }
    guard after.isShown else { return }
    if cursorIsOnMessage {
      shownPlaces = position..<position
      top = position
    } else if before.columns != after.columns {
      shownPlaces = nil
    } else if !before.isShown || !isSamePage(before, after) {
      // At the top of the page: what is blank above a row is heard as pauses before it.
      shownPlaces = position..<position + 1
      top = position
    } else if let shown = shownPlaces, !shown.contains(position) {
      let isNext = position == shown.upperBound || position == shown.lowerBound - 1
      shownPlaces =
        isNext && !shown.isEmpty
        ? min(position, shown.lowerBound)..<max(position + 1, shown.upperBound) : position..<position + 1
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
    awaitsAnswer = true
    cursorIsOnMessage = true
    // Where the selected key is no longer shown, the first one is where to go on.
    if !isPlainOrder { position = 0 }
    if load.isLoading { say(QuestionText.searching()) } else { sayAnswer() }
  }

  /// Says the answer when nothing that could change it is on its way.
  mutating func sayAnswer() {
    guard awaitsAnswer, evaluation == nil, !load.isLoading else { return }
    awaitsAnswer = false
    // What is doubtful is judged when every key was searched.
    say(doubt.map { "\(answerSentence) \($0.sentence)" } ?? answerSentence)
  }

  private var answerSentence: String {
    QuestionText.answer(
      visible.count, of: loadedKeys, filter: filter.isEmpty ? nil : filter.text,
      order: settings.sort.terms.isEmpty ? nil : StatusViewModel.order(self))
  }

  /// The cursor leaves the sentence: a movement only goes to the row it stands for. True where that was all.
  mutating func leaveMessage(for id: CommandID) -> Bool {
    guard cursorIsOnMessage, scope == .list else { return false }
    switch id {
    case .position, .filter, .find, .help, .messages, .cancel, .suspend, .palette: return false
    case .down, .up, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .first, .nextPane:
      cursorIsOnMessage = visible.isEmpty
      return !visible.isEmpty
    default:
      cursorIsOnMessage = false
      return false
    }
  }
}
