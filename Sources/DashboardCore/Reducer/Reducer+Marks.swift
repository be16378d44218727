import APIKeyModel
import KeyTable

/// Marks: sets of key ids, never of row numbers.
extension DashboardState {
  /// After any change of marks: a filter on `is:marked` must follow.
  mutating func marksChanged() -> [Effect] { query.filter.usesMarks ? questionChanged() : [] }

  mutating func markSelection() -> [Effect] {
    guard let selection = list.selection else { return [] }
    if marks.ids.remove(selection) == nil { marks.ids.insert(selection) }
    settle(.marks)
    if scope == .list, list.position + 1 < query.visible.count, !settings.cursorFocus {
      list.position += 1
      selectPosition()
    }
    return marksChanged() + prefetchIfNeeded()
  }

  /// `:mark 3` marks or unmarks the third key shown.
  mutating func toggleMark(ofRow row: Int) -> [Effect] {
    let id = table.id(at: row)
    let isMarked = marks.ids.remove(id) == nil
    if isMarked { marks.ids.insert(id) }
    let name = table.shownName(at: row)
    post(.marks(isMarked ? .marked(name: name) : .unmarked(name: name)))
    return marksChanged()
  }

  /// `:mark 1,3` marks both.
  mutating func mark(rows: [Int]) -> [Effect] {
    marks.ids.formUnion(rows.map { table.id(at: $0) })
    post(.marks(.markedCount(rows.count)))
    return marksChanged()
  }

  /// Marks what matches among all keys.
  mutating func mark(matching filter: Filter) -> [Effect] {
    // Done here and now, so that it may not take long.
    let deadline = ContinuousClock.now + .seconds(1)
    guard
      let rows = table.rows(
        matching: KeyQuery(filter: filter, sort: SortOrder()), context: filterContext,
        isCancelled: { ContinuousClock.now > deadline })
    else {
      post(.marks(.searchTakesTooLong))
      return []
    }
    if let doubt = table.doubts(about: filter, found: rows.count, context: filterContext).first, rows.isEmpty {
      post(.marks(.noneMatched(doubt)))
      return []
    }
    let ids = rows.map { table.id(at: $0) }
    marks.ids.formUnion(ids)
    post(.marks(.markedCount(ids.count)))
    return marksChanged()
  }

  /// What the filter may ask besides the table.
  package var filterContext: FilterContext {
    context(for: query.filter)
  }

  /// The same for another filter. Sets of rows are made for what asks for them only.
  func context(for filter: Filter) -> FilterContext {
    let table = table(for: filter)
    func rows(_ isUsed: Bool, _ ids: some Sequence<KeyIdentifier>) -> RowSet {
      isUsed ? RowSet(ids.compactMap { table.row(of: $0) }) : []
    }
    return FilterContext(
      now: environment.now, marked: rows(filter.usesMarks, marks.ids), newRows: rows(filter.usesNew, loading.newKeys),
      changedRows: rows(filter.usesChanged, loading.changes.changes.keys),
      goneRows: filter.asksForGone ? loading.changes.goneRows : [])
  }

  mutating func markRange() -> [Effect] {
    guard let start = marks.rangeStart else {
      marks.rangeStart = list.selection
      post(.marks(.rangeStarted))
      return []
    }
    marks.rangeStart = nil
    guard let row = table.row(of: start), let place = query.visible.place(of: row) else {
      post(.marks(.rangeStartIsHidden))
      return []
    }
    let range = min(place, list.position)...max(place, list.position)
    for place in range { marks.ids.insert(table.id(at: query.visible[place])) }
    post(.marks(.markedCount(range.count)))
    return marksChanged()
  }

  mutating func clearMarks() -> [Effect] {
    let count = marks.count
    marks.ids = []
    marks.rangeStart = nil
    post(.marks(.unmarkedCount(count)))
    return marksChanged()
  }

  mutating func markAll() -> [Effect] {
    guard load.completeness.isAtEnd, query.evaluation == nil, query.searched == table.count else {
      return wait(for: .markAll)
    }
    for row in query.visible { marks.ids.insert(table.id(at: row)) }
    post(.marks(.markedCount(query.visible.count)))
    return marksChanged()
  }

  mutating func goToMarked(_ direction: Int) -> [Effect] {
    let rows = Set(marks.ids.compactMap { table.row(of: $0) })
    for step in 1...max(query.visible.count, 1) {
      let place = list.position + step * direction
      guard place >= 0, place < query.visible.count else { break }
      if rows.contains(query.visible[place]) {
        list.position = place
        selectPosition()
        return []
      }
    }
    post(.marks(direction > 0 ? .noneAfter : .noneBefore))
    return []
  }
}
