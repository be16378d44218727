import APIKeyModel
import KeyTable

/// What each command does.
extension DashboardState {
  /// Runs one line of the palette or of plain mode: a name, then perhaps an argument.
  mutating func run(line: String) -> [Effect] {
    switch CommandLineParser.parse(line) {
    case .success(let invocation): return run(invocation)
    case .failure(let problem):
      complain(problem.sentence)
      return []
    }
  }

  mutating func run(_ invocation: CommandInvocation) -> [Effect] {
    let id = invocation.id
    if id != .cancel { messages.cancelWasPressed = false }
    if leaveMessage(for: id) { return [] }
    forgetLookup(for: id)
    if case .disabled(let reason) = id.availability(in: self), invocation.argument == nil {
      say(reason, about: id.needsMarks ? .marks : nil)
      return []
    }
    if let refusal = refusalForGone(id) {
      complain(CommandText.nothingChanged(refusal))
      return []
    }
    let argument = invocation.argument
    switch id {
    case .down: return move(by: 1)
    case .up: return move(by: -1)
    case .halfPageDown: return moveHalfPage(1)
    case .halfPageUp: return moveHalfPage(-1)
    case .pageDown: return movePage(1)
    case .pageUp: return movePage(-1)
    case .first: return moveToStart()
    case .last: return moveToEnd()
    case .left: return moveSideways(-1)
    case .right: return moveSideways(1)
    case .goTo: return goTo(typed: argument)

    case .open: return open(typed: argument)
    case .back: return goBack()
    case .nextPane: return switchPane()
    case .growDetail: return adjustDetail(1)
    case .shrinkDetail: return adjustDetail(-1)
    case .timeFormat:
      settings.absoluteTime.toggle()
      say(settings.absoluteTime ? SettingText.createdIsDate() : SettingText.createdIsAge())
      return [.saveSettings(settings)]
    case .cursorFocus: return toggleCursorFocus()

    case .filter: return filter(typed: argument)
    case .clearFilter:
      settle(.filter)
      return filter(typed: "")
    case .find: return find(typed: argument)
    case .nextHit: return goToHit(1)
    case .previousHit: return goToHit(-1)
    case .sort: return sort(byTyped: argument)
    case .reverseSort:
      settings.sort = settings.sort.reversed
      return queryChanged() + [.saveSettings(settings)]
    case .order: return changeOrder(typed: argument)
    case .columns: return columns(typed: argument)

    case .permissionPivot: return openOverlay(.permissionPivot)
    case .pivotRarest: return togglePivotOrder()
    case .creatorGroups: return openOverlay(.creatorGroups)
    case .histogram: return openOverlay(.histogram)
    case .compare: return compare(typed: argument)
    case .explain: return explain(typed: argument)
    case .position:
      say(StatusViewModel.spoken(self), about: .status)
      return []

    case .mark: return mark(typed: argument)
    case .markRange: return markRange()
    case .markAll: return markAll()
    case .clearMarks:
      let count = marks.count
      marks.clear()
      say(MarkText.unmarked(count))
      return marksChanged()
    case .nextMarked: return goToMarked(1)
    case .previousMarked: return goToMarked(-1)

    case .copy: return copy(typed: argument)
    case .printPlain: return printUndecorated()
    case .export: return export(typed: argument)

    case .refresh: return fetchNew()
    case .reread: return readAgain()
    case .loadAll:
      say(LoadText.loadingEverything(wording), about: .load)
      return loadEverything()

    case .palette:
      input.prompt = PromptState(kind: .palette)
      return []
    case .help: return openHelp(typed: argument)
    case .messages: return openOverlay(.messages)
    case .set: return set(typed: argument)
    case .redraw:
      cursorFocus.showWholePage()
      return [.redraw]
    case .suspend: return [.suspend]
    case .cancel: return cancel()
    case .quit: return quit()

    case .promptAccept: return acceptPrompt()
    case .promptCancel: return cancelPrompt()
    case .promptLeft: return editPrompt { $0.moveCaret(by: -1) }
    case .promptRight: return editPrompt { $0.moveCaret(by: 1) }
    case .promptStart: return editPrompt { $0.moveToStart() }
    case .promptEnd: return editPrompt { $0.moveToEnd() }
    case .promptBackspace: return backspacePrompt()
    case .promptDelete: return editPrompt { $0.deleteForward() }
    case .promptDeleteWord: return editPrompt { $0.deleteWordBackward() }
    case .promptClear: return editPrompt { $0.clear() }
    case .promptComplete: return completePrompt()
    case .promptOlder: return walkHistory(-1)
    case .promptNewer: return walkHistory(1)
    }
  }

  private mutating func toggleCursorFocus() -> [Effect] {
    settings.cursorFocus.toggle()
    detail.close()
    cursorFocus.resultEnded()
    say(SettingText.cursorFocus(settings.cursorFocus))
    keepCursorsVisible()
    return [.saveSettings(settings), .redraw]
  }

  private mutating func cancel() -> [Effect] {
    if input.prompt != nil { return cancelPrompt() }
    if load.isBusy || load.wakeTime != nil {
      let (wasLooking, wasLoading) = (load.isLooking, load.isLoading || load.wakeTime != nil)
      let effects = handle(.interrupt)
      messages.cancelWasPressed = true
      if wasLooking {
        say(LoadText.stoppedLooking())
      } else if wasLoading {
        say(LoadText.stopped(after: table.count, wording))
      } else {
        say(LoadText.stoppedRereading(listOf: load.completeness.wholeReadAt))
      }
      return effects
    }
    if messages.cancelWasPressed { return [.quit(status: 130)] }
    messages.cancelWasPressed = true
    say(CommandText.nothingToCancel(wording))
    return []
  }

  private mutating func quit() -> [Effect] {
    if !views.overlays.isEmpty {
      views.overlays.removeLast()
      return []
    }
    if layout.arrangement == .onePane, detail.isOpen {
      detail.close()
      keepCursorsVisible()
      return []
    }
    return [.quit(status: 0)]
  }

  /// Esc: one step back, whatever that is here.
  private mutating func goBack() -> [Effect] {
    if !views.overlays.isEmpty {
      views.overlays.removeLast()
      return []
    }
    if detail.isOpen || detail.pane == .detail {
      detail.close()
      keepCursorsVisible()
      return []
    }
    if marks.rangeStart != nil {
      marks.endRange()
      say(MarkText.rangeGivenUp())
      return []
    }
    if let effects = goBackToOverlay() { return effects }
    if !query.filter.isEmpty { return filter(typed: "") }
    say(MoveText.nothingToGoBackFrom(wording))
    return []
  }
}
