import APIKeyClient
import APIKeyModel
import KeyLoading
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
  effects += state.updateOverlay()
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
      // A file is read to its end at once: it is quick, and costs no request.
      let wantsEverything = !isServerOrder || (configuration.isFile && !configuration.isPlain)
      return startLoad(goal: wantsEverything ? .everything : .onePage)
    case .nextPageWanted:
      return handle(.page)
    case .keyPress(let press):
      return receive(press)
    case .invoke(let command):
      return run(command)
    case .lookUp(let request):
      return look(for: request)
    case .commandLine(let line):
      return run(line: line)
    case .refused(let problem):
      return refuse(problem)
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
        post(.output(.wrote(outcome)))
      case .failure(let problem):
        post(.output(.failed(problem)))
      }
      return []
    case .mouse(let row, let column, let scroll):
      return receiveMouse(row: row, column: column, scroll: scroll)
    case .notice(let kind, let text):
      post(.outside(kind, text))
      return []
    }
  }

  mutating func post(_ notice: Notice) { messages.post(notice, at: environment.now) }

  /// Takes a message off the screen that has just become untrue.
  mutating func settle(_ topic: NoticeTraits.Topic) {
    if !keepsMessages { messages.settle(topic) }
  }

  /// Whether nothing is taken off the screen: in plain mode it was printed, and in cursor focus what goes would be spoken
  /// too.
  var keepsMessages: Bool { settings.cursorFocus || configuration.isPlain }
}
