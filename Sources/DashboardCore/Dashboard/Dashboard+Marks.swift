import APIKeyModel
import KeyLoading
import KeyTable

/// Marks: sets of key ids, never of row numbers.
extension DashboardState {
  /// After any change of marks: a filter on `is:marked` must follow.
  mutating func marksChanged() -> [Effect] { query.filter.usesMarks ? queryChanged() : [] }

  mutating func markSelection() -> [Effect] {
    guard let selection = list.selection else { return [] }
    marks.toggle(selection)
    settle(.marks)
    if scope == .list, list.position + 1 < query.visible.count, !settings.cursorFocus {
      select(index: list.position + 1)
    }
    return marksChanged() + prefetchIfNeeded()
  }

  /// `:mark 3` marks or unmarks the third key shown.
  mutating func toggleMark(ofRow row: Int) -> [Effect] {
    let id = table.id(at: row)
    let isMarked = marks.toggle(id)
    let name = table.shownName(at: row)
    post(.marks(isMarked ? .marked(name: name) : .unmarked(name: name)))
    return marksChanged()
  }

  /// `:mark 1,3` marks both.
  mutating func mark(rows: [Int]) -> [Effect] {
    marks.insert(rows.map { table.id(at: $0) })
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
    marks.insert(ids)
    post(.marks(.markedCount(ids.count)))
    return marksChanged()
  }

  mutating func markRange() -> [Effect] {
    guard let start = marks.endRange() else {
      marks.startRange(at: list.selection)
      post(.marks(.rangeStarted))
      return []
    }
    guard let row = table.row(of: start), let index = query.visible.place(of: row) else {
      post(.marks(.rangeStartIsHidden))
      return []
    }
    let range = min(index, list.position)...max(index, list.position)
    marks.insert(range.map { table.id(at: query.visible[$0]) })
    post(.marks(.markedCount(range.count)))
    return marksChanged()
  }

  mutating func clearMarks() -> [Effect] {
    let count = marks.count
    marks.clear()
    post(.marks(.unmarkedCount(count)))
    return marksChanged()
  }

  mutating func markAll() -> [Effect] {
    guard load.completeness.isAtEnd, query.covers(rowCount: table.count) else {
      return wait(for: .markAll)
    }
    marks.insert(query.visible.lazy.map { [table] in table.id(at: $0) })
    post(.marks(.markedCount(query.visible.count)))
    return marksChanged()
  }

  mutating func goToMarked(_ direction: Int) -> [Effect] {
    let rows = Set(marks.ids.compactMap { table.row(of: $0) })
    for step in 1...max(query.visible.count, 1) {
      let index = list.position + step * direction
      guard index >= 0, index < query.visible.count else { break }
      if rows.contains(query.visible[index]) {
        select(index: index)
        return []
      }
    }
    post(.marks(direction > 0 ? .noneAfter : .noneBefore))
    return []
  }
}
