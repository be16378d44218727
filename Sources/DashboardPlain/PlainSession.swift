import APIKeyModel
import DashboardCore
import KeyLoading
import KeyTable

/// Plain mode as a pure value: typed lines and answers of the network in, sentences and effects out.
///
/// The same state, reducer and commands as the dashboard. Nothing here reads, prints or knows the time. A command that
/// has to wait for keys answers nothing at first (``isWaiting``); its answer comes with the action that ends the wait.
package struct PlainSession: Sendable {
  /// Sentences to print now, one a line, and what is to be done.
  package typealias Answer = (lines: [PlainLine], effects: [Effect])

  package private(set) var state: DashboardState
  /// Why plain mode is on: the rest of the first line.
  let reason: String
  /// Commands come from a pipe: each waits for its end, nothing is a notice.
  let isPiped: Bool
  /// Leaving gives the status of the first error, so that a script hears of it.
  let isStrict: Bool
  var verbosity = Verbosity.normal
  /// Lines said at once; nil says all.
  var pageSize: Int? = PlainSession.usualPageSize
  /// What `more` goes on with.
  var paging = Paging.keys(from: 0, to: 0)
  var question: [PlainChoice]?
  /// The entries of the numbered table said last; nil where the numbers said last are those of the list.
  var heard: HeardTable?
  /// The command whose answer waits for keys.
  var pending: Pending?
  private var lastAnswer: [PlainLine] = []
  private var lastAnswerIsExact = false
  /// The last answer is text to be copied: not a space of it may change.
  package var isExact = false
  private var notices: [PlainNotice] = []
  private var interruptions = 0
  private var firstErrorStatus: Int32?
  private var connectionIsLost = false

  package static let usualPageSize = 10

  /// What is being read out.
  enum Paging: Sendable {
    /// The places said last in the list.
    case keys(from: Int, to: Int)
    case lines([String], next: Int, PlainNoun)
  }

  package init(state: DashboardState, reason: String, isPiped: Bool = false, isStrict: Bool = false) {
    self.state = state
    self.reason = reason
    self.isPiped = isPiped
    self.isStrict = isStrict
  }

  package var isWaiting: Bool { pending != nil }

  package var promptText: String { question.map { Phrasebook.choosePrompt($0.count) } ?? Phrasebook.prompt() }

  // MARK: Begin and end

  /// The first line; the summary follows when the first keys are here.
  package mutating func greet(now: Int64) -> Answer {
    let answer = perform(.start, then: .greeting, now: now)
    return ([.text(Phrasebook.opening(reason: reason))] + answer.lines, answer.effects)
  }

  /// For output that is no terminal: the whole list, with no prompt.
  package mutating func printList(now: Int64) -> Answer {
    pageSize = nil
    let first = perform(.start, then: .wholeList, now: now)
    let rest = perform(.invoke(.loadAll), then: .wholeList, now: now)
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

  package func endOfInput() -> Answer { leave() }

  func leave() -> Answer { ([.text(Phrasebook.goodbye())], [.quit(status: isStrict ? firstErrorStatus ?? 0 : 0)]) }

  /// An answer that is an error of plain mode's own words: nothing was reduced.
  mutating func refuse(_ error: PlainLine) -> Answer {
    note(errorStatus: 64)
    return ([error], [])
  }

  /// A typed line that is no command; the list of messages keeps it.
  mutating func refuse(_ problem: CommandProblem, now: Int64) -> Answer {
    let effects = apply(.refused(problem), now: now).effects
    return ([Phrasebook.error(problem.reason, advice: problem.advice, statesOutcome: problem.statesOutcome)], effects)
  }

  /// Lines that are no errors, and nothing to be done.
  func answer(_ lines: String...) -> Answer { (lines.map(PlainLine.text), []) }

  private mutating func note(errorStatus status: Int32) { firstErrorStatus = firstErrorStatus ?? status }

  /// Ctrl-C: stops what is under way; twice leaves.
  package mutating func interrupt(now: Int64) -> Answer {
    interruptions += 1
    question = nil
    guard interruptions < 2 else { return ([], [.quit(status: 130)]) }
    pending = nil
    let wasLoading = state.load.isBusy
    let wasLooking = state.loading.lookup != nil
    let effects = wasLoading ? apply(.invoke(.cancel), now: now).effects : []
    let outcome = wasLooking ? state.messages.current.map { [Phrasebook.sentence($0.notice)] } ?? [] : []
    heldMessages = []
    let lines = [Phrasebook.cancelled()] + (wasLoading ? [Phrasebook.stoppedHere(state)] : []) + outcome
    return (lines.map(PlainLine.text), effects)
  }

  // MARK: Lines and actions

  /// Answers one typed line.
  package mutating func handle(line: String, now: Int64) -> Answer {
    interruptions = 0
    isExact = false
    // Ages are told as of now, also where nothing else changes.
    state.noteTime(now)
    let text = line.trimmingSpaces
    if let choices = question, let answer = choose(text, from: choices, now: now) { return remember(answer) }
    question = nil
    if text.isEmpty { return answer(Phrasebook.emptyLine()) }
    // "3: prod-key" was heard, and 3 is typed.
    if CommandLineParser.isNumber(text) { return remember(openEntry(text, now: now)) }
    do throws(CommandProblem) {
      let command = try PlainCommand(text)
      if command == .again {
        isExact = lastAnswerIsExact
        return lastAnswer.isEmpty ? answer(Phrasebook.nothingToRepeat()) : (lastAnswer, [])
      }
      return remember(run(command, now: now))
    } catch {
      return remember(refuse(error, now: now))
    }
  }

  /// Takes an answer of the network, of an evaluation, or of an export.
  package mutating func handle(action: Action, now: Int64) -> Answer {
    let wasLoadingAll = state.load.isLoading && state.load.goal == .everything
    let (messages, effects) = apply(action, now: now)
    guard let waiting = pending else {
      notices += messages
      if wasLoadingAll, state.load.completeness.isAtEnd {
        notices.append(PlainNotice(.note, .text(Phrasebook.everythingLoaded(state))))
      }
      return ([], effects)
    }
    heldMessages += messages
    if case .export = waiting, case .exported = action {} else { guard !isBusy else { return ([], effects) } }
    pending = nil
    let said = heldMessages
    heldMessages = []
    let (lines, more) = settle(waiting, messages: said, now: now)
    return remember((lines, effects + more))
  }

  /// What happened meanwhile; said before the next prompt.
  package mutating func takeNotices() -> [PlainLine] {
    defer { notices = [] }
    if !notices.isEmpty { isExact = false }
    return notices.isEmpty ? [] : [.text(Phrasebook.notices(notices.count))] + notices.map(\.line)
  }

  // MARK: Progress

  package func workBegins() -> PlainLine { .text(Phrasebook.workBegins()) }
  package func workGoesOn() -> PlainLine {
    .text(Phrasebook.workGoesOn(keys: state.allKeys.count, requests: state.load.answered))
  }
  package func workEnds() -> PlainLine { .text(Phrasebook.workEnds(keys: state.allKeys.count)) }

  // MARK: The reducer

  private var heldMessages: [PlainNotice] = []

  var isBusy: Bool { state.load.isBusy || state.query.evaluation != nil || state.loading.lookup != nil }

  private mutating func remember(_ answer: Answer) -> Answer {
    if !answer.lines.isEmpty { (lastAnswer, lastAnswerIsExact) = (answer.lines, isExact) }
    return answer
  }

  /// Reduces one action; gives the notices it posted, in the words of plain mode.
  mutating func apply(_ action: Action, now: Int64) -> (messages: [PlainNotice], effects: [Effect]) {
    let before = state.messages.posted
    let effects = reduce(&state, action, now: now)
    let posted = state.messages.since(before).map(\.notice)
    if let error = posted.first(where: { $0.traits.kind == .error }) { note(errorStatus: error.traits.exitCode) }
    var messages = posted.map { PlainNotice($0) }
    if let error = state.load.completeness.stoppedBy {
      if !connectionIsLost {
        connectionIsLost = true
        // What a command says of its own end stays.
        let others = posted.filter { $0.traits.topic != .failure }.map { PlainNotice($0) }
        messages = [PlainNotice(.error, Phrasebook.loadStopped(error, state))] + others
      }
    } else if !state.load.isBusy {
      connectionIsLost = false
    }
    return (messages, effects)
  }

  /// Reduces an action for a command, and answers at once or when its keys are here.
  mutating func perform(_ action: Action, then next: Pending, now: Int64) -> Answer {
    var (messages, effects) = apply(action, now: now)
    let text = effects.compactMap { effect -> [PlainLine]? in
      switch effect {
      case .copyToClipboard(let text): text.lines.map { PlainLine(.value, $0) }
      case .printLines(let lines): lines.map { .text($0.string) }
      default: nil
      }
    }
    effects.removeAll { effect in
      switch effect {
      case .copyToClipboard, .printLines, .redraw, .setMouse, .setTheme: true
      default: false
      }
    }
    if !text.isEmpty {
      messages = text.flatMap { $0 }.map { PlainNotice(.note, $0) }
      isExact = true
    }
    let causedLoad = effects.contains { if case .load = $0 { true } else { false } }
    let isExporting = effects.contains { if case .export = $0 { true } else { false } }
    if isExporting || causedLoad || state.query.evaluation != nil || state.loading.lookup != nil
      || (next.needsEverything && isBusy)
    {
      pending = next
      // What was said of the beginning is said by the progress lines; only errors are kept.
      heldMessages = messages.filter(\.isForAll)
      return ([], effects)
    }
    let (lines, more) = settle(next, messages: messages, now: now)
    return (lines, effects + more)
  }
}
