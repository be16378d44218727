import APIKeyModel
import DashboardCore
import KeyTable
import TerminalCore

/// What each command does in plain mode.
extension PlainSession {
  mutating func run(_ plain: PlainCommand, now: Int64) -> Answer {
    switch plain {
    case .command(let command): return run(command, now: now)
    case .again: return answer(Phrasebook.nothingToRepeat())
    case .list(nil): return (readList(from: 0), [])
    case .list(let start?):
      guard let number = start.number, state.query.visible.indices.contains(number - 1) else {
        return refuse(Phrasebook.notAKeyNumber(start.text, state))
      }
      return (readList(from: number - 1), [])
    case .show(let name, let isRaw): return goTo(name, then: isRaw ? .exact : .detail, now: now)
    case .permissions(let name, let isFull): return goTo(name, then: .permissions(isFull: isFull), now: now)
    case .verbosity(let setting):
      switch setting {
      case .shown: break
      case .changed(let wanted): verbosity = wanted
      case .unknown(let text): return refuse(Phrasebook.notAVerbosity(text))
      }
      return answer(Phrasebook.verbosity(verbosity))
    case .page(let setting):
      switch setting {
      case .shown: break
      case .changed(let size): pageSize = size
      case .unknown(let text): return refuse(Phrasebook.notAPageSize(text))
      }
      return answer(Phrasebook.pageSize(pageSize))
    case .allHelp: return (read(Phrasebook.allHelp(), .command), [])
    }
  }

  /// What is said of a key, or of the one at the cursor.
  private mutating func goTo(_ name: KeyName?, then next: Pending, now: Int64) -> Answer {
    guard let name else { return settle(next, messages: [], now: now) }
    return perform(.invoke(.goTo(name)), then: next, now: now)
  }

  mutating func run(_ command: Command, now: Int64) -> Answer {
    let entry = CommandCatalog.entry(command.id)
    if let sentence = entry.screenOnly { return answer(sentence) }
    if !command.hasArgument, case .disabled(let reason) = state.availability(of: command) {
      let sentence = Phrasebook.inert(reason.sentence(state.wording))
      return answer(state.query.visible.isEmpty ? Phrasebook.emptyList(state) : sentence)
    }
    let action = Action.invoke(command)
    switch command {
    case .move(.pageDown): return more(now: now)
    case .move(.pageUp): return (readBack(pageSize ?? state.query.visible.count), [])
    case .move(.halfPageDown): return (readRecords(from: placeAfterPage, count: halfPage), [])
    case .move(.halfPageUp): return (readBack(halfPage), [])
    case .move(.down) where state.list.position + 1 >= state.query.visible.count && canLoadMore:
      return perform(.nextPageWanted, then: .records(from: state.query.visible.count), now: now)
    case .move(.last): return perform(action, then: .lastRecord, now: now)

    case .move, .goTo, .nextMarked, .previousMarked, .nextHit, .previousHit, .find(.some):
      return perform(action, then: .record, now: now)
    case .find(nil): return refuse(Phrasebook.needsText(.find))

    case .open(let name): return goTo(name, then: .detail, now: now)
    case .back: return perform(action, then: .list, now: now)

    case .filter(nil): return answer(Phrasebook.filter(state), Phrasebook.filterAdvice())
    case .filter(let filter?):
      guard filter.text != state.query.filter.text else { return (readList(from: 0), []) }
      return change(action, then: .list, now: now)
    case .clearFilter, .reverseSort: return perform(action, then: .list, now: now)
    case .order: return change(action, then: .list, now: now)
    case .sort(nil): return ask(choices(of: SortMenuOverlay()))
    case .sort: return change(action, then: .list, now: now)
    case .columns(nil): return answer(Phrasebook.columns(state))
    case .columns: return perform(action, then: .message(otherwise: Phrasebook.columns(state)), now: now)

    case .permissionPivot: return overlay(action, then: .pivot(rarestFirst: false), now: now)
    case .pivotRarest:
      return overlay(.invoke(.permissionPivot), then: .pivot(rarestFirst: true), now: now)
    case .creatorGroups: return overlay(action, then: .creators, now: now)
    case .histogram: return overlay(action, then: .histogram, now: now)
    case .compare, .explain: return perform(action, then: .overlay, now: now)
    case .messages: return messages()
    case .position:
      let name = state.selectedRow.map { state.table.shownName(at: $0) }
      return (Phrasebook.place(state, name: name), [])

    case .mark(nil): return markSelection(now: now)
    case .mark: return perform(action, then: .mark, now: now)
    case .markRange, .markAll, .clearMarks: return perform(action, then: .mark, now: now)

    case .copy(nil): return ask(choices(of: CopyMenuOverlay()))
    case .copy: return perform(action, then: .message(otherwise: Phrasebook.nothingWritten()), now: now)
    case .printPlain: return settle(.exact, messages: [], now: now)
    case .export(path: nil): return refuse(Phrasebook.needsFileName(.export))
    case .export: return perform(action, then: .export, now: now)

    case .refresh:
      return perform(
        action, then: .refresh(knownKeys: state.load.refreshLooks ? state.loading.newKeys.count : nil), now: now)
    case .reread: return perform(action, then: .reread, now: now)
    case .loadAll: return loadAll(action, now: now)

    case .help(let text): return help(text)
    case .set: return perform(action, then: .message(otherwise: Phrasebook.settingChanged()), now: now)
    case .suspend: return ([.text(Phrasebook.suspended())], [.suspend])
    case .cancel: return answer(Phrasebook.nothingToCancel())
    case .quit: return leave()

    case .nextPane, .growDetail, .shrinkDetail, .timeFormat, .cursorFocus, .redraw, .palette, .prompt:
      // Each is of the screen only: the catalog says so.
      return ([], [])
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
      return answer(state.query.visible.isEmpty ? Phrasebook.emptyList(state) : Phrasebook.endOfList(state))
    }
    return (readRecords(from: place), [])
  }

  private mutating func readBack(_ count: Int) -> [PlainLine] {
    guard !state.query.visible.isEmpty else { return [.text(Phrasebook.emptyList(state))] }
    let start = if case .keys(let from, _) = paging { from } else { state.list.position }
    guard start > 0 else { return [.text(Phrasebook.startOfList())] }
    return readRecords(from: max(start - count, 0), count: min(count, start))
  }

  // MARK: Keys

  /// A mark leaves the cursor where it is, so that the same word can undo it.
  private mutating func markSelection(now: Int64) -> Answer {
    let position = state.list.position
    let answer = perform(.invoke(.mark(nil)), then: .mark, now: now)
    guard state.list.position != position, !isWaiting else { return answer }
    _ = apply(.invoke(.goTo(.row(position + 1))), now: now)
    return (settle(.mark, messages: [], now: now).lines, answer.effects)
  }

  // MARK: Questions

  /// A change of the question: refused changes say why, others are followed by the list.
  private mutating func change(_ action: Action, then next: Pending, now: Int64) -> Answer {
    let before = state.messages.posted
    let answer = perform(action, then: next, now: now)
    if !isWaiting, let message = state.messages.since(before).last, message.isError {
      return ([Phrasebook.line(message.notice)], answer.effects)
    }
    return answer
  }

  private func choices(of menu: some Overlay) -> [PlainChoice] {
    menu.rows(state.overlayInput()).compactMap { row in
      guard case .run(let command) = row.choice, let text = row.cells.first else { return nil }
      let note: DisplayText = row.cells.count > 1 && row.cells[1].width > 0 ? ", " + row.cells[1] : ""
      return PlainChoice(text: text + note, command: command)
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
    while state.views.hasOverlay { _ = apply(.invoke(.back), now: now) }
  }

  /// What was opened over the screen, as lines; closed at once.
  mutating func overlayLines(now: Int64) -> [PlainLine] {
    let overlay = state.views.top?.overlay as? any PlainOverlay
    closeOverlays(now: now)
    return (overlay?.lines(in: state) ?? [Phrasebook.emptyList(state)]).map(PlainLine.text)
  }

  private mutating func messages() -> Answer {
    let lines = state.messages.log.reversed().map { Phrasebook.logged($0) }
    return lines.isEmpty ? answer(Phrasebook.noMessages()) : (read(lines, .message), [])
  }

  // MARK: The program

  private mutating func loadAll(_ action: Action, now: Int64) -> Answer {
    let answer = perform(action, then: .loadAll, now: now)
    guard isWaiting, !isPiped else { return answer }
    // At a terminal the load goes on behind the next commands; its end is a notice.
    pending = nil
    return ([.text(Phrasebook.loadingEverything())], answer.effects)
  }

  private mutating func help(_ text: String?) -> Answer {
    guard let text else { return (Phrasebook.shortHelp().map(PlainLine.text), []) }
    guard let lines = Phrasebook.help(about: text) else { return refuse(Phrasebook.noHelp(text)) }
    return (lines.map(PlainLine.text), [])
  }
}
