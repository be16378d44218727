import APIKeyClient
package import DashboardCore
import KeyLoading
import KeyTable
import TerminalCore

/// Plain mode as a pure value: typed lines and results of effects in, sentences and effects out.
///
/// The same state, reducer and commands as the dashboard. Nothing here reads, prints or knows the time. A command that
/// has to wait for keys prints nothing at first (``isWaiting``); its lines come with the action that ends the wait.
package struct PlainSession: Sendable {
  /// Sentences to print now, one a line, and what is to be done.
  package typealias Output = (lines: [PlainLine], effects: [Effect])

  package private(set) var state: DashboardState
  /// Why plain mode is on: the rest of the first line.
  let reason: String
  /// Commands come from a pipe: each waits for its end, nothing is a notice.
  let isPiped: Bool
  /// Quitting gives the status of the first error, for scripts.
  let isStrict: Bool
  var reading = Reading()
  /// The menu that the next line chooses from; empty where none was printed.
  var choices: [PlainChoice] = []
  var waiting: WaitingCommand?
  /// What `again` prints.
  private(set) var last: (lines: [PlainLine], isExact: Bool) = ([], false)
  /// What is printed is text to be copied: not a space of it may change.
  package var isExact = false
  private var notices: [PlainNotice] = []
  private var interruptions = 0
  private var firstErrorStatus: Int32?
  private var connectionIsLost = false

  package static let usualPageSize = 10

  package init(state: DashboardState, reason: String, isPiped: Bool = false, isStrict: Bool = false) {
    self.state = state
    self.reason = reason
    self.isPiped = isPiped
    self.isStrict = isStrict
  }

  package var isWaiting: Bool { waiting != nil }
  var isBusy: Bool { state.load.isBusy || state.query.evaluation != nil || state.loading.lookup != nil }

  package var promptText: String {
    choices.isEmpty ? Phrasebook.prompt() : Phrasebook.choosePrompt(choices.count)
  }

  // MARK: Begin and end

  /// The first line; the summary follows when the first keys are here.
  package mutating func greet(now: Int64) -> Output {
    let output = perform(.start, then: .greeting, now: now)
    return ([.text(Phrasebook.opening(reason: reason))] + output.lines, output.effects)
  }

  /// For output that is no terminal: the whole list, with no prompt.
  package mutating func printList(now: Int64) -> Output {
    reading.pageSize = nil
    let first = perform(.start, then: .list, now: now)
    let rest = perform(.invoke(.loadAll), then: .list, now: now)
    return (first.lines + rest.lines, first.effects + rest.effects)
  }

  /// 0, or why the list is not complete.
  package var listStatus: Int32 {
    switch state.load.completeness {
    // A record that could not be read is missing from what was printed.
    case .complete, .readWhole, .unknown: state.load.isKnownWhole == false ? 65 : 0
    case .stopped(let error), .waiting(_, let error), .contradicted(let error, _), .unchecked(let error, _):
      error.exitCode
    case .changed: 65
    case .nothing, .partial, .loading, .interrupted: 75
    }
  }

  package func endOfInput() -> Output {
    ([.text(Phrasebook.goodbye())], [.quit(status: isStrict ? firstErrorStatus ?? 0 : 0)])
  }

  /// Ctrl-C: stops what is under way; twice quits.
  package mutating func interrupt(now: Int64) -> Output {
    interruptions += 1
    choices = []
    guard interruptions < 2 else { return ([], [.quit(status: 130)]) }
    waiting = nil
    let wasLoading = state.load.isBusy
    let wasLooking = state.loading.lookup != nil
    let effects = wasLoading ? apply(.invoke(.cancel), now: now).effects : []
    let outcome = wasLooking ? state.messages.current.map { [Phrasebook.sentence($0.notice)] } ?? [] : []
    let lines = [Phrasebook.cancelled()] + (wasLoading ? [Phrasebook.stoppedHere(state)] : []) + outcome
    return (lines.map(PlainLine.text), effects)
  }

  // MARK: Lines and actions

  /// Runs one typed line.
  package mutating func handle(line: String, now: Int64) -> Output {
    interruptions = 0
    isExact = false
    // Ages are those of now, also where nothing else changes.
    state.noteTime(now)
    let text = line.trimmingSpaces
    if !choices.isEmpty, let output = choose(text, now: now) { return remember(output) }
    choices = []
    if text.isEmpty { return output(CommandText.typeACommand) }
    // "3: prod-key" was printed, and 3 is typed.
    if CommandLineParser.isNumber(text) { return remember(openEntry(text, now: now)) }
    do throws(CommandProblem) {
      let command = try PlainCommand(text)
      guard command != .again else {
        isExact = last.isExact
        return run(command, now: now)
      }
      return remember(run(command, now: now))
    } catch {
      return remember(refuse(error, now: now))
    }
  }

  /// Takes the result of a request, of an evaluation, or of an export.
  package mutating func handle(action: Action, now: Int64) -> Output {
    let wasLoadingAll = state.load.isLoading && state.load.goal == .everything
    let (messages, effects) = apply(action, now: now)
    guard let held = waiting else {
      notices += messages
      if wasLoadingAll, state.load.completeness.isAtEnd {
        notices.append(PlainNotice(.note, .text(Phrasebook.everythingLoaded(state))))
      }
      return ([], effects)
    }
    waiting?.messages += messages
    if case .exported = action, held.response == .exported {} else { guard !isBusy else { return ([], effects) } }
    waiting = nil
    return remember((lines(of: held.response, held.messages + messages, now: now), effects))
  }

  /// What happened meanwhile; printed before the next prompt.
  package mutating func takeNotices() -> [PlainLine] {
    defer { notices = [] }
    if !notices.isEmpty { isExact = false }
    return notices.isEmpty ? [] : [.text(Phrasebook.notices(notices.count))] + notices.map(\.line)
  }

  private mutating func remember(_ output: Output) -> Output {
    if !output.lines.isEmpty { last = (output.lines, isExact) }
    return output
  }

  // MARK: Refusals

  /// An error in plain mode's own words: nothing was reduced.
  mutating func refuse(_ error: PlainLine) -> Output {
    note(errorStatus: 64)
    return ([error], [])
  }

  /// A typed line that is no command; the list of messages keeps it.
  mutating func refuse(_ problem: CommandProblem, now: Int64) -> Output {
    let effects = apply(.refused(problem), now: now).effects
    return ([Phrasebook.error(problem.reason, advice: problem.advice, statesOutcome: problem.statesOutcome)], effects)
  }

  /// Lines that are no errors, and nothing to be done.
  func output(_ lines: String...) -> Output { (lines.map(PlainLine.text), []) }

  private mutating func note(errorStatus status: Int32) { firstErrorStatus = firstErrorStatus ?? status }

  // MARK: Progress

  package func workBegins() -> PlainLine { .text(Phrasebook.workBegins()) }
  package func workGoesOn() -> PlainLine {
    .text(Phrasebook.workGoesOn(keys: state.allKeys.count, requests: state.load.answered))
  }
  package func workEnds() -> PlainLine { .text(Phrasebook.workEnds(keys: state.allKeys.count)) }

  // MARK: The reducer

  /// Reduces one action; gives the notices it posted, in the words of plain mode.
  mutating func apply(_ action: Action, now: Int64) -> (messages: [PlainNotice], effects: [Effect]) {
    let before = state.messages.posted
    let effects = reduce(&state, action, now: now)
    let posted = state.messages.since(before).map(\.notice)
    if let error = posted.first(where: { $0.traits.kind == .error }) { note(errorStatus: error.traits.exitCode) }
    guard let error = state.load.completeness.stoppedBy else {
      if !state.load.isBusy { connectionIsLost = false }
      return (posted.map { PlainNotice($0) }, effects)
    }
    guard !connectionIsLost else { return (posted.map { PlainNotice($0) }, effects) }
    connectionIsLost = true
    // What a command tells of its own end stays.
    let others = posted.filter { $0.traits.topic != .failure }.map { PlainNotice($0) }
    return ([PlainNotice(.error, Phrasebook.loadStopped(error, state))] + others, effects)
  }

  /// Reduces an action for a command, and prints its lines at once or when its keys are here.
  mutating func perform(_ action: Action, then response: Response, now: Int64) -> Output {
    var (messages, effects) = apply(action, now: now)
    let texts = effects.flatMap { effect -> [PlainLine] in
      switch effect {
      case .copyToClipboard(let text): text.lines.map { PlainLine(.value, $0) }
      case .printLines(let lines): lines.map { .text($0.string) }
      default: []
      }
    }
    if !texts.isEmpty {
      messages = texts.map { PlainNotice(.note, $0) }
      isExact = true
    }
    var hasBegun = false
    effects.removeAll { effect in
      switch effect {
      case .copyToClipboard, .printLines, .redraw, .setMouse, .setTheme: return true
      case .load, .export: hasBegun = true
      default: break
      }
      return false
    }
    if hasBegun || state.query.evaluation != nil || state.loading.lookup != nil
      || (response.needsEverything && isBusy)
    {
      // The lines about progress tell of the beginning; only errors are kept.
      waiting = WaitingCommand(response: response, messages: messages.filter(\.isForAll))
      return ([], effects)
    }
    if response == .changedList, let refusal = messages.last, refusal.kind == .error {
      return ([refusal.line], effects)
    }
    return (lines(of: response, messages, now: now), effects)
  }
}
