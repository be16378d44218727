import APIKeyClient
import APIKeyModel
import KeyTable
import TerminalCore

/// The one place where the dashboard's state changes: pure and synchronous, no input, no output, no clock.
///
/// `now` is in seconds since the epoch. What must be done outside is returned as effects.
package func reduce(_ state: inout DashboardState, _ action: Action, now: Int64) -> [Effect] {
  state.noteTime(now)
  let page = state.stillPage
  let wasLoading = state.load.isBusy
  let before = MessageTrace(state)
  var effects = state.perform(action)
  effects += state.advanceLookup()
  state.loading.noteWholeRead()
  state.dropOutdatedMessage(since: before, after: action, effects: effects)
  if wasLoading, !state.load.isBusy { state.settle(.load) }
  state.keepStill(since: page)
  return effects
}

extension DashboardState {
  fileprivate mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .start:
      // A file is read to its end at once: nobody waits for it, and it costs no request.
      let wantsEverything = !isServerOrder || (configuration.isFile && !configuration.isPlain)
      return startLoad(goal: wantsEverything ? .everything : .onePage)
    case .nextPageWanted:
      return handle(.page)
    case .keyPress(let press):
      return receive(press)
    case .invoke(let invocation):
      return run(invocation)
    case .lookUp(let request):
      return look(for: request)
    case .commandLine(let line):
      return run(line: line)
    case .resized(let columns, let rows):
      environment.resize(width: columns, height: rows)
      showFocusedPane()
      keepCursorsVisible()
      return prefetchIfNeeded()
    case .pageLoaded(let id, let result):
      return handle(.response(id, result))
    case .clock:
      return handle(.clock)
    case .loadContinues(let id):
      return handle(.continued(id))
    case .evaluated(let id, let rows, let searched):
      return receive(rows, searched: searched, for: id)
    case .exported(let result):
      switch result {
      case .success(let outcome):
        say(OutputText.wrote(outcome))
      case .failure(let problem):
        complain(problem.sentence, exitCode: problem.exitCode, saysOutcome: problem.saysOutcome)
      }
      return []
    case .mouse(let row, let column, let scroll):
      return receiveMouse(row: row, column: column, scroll: scroll)
    case .notice(let kind, let text):
      post(Message(kind, text, at: environment.now))
      return []
    }
  }

  /// Puts a sentence on the message line.
  mutating func say(_ sentence: String, about topic: Message.Topic? = nil) {
    post(Message(.note, sentence, at: environment.now, topic: topic))
  }

  /// Puts an error on the message line; `exitCode` is what a script hears of it.
  ///
  /// `saysOutcome`: the sentence says what was changed. Plain mode adds to others that nothing was.
  mutating func complain(
    _ sentence: String, exitCode: Int32 = 64, about topic: Message.Topic? = nil, saysOutcome: Bool = false
  ) {
    post(Message(.error, sentence, at: environment.now, exitCode: exitCode, topic: topic, saysOutcome: saysOutcome))
  }

  /// Takes a message off the screen that has just become untrue; the list of messages keeps it. In cursor focus it stays:
  /// what goes would be spoken too.
  mutating func settle(_ topic: Message.Topic) {
    if messages.current?.topic == topic, !settings.cursorFocus, !configuration.isPlain { messages.current = nil }
  }

  mutating func post(_ newMessage: Message) {
    messages.current = newMessage
    messages.log.append(newMessage)
    // A day of messages, not a leak.
    if messages.log.count > 500 { messages.log.removeFirst(100) }
  }
}
