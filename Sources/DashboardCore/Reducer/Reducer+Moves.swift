import APIKeyModel
import KeyTable

/// Moving in the list, the detail and what is laid over them.
extension DashboardState {
  /// Rows a page has where the focus is.
  var pageRows: Int {
    switch scope {
    case .overlay: max(layout.body.rows - 2, 1)
    case .detail: max(layout.detail.rows, 1)
    case .list, .prompt: max(layout.listRows, 1)
    }
  }

  mutating func move(_ movement: Movement) -> [Effect] {
    switch movement {
    case .down: move(by: 1)
    case .up: move(by: -1)
    case .halfPageDown: move(by: max(pageRows / 2, 1))
    case .halfPageUp: move(by: -max(pageRows / 2, 1))
    case .pageDown: movePage(1)
    case .pageUp: movePage(-1)
    case .first: moveToStart()
    case .last: moveToEnd()
    case .left: moveSideways(-1)
    case .right: moveSideways(1)
    }
  }

  mutating func move(by offset: Int) -> [Effect] {
    switch scope {
    case .overlay:
      moveOverlay(by: offset)
      return []
    case .detail:
      let last = max(DetailViewModel.lineCount(state: self) - 1, 0)
      let target = min(max(detail.line + offset, 0), last)
      if target == detail.line { post(.list(offset > 0 ? .lastLine : .firstLine)) }
      detail.line = target
      keepPlaceVisible()
      return []
    case .list, .prompt:
      guard !query.visible.isEmpty else {
        post(.list(.empty(emptyListReason)))
        return []
      }
      let target = min(max(list.position + offset, 0), query.visible.count - 1)
      if target == list.position {
        if offset > 0, load.completeness == .partial { return prefetchIfNeeded() }
        post(.list(offset > 0 ? endOfList : .firstKey))
        return []
      }
      list.position = target
      selectPosition()
      return prefetchIfNeeded()
    }
  }

  private var endOfList: ListNotice {
    guard load.completeness.isAtEnd else { return .lastKeyLoaded }
    return load.unreadable == 0 || query.filter.asksForGone ? .lastKey : .lastReadableKey
  }

  /// A page keeps the row's place on the screen, as pagers do.
  mutating func movePage(_ direction: Int) -> [Effect] {
    guard scope == .list, !query.visible.isEmpty else { return move(by: direction * pageRows) }
    let rows = pageRows
    let lastTop = max(query.visible.count - rows, 0)
    let newTop = min(max(list.top + direction * rows, 0), lastTop)
    if newTop == list.top { return move(by: direction * rows) }
    list.position = min(max(list.position + newTop - list.top, 0), query.visible.count - 1)
    list.top = newTop
    selectPosition()
    return prefetchIfNeeded()
  }

  mutating func moveToStart() -> [Effect] {
    loading.goToEndWhenLoaded = false
    switch scope {
    case .overlay: moveOverlay(by: Int.min / 2)
    case .detail:
      detail.line = 0
      keepPlaceVisible()
    case .list, .prompt:
      list.position = 0
      selectPosition()
    }
    return []
  }

  mutating func moveToEnd() -> [Effect] {
    switch scope {
    case .overlay: moveOverlay(by: Int.max / 2)
    case .detail:
      detail.line = max(DetailViewModel.lineCount(state: self) - 1, 0)
      keepPlaceVisible()
    case .list, .prompt:
      list.position = max(query.visible.count - 1, 0)
      selectPosition()
      return loadForTheEnd()
    }
    return []
  }

  /// `G` on a list that is not here to its end.
  private mutating func loadForTheEnd() -> [Effect] {
    switch load.completeness {
    case .complete, .readWhole, .changed, .unknown: return []
    case .stopped, .unchecked, .contradicted: post(.loading(.loadIsStopped))
    case .waiting(let until, _):
      loading.goToEndWhenLoaded = true
      post(.loading(.waitingToLoad(until: until)))
      return loadEverything()
    case .nothing, .partial, .loading, .interrupted:
      loading.goToEndWhenLoaded = true
      post(.loading(.loadingToTheEnd))
      return loadEverything()
    }
    return []
  }

  /// When `G` waited for the load: goes to the last row now.
  mutating func finishGoToEnd() {
    guard loading.goToEndWhenLoaded, query.evaluation == nil else { return }
    loading.goToEndWhenLoaded = false
    list.position = max(query.visible.count - 1, 0)
    selectPosition()
    post(.loading(.loadedToTheLast(table.count)))
  }

  mutating func moveSideways(_ direction: Int) -> [Effect] {
    if scope == .detail, direction < 0 {
      detail.pane = .list
      detail.isOpen = false
      keepPlaceVisible()
      return []
    }
    guard scope == .list else { return [] }
    let hidden = ListViewModel(state: self).hiddenColumns
    if direction > 0, hidden == 0 {
      post(.list(.everyColumnIsShown))
      return []
    }
    let most = settings.columns.count - 1
    list.horizontalScroll = min(max(list.horizontalScroll + direction, 0), max(most - 1, 0))
    return []
  }

  mutating func open(_ name: KeyName?) -> [Effect] {
    if views.hasOverlay { return chooseOverlayRow() }
    return name.map { look(for: KeyRequest(.open, [$0])) } ?? showDetail()
  }

  mutating func showDetail() -> [Effect] {
    // Opened from the list, a key is read from its name on; Tab goes back to where one was.
    if detail.pane == .list { (detail.line, detail.top) = (0, 0) }
    detail.pane = .detail
    detail.isOpen = layout.arrangement == .onePane
    keepPlaceVisible()
    return []
  }

  mutating func switchPane() -> [Effect] {
    detail.pane = detail.pane == .list ? .detail : .list
    if layout.arrangement == .onePane { detail.isOpen = detail.pane == .detail }
    keepPlaceVisible()
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
    keepPlaceVisible()
    return [.saveSettings(settings)]
  }

  // MARK: Finding without hiding

  mutating func find(_ text: String) -> [Effect] {
    if views.hasOverlay {
      views.search(text)
      // Help has the rows with the text only.
      remakeOverlay()
    } else {
      list.findText = text
    }
    return goToHit(1, fromHere: true)
  }

  /// Goes to the next or previous place that has the text, round the end.
  mutating func goToHit(_ direction: Int, fromHere: Bool = false) -> [Effect] {
    let text = views.top?.searchText ?? list.findText
    let total: Int
    let start: Int
    switch scope {
    case .overlay:
      total = views.top?.rowCount ?? 0
      start = views.top?.selection ?? 0
    case .detail:
      total = DetailViewModel.lineCount(state: self)
      start = detail.line
    case .list, .prompt:
      total = query.visible.count
      start = list.position
    }
    // What lies behind the end of a part is not known yet: the list does not go round before it is whole.
    let isPart = (scope == .list || scope == .prompt) && !load.completeness.isAtEnd
    let steps = isPart ? (direction > 0 ? total - 1 - start : start) : total
    let place =
      total > 0 && !text.isEmpty
      ? hit(text, direction, from: start, of: total, steps: steps, includeStart: fromHere) : nil
    guard let place else {
      if isPart, !text.isEmpty { return wait(for: .find(text, direction: direction, searched: total)) }
      post(.list(.notFound(text, unreadable: load.unreadable)))
      return []
    }
    settle(.find)
    switch scope {
    case .overlay: moveOverlay(by: place - start)
    case .detail:
      detail.line = place
      keepPlaceVisible()
    case .list, .prompt:
      list.position = place
      selectPosition()
    }
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
    guard
      let place = hit(
        text, 1, from: searched, of: query.visible.count, steps: query.visible.count - 1 - searched, includeStart: true)
    else {
      loading.lookup = .find(text, direction: direction, searched: query.visible.count)
      return false
    }
    loading.lookup = nil
    settle(.load)
    list.position = place
    selectPosition()
    return true
  }

  /// The first hit within some steps from a place.
  private func hit(
    _ text: String, _ direction: Int, from start: Int, of total: Int, steps: Int, includeStart: Bool
  ) -> Int? {
    let needle = text.lowercased().singleSpaced
    let detailTexts = scope == .detail ? DetailViewModel(state: self).searchTexts : []
    let overlayRows = views.top?.content?.rows ?? []
    let first = includeStart ? 0 : 1
    guard steps >= first else { return nil }
    for step in first...steps {
      let place = ((start + step * direction) % total + total) % total
      let candidate: String
      switch scope {
      case .overlay: candidate = overlayRows[place].plainText
      case .detail: candidate = detailTexts[place]
      case .list, .prompt: candidate = ListRowText.searchable(table[query.visible[place]])
      }
      if candidate.lowercased().singleSpaced.utf8.firstRange(of: needle.utf8) != nil { return place }
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
  /// Where a run of bytes first stands.
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
