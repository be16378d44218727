import APIKeyModel
import DashboardCore
import KeyTable
import TerminalCore

/// What each command does in plain mode.
extension PlainSession {
  mutating func run(_ word: PlainWord, _ rest: String, now: Int64) -> Answer {
    switch word {
    case .again: return ([Phrasebook.nothingToRepeat()], [])
    case .list:
      if rest.isEmpty { return (readList(from: 0), []) }
      guard let number = Int(rest.filter { $0 != "," }), state.query.visible.indices.contains(number - 1) else {
        return refuse(Phrasebook.notAKeyNumber(rest, state))
      }
      return (readList(from: number - 1), [])
    case .permissions: return permissions(rest, now: now)
    case .verbosity:
      if let wanted = Verbosity(rawValue: rest.lowercased()) {
        verbosity = wanted
      } else if !rest.isEmpty {
        return refuse(Phrasebook.notAVerbosity(rest))
      }
      return ([Phrasebook.verbosity(verbosity)], [])
    case .page:
      if rest.lowercased() == "off" {
        pageSize = nil
      } else if let size = Int(rest), (1...1000).contains(size) {
        pageSize = size
      } else if !rest.isEmpty {
        return refuse(Phrasebook.notAPageSize(rest))
      }
      return ([Phrasebook.pageSize(pageSize)], [])
    }
  }

  /// `permissions`, `permissions full`, `permissions KEY`, `permissions full KEY`
  private mutating func permissions(_ rest: String, now: Int64) -> Answer {
    let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
    let isFull = words.first?.lowercased() == "full"
    let name = isFull ? (words.count > 1 ? words[1] : "") : rest
    let next = Pending.permissions(isFull: isFull)
    if name.isEmpty { return settle(next, messages: [], now: now) }
    return perform(.invoke(CommandInvocation(.goTo, name)), then: next, now: now)
  }

  mutating func run(_ invocation: CommandInvocation, now: Int64) -> Answer {
    let id = invocation.id
    let argument = invocation.argument
    let action = Action.invoke(invocation)
    if !Phrasebook.isScreenOnly(id), argument == nil, case .disabled(let reason) = id.availability(in: state) {
      return ([state.query.visible.isEmpty ? Phrasebook.emptyList(state) : Phrasebook.inert(reason)], [])
    }
    switch id {
    case .pageDown: return more(now: now)
    case .pageUp: return (readBack(pageSize ?? state.query.visible.count), [])
    case .halfPageDown: return (readRecords(from: placeAfterPage, count: halfPage), [])
    case .halfPageUp: return (readBack(halfPage), [])
    case .down where state.list.position + 1 >= state.query.visible.count && canLoadMore:
      return perform(.nextPageWanted, then: .records(from: state.query.visible.count), now: now)
    case .down, .up, .first, .goTo, .nextMarked, .previousMarked, .nextHit, .previousHit:
      return perform(action, then: .record, now: now)
    case .find:
      guard argument != nil else { return refuse(Phrasebook.needsText(id)) }
      return perform(action, then: .record, now: now)
    case .last: return perform(action, then: .lastRecord, now: now)

    case .open: return show(argument, now: now)
    case .back: return perform(action, then: .list, now: now)
    case .nextPane, .growDetail, .shrinkDetail, .timeFormat, .cursorFocus, .left, .right, .redraw, .palette:
      return ([Phrasebook.screenOnly(id)], [])

    case .filter:
      guard let argument else { return ([Phrasebook.filter(state), Phrasebook.filterAdvice()], []) }
      guard argument != state.query.filter.text else { return (readList(from: 0), []) }
      return change(action, then: .list, now: now)
    case .clearFilter, .reverseSort: return perform(action, then: .list, now: now)
    case .order: return change(action, then: .list, now: now)
    case .sort:
      return argument == nil ? ask(choices(of: .sortMenu)) : change(action, then: .list, now: now)
    case .columns:
      return argument == nil
        ? ([Phrasebook.columns(state)], [])
        : perform(action, then: .message(otherwise: Phrasebook.columns(state)), now: now)

    case .permissionPivot: return overlay(action, then: .pivot(rarestFirst: false), now: now)
    case .pivotRarest:
      return overlay(.invoke(CommandInvocation(.permissionPivot)), then: .pivot(rarestFirst: true), now: now)
    case .creatorGroups: return overlay(action, then: .creators, now: now)
    case .histogram: return overlay(action, then: .histogram, now: now)
    case .compare, .explain: return perform(action, then: .overlay, now: now)
    case .messages: return messages()
    case .position:
      let name = state.selectedRow.map { state.table.shownName(at: $0) }
      return (Phrasebook.place(state, name: name), [])

    case .mark: return mark(action, argument, now: now)
    case .markRange, .markAll, .clearMarks: return perform(action, then: .mark, now: now)

    case .copy:
      return argument == nil
        ? ask(choices(of: .copyMenu))
        : perform(action, then: .message(otherwise: Phrasebook.nothingWritten()), now: now)
    case .printPlain: return settle(.exact, messages: [], now: now)
    case .export:
      guard argument != nil else { return refuse(Phrasebook.needsFileName(id)) }
      return perform(action, then: .export, now: now)

    case .refresh:
      return perform(
        action, then: .refresh(knownKeys: state.load.refreshLooks ? state.loading.newKeys.count : nil), now: now)
    case .reread: return perform(action, then: .reread, now: now)
    case .loadAll: return loadAll(action, now: now)

    case .help: return help(argument)
    case .set: return perform(action, then: .message(otherwise: Phrasebook.settingChanged()), now: now)
    case .suspend: return ([Phrasebook.suspended()], [.suspend])
    case .cancel: return ([Phrasebook.nothingToCancel()], [])
    case .quit: return leave()

    case .promptAccept, .promptCancel, .promptLeft, .promptRight, .promptStart, .promptEnd, .promptBackspace,
      .promptDelete, .promptDeleteWord, .promptClear, .promptComplete, .promptOlder, .promptNewer:
      return ([Phrasebook.screenOnly(id)], [])
    }
  }

  // MARK: Moving through the list

  private var canLoadMore: Bool { state.load.completeness == .partial && state.isServerOrder }
  private var halfPage: Int { max((pageSize ?? state.query.visible.count) / 2, 1) }

  private var placeAfterPage: Int {
    if case .keys(_, let end) = paging { return end }
    return state.list.position
  }

  private mutating func more(now: Int64) -> Answer {
    if case .lines(let lines, let next, let noun) = paging, next < lines.count {
      return (readOn(lines, from: next, noun), [])
    }
    let place = placeAfterPage
    if place >= state.query.visible.count, canLoadMore {
      return perform(.nextPageWanted, then: .records(from: place), now: now)
    }
    guard place < state.query.visible.count else {
      return ([state.query.visible.isEmpty ? Phrasebook.emptyList(state) : Phrasebook.endOfList(state)], [])
    }
    return (readRecords(from: place), [])
  }

  private mutating func readBack(_ count: Int) -> [String] {
    guard !state.query.visible.isEmpty else { return [Phrasebook.emptyList(state)] }
    let start = if case .keys(let from, _) = paging { from } else { state.list.position }
    guard start > 0 else { return [Phrasebook.startOfList()] }
    return readRecords(from: max(start - count, 0), count: min(count, start))
  }

  // MARK: Keys

  /// `show`, `show KEY`, `show raw`, `show raw KEY`
  private mutating func show(_ argument: String?, now: Int64) -> Answer {
    let words = (argument ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    let isRaw = words.first?.lowercased() == "raw"
    let name = isRaw ? (words.count > 1 ? words[1].trimmingSpaces : nil) : argument
    if let name { return perform(.invoke(CommandInvocation(.goTo, name)), then: isRaw ? .exact : .detail, now: now) }
    return settle(isRaw ? .exact : .detail, messages: [], now: now)
  }

  /// A mark leaves the place where it is, so that the same word can undo it.
  private mutating func mark(_ action: Action, _ argument: String?, now: Int64) -> Answer {
    let place = state.list.position
    let answer = perform(action, then: .mark, now: now)
    guard argument == nil, state.list.position != place, !isWaiting else { return answer }
    _ = apply(.invoke(CommandInvocation(.goTo, "#\(place + 1)")), now: now)
    return (settle(.mark, messages: [], now: now).lines, answer.effects)
  }

  // MARK: Questions

  /// A change of the question: refused changes say why, others are followed by the list.
  private mutating func change(_ action: Action, then next: Pending, now: Int64) -> Answer {
    let before = state.messages.current
    let answer = perform(action, then: next, now: now)
    if !isWaiting, let message = state.messages.current, message != before, message.kind == .error {
      return ([Phrasebook.message(message)], answer.effects)
    }
    return answer
  }

  private func choices(of kind: OverlayKind) -> [PlainChoice] {
    OverlayContent(kind: kind, state: state).rows.compactMap { row in
      guard case .run(let invocation) = row.choice, let text = row.cells.first else { return nil }
      let note: DisplayText = row.cells.count > 1 && row.cells[1].width > 0 ? ", " + row.cells[1] : ""
      return PlainChoice(text: text + note, invocation: invocation)
    }
  }

  // MARK: Overlays

  /// Opens what the dashboard lays over the screen, and closes it at once: only the loading it causes is wanted.
  private mutating func overlay(_ action: Action, then next: Pending, now: Int64) -> Answer {
    let answer = perform(action, then: next, now: now)
    closeOverlays(now: now)
    return answer
  }

  mutating func closeOverlays(now: Int64) {
    while !state.views.overlays.isEmpty { _ = apply(.invoke(CommandInvocation(.back)), now: now) }
  }

  /// What was opened over the screen, as lines; closed at once.
  mutating func overlayLines(now: Int64) -> [String] {
    guard let kind = state.views.overlays.last?.kind else { return [Phrasebook.emptyList(state)] }
    closeOverlays(now: now)
    switch kind {
    case .comparison(let left, let right):
      guard let first = state.apiKey(of: left), let second = state.apiKey(of: right) else { break }
      return Phrasebook.comparison(first, second)
    case .explanation(let id):
      guard let apiKey = state.apiKey(of: id) else { break }
      return Explanation(apiKey, state: state).sentences.map(Phrasebook.inert)
    default: break
    }
    return [Phrasebook.emptyList(state)]
  }

  private mutating func messages() -> Answer {
    let lines = state.messages.log.reversed().map { Phrasebook.logged($0) }
    return (lines.isEmpty ? [Phrasebook.noMessages()] : read(lines, .message), [])
  }

  // MARK: The program

  private mutating func loadAll(_ action: Action, now: Int64) -> Answer {
    let answer = perform(action, then: .loadAll, now: now)
    guard isWaiting, !isPiped else { return answer }
    // At a terminal the load goes on behind the next commands; its end is a notice.
    pending = nil
    return ([Phrasebook.loadingEverything()], answer.effects)
  }

  private mutating func help(_ argument: String?) -> Answer {
    guard let argument else { return (Phrasebook.shortHelp(), []) }
    if argument.lowercased() == "all" { return (read(Phrasebook.allHelp(), .command), []) }
    guard let lines = Phrasebook.help(about: argument) else { return refuse(Phrasebook.noHelp(argument)) }
    return (lines, [])
  }
}
