import APIKeyModel
import KeyTable

/// What differs after the list was read again.
extension DashboardState {
  /// The list was read again and is whole: says and shows what differs from the one before.
  ///
  /// ``list`` is the new one. Marks, filter, order and the place stay; keys that are gone lose their marks. `wasWhole` is
  /// false where `previous` was a part of the list.
  mutating func tookWholeRead(previous: KeyTable, wasWhole: Bool = true) -> [Effect] {
    let difference = allKeys.difference(from: previous)
    var next = ListChanges()
    next.since = wasWhole ? loading.wholeReadAt : nil
    next.goneCount = difference.gone.count
    let isCopied = next.goneCount <= ListChanges.mostCopied
    next.gone = isCopied ? previous.keys(at: difference.gone) : previous
    next.goneRows = isCopied ? RowSet(0..<next.goneCount) : RowSet(difference.gone)
    next.partialCount = wasWhole ? nil : previous.count
    next.rowsAbove = list.position - list.top
    next.order = order
    let keepsValues = difference.changed.count <= ListChanges.mostValues
    for changed in difference.changed {
      let id = allKeys.id(at: changed.new)
      next.changes[id] = changed.change
      if keepsValues { next.before[id] = previous[changed.old] }
      for kind in changed.change.kinds { next.counts[kind, default: 0] += 1 }
    }
    if wasWhole {
      // Keys that a look found since the list was read whole are new since then, too.
      next.added = loading.newKeys.subtracting(loading.changes.added).filter { allKeys.row(of: $0) != nil }
      for row in difference.added { next.added.insert(allKeys.id(at: row)) }
    }
    loading.newKeys = next.added
    let lost = marks.ids.filter { allKeys.row(of: $0) == nil }
    marks.ids.subtract(lost)
    if let start = marks.rangeStart, allKeys.row(of: start) == nil { marks.rangeStart = nil }
    loading.changes = next
    messages.forgetWarning()
    post(.loading(.changes(ChangeSummary(next, unmarked: lost.count))))
    // The rows shown are of the list before.
    query.showNoRows()
    return evaluate(.wholeTable)
  }

  /// After each action: when the list was read whole the last time. While a second reading is taken in, this is still
  /// the time of the first.
  mutating func noteWholeRead() {
    if let time = load.completeness.wholeReadAt { loading.wholeReadAt = time }
  }

  /// Gone keys can be looked at, and nothing else: every mark is of a key in the list.
  func refusesGone(_ id: CommandID) -> Bool {
    guard query.filter.asksForGone else { return false }
    switch id {
    case .mark, .markRange, .markAll: return true
    default: return false
    }
  }
}
