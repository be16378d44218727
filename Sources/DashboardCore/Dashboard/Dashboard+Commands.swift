import KeyLoading
import KeyTable

/// What each command does.
extension DashboardState {
  /// Runs one line of the palette: a name, then perhaps an argument.
  mutating func run(line: String) -> [Effect] {
    switch CommandLineParser.parse(line) {
    case .success(let command): return run(command)
    case .failure(let problem): return refuse(problem)
    }
  }

  /// Posts why a typed line is no command.
  mutating func refuse(_ problem: CommandProblem) -> [Effect] {
    post(.command(.notUnderstood(problem)))
    return []
  }

  mutating func run(_ command: Command) -> [Effect] {
    if command != .cancel { messages.noteCancel(false) }
    if leaveMessage(for: command.id) { return [] }
    forgetLookup(for: command.id)
    if case .disabled(let reason) = availability(of: command) {
      refuse(command, because: reason)
      return []
    }
    if refusesGone(command.id) {
      post(.marks(.goneCannotBeMarked))
      return []
    }
    return perform(command)
  }

  /// The one place where a command that can do nothing is refused: an error where it was typed with an argument.
  private mutating func refuse(_ command: Command, because reason: Unavailable) {
    post(.command(command.hasArgument ? .refused(reason) : .unavailable(reason)))
  }

  private mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .move(let movement): return move(movement)
    case .goTo(let name): return look(for: KeyRequest(.goTo, [name]))

    case .open(let name): return open(name)
    case .back: return goBack()
    case .nextPane: return switchPane()
    case .growDetail: return adjustDetail(1)
    case .shrinkDetail: return adjustDetail(-1)
    case .timeFormat: return toggleTimeFormat()
    case .cursorFocus: return toggleCursorFocus()

    case .filter(nil): return openFilterPrompt()
    case .filter(let filter?): return apply(filter)
    case .clearFilter: return clearFilter()
    case .find(nil):
      input.open(PromptState(kind: .find))
      return []
    case .find(let text?): return find(text)
    case .nextHit: return goToHit(1)
    case .previousHit: return goToHit(-1)
    case .sort(nil): return openOverlay(SortMenuOverlay())
    case .sort(let order?): return sort(by: order)
    case .reverseSort: return reverseSort()
    case .order(let order): return read(in: order)
    case .columns(nil): return openOverlay(ColumnsMenuOverlay())
    case .columns(let columns?): return show(columns)

    case .permissionPivot: return openOverlay(PermissionsOverlay())
    case .pivotRarest: return togglePivotOrder()
    case .creatorGroups: return openOverlay(CreatorsOverlay())
    case .histogram: return openOverlay(MonthsOverlay())
    case .compare(let pair): return compare(pair)
    case .explain(let name): return explain(name)
    case .position:
      post(.list(.status(spokenStatus)))
      return []

    case .mark(nil): return markSelection()
    case .mark(.keys(let name)): return look(for: KeyRequest(.mark, [name]))
    case .mark(.matching(let filter)):
      return load.completeness.isAtEnd ? mark(matching: filter) : wait(for: .mark(filter))
    case .markRange: return markRange()
    case .markAll: return markAll()
    case .clearMarks: return clearMarks()
    case .nextMarked: return goToMarked(1)
    case .previousMarked: return goToMarked(-1)

    case .copy(nil): return openOverlay(CopyMenuOverlay())
    case .copy(let target?): return copy(target)
    case .printPlain: return printUndecorated()
    case .export(path: nil): return openExportPrompt()
    case .export(let path?): return export(to: path)

    case .refresh: return fetchNew()
    case .reread: return readAgain()
    case .loadAll:
      post(.loading(.loadingEverything))
      return loadEverything()

    case .palette(let id):
      input.open(PromptState(kind: .palette, text: id.map { $0.rawValue + " " } ?? ""))
      return []
    case .help(let text): return openHelp(search: text ?? "")
    case .messages: return openOverlay(MessagesOverlay())
    case .set(let setting): return set(setting)
    case .redraw:
      cursorFocus.showWholePage()
      return [.redraw]
    case .suspend: return [.suspend]
    case .cancel: return cancel()
    case .quit: return quit()

    case .prompt(let promptEdit): return edit(promptEdit)
    }
  }

  private mutating func toggleTimeFormat() -> [Effect] {
    settings.absoluteTime.toggle()
    post(.setting(.created(isDate: settings.absoluteTime)))
    return [.saveSettings(settings)]
  }

  mutating func toggleCursorFocus() -> [Effect] {
    settings.cursorFocus.toggle()
    detail.close()
    cursorFocus.resultEnded()
    post(.setting(.cursorFocus(settings.cursorFocus)))
    keepCursorsVisible()
    return [.saveSettings(settings), .redraw]
  }

  private mutating func cancel() -> [Effect] {
    if input.prompt != nil { return cancelPrompt() }
    if load.isBusy || load.wakeTime != nil {
      let (wasLooking, wasLoading) = (load.isLooking, load.isLoading || load.wakeTime != nil)
      let effects = handle(.interrupt)
      messages.noteCancel(true)
      if wasLooking {
        post(.loading(.stoppedLooking))
      } else if wasLoading {
        post(.loading(.stopped(after: table.count)))
      } else {
        post(.loading(.stoppedRereading(listOf: load.completeness.wholeReadAt)))
      }
      return effects
    }
    if messages.cancelWasPressed { return [.quit(status: 130)] }
    messages.noteCancel(true)
    post(.command(.nothingToCancel))
    return []
  }

  private mutating func quit() -> [Effect] {
    if views.hasOverlay {
      views.close()
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
    if views.hasOverlay {
      views.close()
      return []
    }
    if detail.isOpen || detail.pane == .detail {
      detail.close()
      keepCursorsVisible()
      return []
    }
    if marks.rangeStart != nil {
      marks.endRange()
      post(.marks(.rangeGivenUp))
      return []
    }
    if let effects = goBackToOverlay() { return effects }
    if !query.filter.isEmpty { return apply(.none) }
    post(.list(.nothingToGoBackFrom))
    return []
  }
}
