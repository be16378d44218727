import APIKeyClient
import APIKeyModel
import KeyTable
import TerminalCore

/// The one place where the dashboard's state changes: pure and synchronous, no input, no output, no clock.
///
/// `now` is in seconds since the epoch. What must be done outside is returned as effects.
package func reduce(_ state: inout DashboardState, _ action: Action, now: Int64) -> [Effect] {
  state.now = now
  switch action {
  case .start:
    // A file is read to its end at once: nobody waits for it, and it costs no request.
    let wantsEverything = !state.isPlainOrder || (state.configuration.isFile && !state.configuration.isPlain)
    return state.startWalk(goal: wantsEverything ? .everything : .onePage)
  case .nextPageWanted:
    guard state.load.completeness == .partial else { return [] }
    state.load.goal = .onePage
    return state.requestNextPage()
  case .keyPress(let press):
    return state.receive(press)
  case .invoke(let invocation):
    return state.run(invocation)
  case .commandLine(let line):
    return state.run(line: line)
  case .resized(let columns, let rows):
    state.columns = columns
    state.rowsOnScreen = rows
    state.showFocusedPane()
    state.keepPlaceVisible()
    return state.prefetchIfNeeded()
  case .pageLoaded(let id, let result):
    return state.receive(result, for: id)
  case .waited(let id):
    return state.wake(id)
  case .loadContinues(let id):
    return state.joinFarEnd(id)
  case .evaluated(let id, let rows, let searched):
    return state.receive(rows, searched: searched, for: id)
  case .exported(let result):
    switch result {
    case .success(let outcome):
      state.say("Wrote \(NumberText.count(outcome.count, "key")) to \(outcome.path), readable by you alone.")
    case .failure(let problem):
      state.complain(problem.sentence)
    }
    return []
  case .mouse(let row, let column, let scroll):
    return state.receiveMouse(row: row, column: column, scroll: scroll)
  case .notice(let kind, let text):
    state.post(Message(kind, text, at: now))
    return []
  }
}

extension DashboardState {
  /// Puts a sentence on the message line.
  mutating func say(_ sentence: String) { post(Message(.note, sentence, at: now)) }

  /// Puts an error on the message line.
  mutating func complain(_ sentence: String) { post(Message(.error, sentence, at: now)) }

  mutating func post(_ newMessage: Message) {
    message = newMessage
    messageLog.append(newMessage)
    // A day of messages, not a leak.
    if messageLog.count > 500 { messageLog.removeFirst(100) }
  }
}
