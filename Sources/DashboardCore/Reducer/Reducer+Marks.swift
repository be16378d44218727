import APIKeyModel
import KeyTable

/// Marks: sets of key ids, never of row numbers.
extension DashboardState {
  /// After any change of marks: a filter on `is:marked` must follow.
  mutating func marksChanged() -> [Effect] { query.filter.usesMarks ? queryChanged() : [] }

  mutating func mark(typed text: String?) -> [Effect] {
    if let text {
      // A number is what lists call a key by; a filter that is only digits can be put in quotes.
      switch KeyReference(text) {
      case .row, .rows, .fourDigits, .lastFour, .badRows: return look(for: KeyRequest(.mark, typed: text))
      case .text: return mark(typedFilter: text)
      }
    }
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
    say(isMarked ? MarkText.marked(table.shownName(at: row)) : MarkText.unmarked(table.shownName(at: row)))
    return marksChanged()
  }

  /// `:mark 1,3` marks both.
  mutating func mark(rows: [Int]) -> [Effect] {
    marks.insert(rows.map { table.id(at: $0) })
    say(MarkText.marked(rows.count))
    return marksChanged()
  }

  /// `:mark FILTER` marks what matches among all keys.
  private mutating func mark(typedFilter text: String) -> [Effect] {
    do throws(FilterError) {
      let filter = try Filter(parsing: text)
      guard !filter.asksForGone else {
        complain(CommandText.nothingChanged(ChangeText.goneCannotBeMarked()), saysOutcome: true)
        return []
      }
      return load.completeness.isAtEnd ? mark(matching: filter) : wait(for: .mark(filter))
    } catch {
      complain(CommandText.nothingChanged(error.sentence), saysOutcome: true)
      return []
    }
  }

  mutating func mark(matching filter: Filter) -> [Effect] {
    // Done here and now, so that it may not take long.
    let deadline = ContinuousClock.now + .seconds(1)
    guard
      let rows = table.rows(
        matching: KeyQuery(filter: filter, sort: SortOrder()), context: filterContext,
        isCancelled: { ContinuousClock.now > deadline })
    else {
      complain(CommandText.nothingChanged(MarkText.takesTooLong(wording)), saysOutcome: true)
      return []
    }
    if let doubt = table.doubts(about: filter, found: rows.count, context: filterContext).first, rows.isEmpty {
      complain("\(doubt.message) \(MarkText.marked(0))", exitCode: doubt.kind == .mistake ? 64 : 1, saysOutcome: true)
      return []
    }
    let ids = rows.map { table.id(at: $0) }
    marks.insert(ids)
    say(MarkText.marked(ids.count))
    return marksChanged()
  }

  mutating func markRange() -> [Effect] {
    guard let start = marks.endRange() else {
      marks.startRange(at: list.selection)
      say(MarkText.rangeStarted(wording))
      return []
    }
    guard let row = table.row(of: start), let index = query.visible.place(of: row) else {
      say(MarkText.rangeStartIsHidden())
      return []
    }
    let range = min(index, list.position)...max(index, list.position)
    marks.insert(range.map { table.id(at: query.visible[$0]) })
    say(MarkText.marked(range.count))
    return marksChanged()
  }

  mutating func markAll() -> [Effect] {
    guard load.completeness.isAtEnd, query.covers(rowCount: table.count) else {
      return wait(for: .markAll)
    }
    marks.insert(query.visible.lazy.map { [table] in table.id(at: $0) })
    say(MarkText.marked(query.visible.count))
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
    say(direction > 0 ? MarkText.noneAfter() : MarkText.noneBefore())
    return []
  }
}
