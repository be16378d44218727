import APIKeyModel
import KeyLoading
import KeyTable

/// The rows that the movement keys go through: those of the list, of the detail, or of the open overlay.
private struct Scrollable {
  enum Content {
    case list
    case detail
    case overlay([OverlayRow])
  }

  let content: Content
  let count: Int
  /// Of the row with the cursor.
  let index: Int
  /// Rows of a page, at least 1.
  let pageRows: Int

  var isList: Bool { if case .list = content { true } else { false } }

  /// The index so many rows away, or the last one on the way there.
  func index(movedBy offset: Int) -> Int { min(max(index + offset, 0), max(count - 1, 0)) }
}

/// Moving in the list, the detail and overlays.
extension DashboardState {
  /// The pane that has the keyboard, or is behind the prompt that has it.
  private var scrollable: Scrollable {
    switch scope {
    case .overlay:
      let rows = views.top?.content?.rows ?? []
      return Scrollable(
        content: .overlay(rows), count: rows.count, index: views.top?.selection ?? 0,
        pageRows: max(layout.body.rows - 2, 1))
    case .detail:
      return Scrollable(
        content: .detail, count: DetailViewModel.lineCount(state: self), index: detail.line,
        pageRows: max(layout.detail.rows, 1))
    case .list, .prompt:
      return Scrollable(
        content: .list, count: query.visible.count, index: list.position, pageRows: max(layout.listRows, 1))
    }
  }

  mutating func move(_ movement: Movement) -> [Effect] {
    switch movement {
    case .down: move(by: 1)
    case .up: move(by: -1)
    case .halfPageDown: moveHalfPage(1)
    case .halfPageUp: moveHalfPage(-1)
    case .pageDown: movePage(1)
    case .pageUp: movePage(-1)
    case .first: moveToStart()
    case .last: moveToEnd()
    case .left: moveSideways(-1)
    case .right: moveSideways(1)
    }
  }

  /// Moves the cursor of a pane to an index.
  private mutating func select(_ index: Int, in pane: Scrollable) {
    switch pane.content {
    case .overlay: moveOverlay(to: index)
    case .detail: select(detailLine: index, of: pane.count)
    case .list: select(index: index)
    }
  }

  /// Moves the list's cursor to an index of the rows shown. Another key's detail is read from its first line on.
  mutating func select(index: Int) {
    let previous = list.selection
    list.select(index: index, in: query.visible, of: table)
    if previous != list.selection { detail.rewind() }
    keepCursorsVisible()
  }

  /// Moves the detail's cursor.
  mutating func select(detailLine index: Int, of count: Int) {
    detail.select(line: index, of: count)
    keepCursorsVisible()
  }

  mutating func move(by offset: Int) -> [Effect] { move(by: offset, in: scrollable) }

  /// Moves by so many pages: -1, 1, or halves of one.
  mutating func moveHalfPage(_ direction: Int) -> [Effect] {
    let pane = scrollable
    return move(by: direction * max(pane.pageRows / 2, 1), in: pane)
  }

  private mutating func move(by offset: Int, in pane: Scrollable) -> [Effect] {
    if pane.isList, pane.count == 0 {
      post(.list(.empty(emptyListReason)))
      return []
    }
    let target = pane.index(movedBy: offset)
    guard target != pane.index else { return reachEnd(of: pane, isLast: offset > 0) }
    select(target, in: pane)
    return pane.isList ? prefetchIfNeeded() : []
  }

  /// The cursor is on the first or last row already.
  private mutating func reachEnd(of pane: Scrollable, isLast: Bool) -> [Effect] {
    switch pane.content {
    // The cursor stays on this row when others come.
    case .overlay: moveOverlay(to: pane.index)
    case .detail: post(.list(isLast ? .lastLine : .firstLine))
    case .list:
      if isLast, load.completeness == .partial { return prefetchIfNeeded() }
      post(.list(isLast ? endOfList : .firstKey))
    }
    return []
  }

  private var endOfList: ListNotice {
    guard load.completeness.isAtEnd else { return .lastKeyLoaded }
    return load.unreadable == 0 || query.filter.asksForGone ? .lastKey : .lastReadableKey
  }

  /// A page keeps the row's line of the screen, as pagers do.
  mutating func movePage(_ direction: Int) -> [Effect] {
    let pane = scrollable
    let previous = list.selection
    guard scope == .list, pane.count > 0,
      list.turnPage(direction, pageRows: pane.pageRows, in: query.visible, of: table)
    else { return move(by: direction * pane.pageRows, in: pane) }
    if previous != list.selection { detail.rewind() }
    keepCursorsVisible()
    return prefetchIfNeeded()
  }

  mutating func moveToStart() -> [Effect] {
    loading.cancelGoToEnd()
    select(0, in: scrollable)
    return []
  }

  mutating func moveToEnd() -> [Effect] {
    let pane = scrollable
    select(max(pane.count - 1, 0), in: pane)
    return pane.isList ? loadForTheEnd() : []
  }

  /// `G` on a list that is not here to its end.
  private mutating func loadForTheEnd() -> [Effect] {
    switch load.completeness {
    case .complete, .readWhole, .changed, .unknown: return []
    case .stopped, .unchecked, .contradicted: post(.loading(.loadIsStopped))
    case .waiting(let until, _):
      loading.goToEndWhenLoaded()
      post(.loading(.waitingToLoad(until: until)))
      return loadEverything()
    case .nothing, .partial, .loading, .interrupted:
      loading.goToEndWhenLoaded()
      post(.loading(.loadingToTheEnd))
      return loadEverything()
    }
    return []
  }

  /// When `G` waited for the load: goes to the last row now.
  mutating func finishGoToEnd() {
    guard loading.goesToEndWhenLoaded, query.evaluation == nil else { return }
    loading.cancelGoToEnd()
    select(index: query.visible.count - 1)
    post(.loading(.loadedToTheLast(table.count)))
  }

  mutating func moveSideways(_ direction: Int) -> [Effect] {
    if scope == .detail, direction < 0 {
      detail.close()
      keepCursorsVisible()
      return []
    }
    guard scope == .list else { return [] }
    if direction > 0, listColumns.hiddenCount == 0 {
      post(.list(.everyColumnIsShown))
      return []
    }
    list.scrollSideways(direction, columnCount: settings.columns.count)
    return []
  }

  mutating func open(_ name: KeyName?) -> [Effect] {
    if views.hasOverlay { return chooseOverlayRow() }
    return name.map { look(for: KeyRequest(.open, [$0])) } ?? showDetail()
  }

  mutating func showDetail() -> [Effect] {
    detail.open(isOnePane: layout.arrangement == .onePane)
    keepCursorsVisible()
    return []
  }

  mutating func switchPane() -> [Effect] {
    detail.switchPane(isOnePane: layout.arrangement == .onePane)
    keepCursorsVisible()
    return []
  }

  mutating func adjustDetail(_ amount: Int) -> [Effect] {
    let before = layout
    // A size chosen on another screen may be past what this one has room for: that part is dropped first.
    let direction = settings.detailAdjustment.signum()
    while settings.detailAdjustment != 0 {
      settings.detailAdjustment -= direction
      guard layout == before else {
        settings.detailAdjustment += direction
        break
      }
    }
    settings.detailAdjustment += amount
    if layout == before {
      settings.detailAdjustment -= amount
      post(.list(amount > 0 ? .detailIsLargest : .detailIsSmallest))
      return []
    }
    keepCursorsVisible()
    return [.saveSettings(settings)]
  }

  // MARK: Finding without hiding

  mutating func find(_ text: String) -> [Effect] {
    if views.hasOverlay {
      views.search(text)
      // Help has the rows with the text only.
      remakeOverlay()
    } else {
      list.setFindText(text)
    }
    return goToHit(1, fromHere: true)
  }

  /// Goes to the next or previous row that has the text, past the end to the other one.
  mutating func goToHit(_ direction: Int, fromHere: Bool = false) -> [Effect] {
    let text = views.top?.searchText ?? list.findText
    let pane = scrollable
    // What lies behind the end of a part is not known yet: the search wraps around a whole list only.
    let isPart = pane.isList && !load.completeness.isAtEnd
    let steps = isPart ? (direction > 0 ? pane.count - 1 - pane.index : pane.index) : pane.count
    let found =
      pane.count > 0 && !text.isEmpty
      ? hit(text, direction, from: pane.index, in: pane, steps: steps, includeStart: fromHere) : nil
    guard let found else {
      if isPart, !text.isEmpty { return wait(for: .find(text, direction: direction, searched: pane.count)) }
      post(.list(.notFound(text, unreadable: load.unreadable)))
      return []
    }
    settle(.find)
    select(found, in: pane)
    return []
  }

  /// Looks through the rows that came since; true where a hit ended the search.
  mutating func find(_ text: String, _ direction: Int, from searched: Int) -> Bool {
    // Backwards the nearest hit may be the last of all keys, and a sort may put new rows anywhere.
    guard direction > 0, settings.sort.terms.isEmpty, !views.hasOverlay, detail.pane == .list,
      query.visible.count > searched
    else {
      return false
    }
    let pane = scrollable
    guard
      let found = hit(text, 1, from: searched, in: pane, steps: pane.count - 1 - searched, includeStart: true)
    else {
      loading.wait(for: .find(text, direction: direction, searched: pane.count))
      return false
    }
    loading.endLookup()
    settle(.load)
    select(index: found)
    return true
  }

  /// The index of the first hit within some steps from a row.
  private func hit(
    _ text: String, _ direction: Int, from start: Int, in pane: Scrollable, steps: Int, includeStart: Bool
  ) -> Int? {
    let needle = text.lowercased().singleSpaced
    let texts: [String]
    switch pane.content {
    case .list: texts = []
    case .detail: texts = DetailViewModel(state: self).searchTexts
    case .overlay(let rows): texts = rows.map(\.plainText)
    }
    let first = includeStart ? 0 : 1
    guard steps >= first else { return nil }
    for step in first...steps {
      let index = ((start + step * direction) % pane.count + pane.count) % pane.count
      let candidate = pane.isList ? table[query.visible[index]].searchText : texts[index]
      if candidate.lowercased().singleSpaced.utf8.firstRange(of: needle.utf8) != nil { return index }
    }
    return nil
  }
}

extension String {
  /// Columns are parted by as many spaces as there is room for; who looks for a text types one.
  fileprivate var singleSpaced: String {
    utf8.firstRange(of: "  ".utf8) == nil ? self : split(separator: " ").joined(separator: " ")
  }
}

extension Collection<UInt8> {
  /// The index of the first run of these bytes.
  fileprivate func firstRange(of needle: some Collection<UInt8>) -> Index? {
    guard let first = needle.first else { return startIndex }
    var index = startIndex
    while index != endIndex {
      if self[index] == first, self[index...].starts(with: needle) { return index }
      formIndex(after: &index)
    }
    return nil
  }
}
