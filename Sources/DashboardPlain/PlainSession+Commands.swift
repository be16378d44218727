import DashboardCore
import KeyTable

/// What plain mode does itself: reading, paging and showing. Everything else goes through the reducer and its notices.
extension PlainSession {
  mutating func run(_ plain: PlainCommand, now: Int64) -> Output {
    switch plain {
    case .command(let command): return run(command, now: now)
    case .again: return last.lines.isEmpty ? output(Phrasebook.nothingToRepeat()) : (last.lines, [])
    case .list(nil): return (readList(from: 0), [])
    case .list(let start?):
      guard let number = start.number, state.query.visible.indices.contains(number - 1) else {
        return refuse(Phrasebook.notAKeyNumber(start.text, state))
      }
      return (readList(from: number - 1), [])
    case .show(let name, let isRaw): return show(isRaw ? .exact : .detail, of: name, now: now)
    case .permissions(let name, let isFull): return show(.permissions(isFull: isFull), of: name, now: now)
    case .verbosity(let setting):
      if case .unknown(let text) = setting { return refuse(Phrasebook.notAVerbosity(text)) }
      if case .changed(let wanted) = setting { reading.verbosity = wanted }
      return output(Phrasebook.verbosity(reading.verbosity))
    case .page(let setting):
      if case .unknown(let text) = setting { return refuse(Phrasebook.notAPageSize(text)) }
      if case .changed(let size) = setting { reading.pageSize = size }
      return output(Phrasebook.pageSize(reading.pageSize))
    case .allHelp: return (readLines(Phrasebook.allHelp(), .command), [])
    }
  }

  /// Something about a key, or about the one at the cursor.
  private mutating func show(_ response: Response, of name: KeyName? = nil, now: Int64) -> Output {
    guard let name else { return (lines(of: response, now: now), []) }
    return perform(.invoke(.goTo(name)), then: response, now: now)
  }

  mutating func run(_ command: Command, now: Int64) -> Output {
    if let sentence = CommandCatalog.entry(command.id).screenOnly { return output(sentence) }
    if !command.hasArgument, case .disabled(let reason) = state.availability(of: command) {
      return output(
        state.query.visible.isEmpty
          ? Phrasebook.emptyList(state) : Phrasebook.sanitized(reason.sentence(state.wording)))
    }
    let page = reading.pageSize ?? state.query.visible.count
    switch command {
    case .move(.pageDown): return more(now: now)
    case .move(.pageUp): return (readBack(page), [])
    case .move(.halfPageDown): return (readRecords(from: indexAfterPage, count: max(page / 2, 1)), [])
    case .move(.halfPageUp): return (readBack(max(page / 2, 1)), [])
    case .move(.down) where state.list.position + 1 >= state.query.visible.count && canLoadMore:
      return perform(.nextPageWanted, then: .records(from: state.query.visible.count), now: now)

    case .open(let name): return show(.detail, of: name, now: now)
    case .printPlain: return show(.exact, now: now)
    case .position: return (Phrasebook.place(state), [])
    case .messages:
      let lines = state.messages.log.reversed().map { Phrasebook.logged($0) }
      return lines.isEmpty ? output(OverlayText.noMessages) : (readLines(lines, .message), [])
    case .help(let text):
      guard let lines = text.map(Phrasebook.help(about:)) ?? Phrasebook.shortHelp() else {
        return refuse(Phrasebook.noHelp(text ?? ""))
      }
      return (lines.map(PlainLine.text), [])

    case .filter(nil): return output(Phrasebook.filter(state), Phrasebook.filterAdvice())
    case .filter(let filter?) where filter.text == state.query.filter.text: return (readList(from: 0), [])
    case .columns(nil): return output(Phrasebook.columns(state))
    case .sort(nil): return offer(SortMenuOverlay())
    case .copy(nil): return offer(CopyMenuOverlay())
    case .find(nil): return refuse(Phrasebook.needsText(.find))
    case .export(path: nil): return refuse(Phrasebook.needsFileName(.export))

    case .permissionPivot, .pivotRarest, .creatorGroups, .histogram: return count(command, now: now)
    case .mark(nil): return markSelection(now: now)
    case .loadAll: return loadAll(now: now)

    case .suspend: return ([.text(Phrasebook.suspended())], [.suspend])
    case .cancel: return output(Phrasebook.nothingToCancel())
    case .quit: return endOfInput()
    default: return perform(.invoke(command), then: Response(to: command, state), now: now)
    }
  }

  /// Opens what the dashboard lays over the screen, and closes it at once: only the loading it causes is wanted.
  private mutating func count(_ command: Command, now: Int64) -> Output {
    let output = perform(
      .invoke(command == .pivotRarest ? .permissionPivot : command), then: .counts(command), now: now)
    closeOverlays(now: now)
    return output
  }

  /// A mark leaves the cursor where it is, so that the same word can undo it.
  private mutating func markSelection(now: Int64) -> Output {
    let position = state.list.position
    let output = perform(.invoke(.mark(nil)), then: .mark, now: now)
    guard state.list.position != position, !isWaiting else { return output }
    _ = apply(.invoke(.goTo(.row(position + 1))), now: now)
    return (lines(of: .mark, now: now), output.effects)
  }

  private mutating func loadAll(now: Int64) -> Output {
    let output = perform(.invoke(.loadAll), then: .loadAll, now: now)
    guard isWaiting, !isPiped else { return output }
    // At a terminal the load continues behind the next commands; its end is a notice.
    waiting = nil
    return ([.text(Phrasebook.loadingEverything())], output.effects)
  }
}
