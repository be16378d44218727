import APIKeyModel
import KeyLoading
import KeyTable

/// Keys by name: what part of the list cannot answer waits for the rest, and several matches are listed.
extension DashboardState {
  /// Does what a request asks for, once every key that could be meant is here.
  mutating func look(for request: KeyRequest) -> [Effect] {
    guard !load.completeness.isAtEnd, request.names.contains(where: needsEverything) else {
      loading.endLookup()
      return resolve(request)
    }
    return wait(for: .keys(request))
  }

  /// Reads the rest of the list; ``advanceLookup()`` does the rest.
  mutating func wait(for wanted: Lookup) -> [Effect] {
    loading.wait(for: wanted)
    post(.lookup(.searching))
    return loadEverything()
  }

  /// After every action: runs the lookup that waits, or drops it.
  mutating func advanceLookup() -> [Effect] {
    guard let waiting = loading.lookup else { return [] }
    if case .find(let text, let direction, let searched) = waiting, find(text, direction, from: searched) { return [] }
    switch load.completeness {
    case .complete, .readWhole, .changed, .unknown:
      // The rows shown are brought up to date first: numbers are numbers of those.
      guard query.covers(rowCount: table.count) else { return [] }
      loading.endLookup()
      return perform(waiting)
    case .stopped, .contradicted, .unchecked: return giveUp(waiting, isFailure: true)
    case .interrupted: return giveUp(waiting, isFailure: false)
    case .nothing, .partial, .loading, .waiting: return []
    }
  }

  private mutating func perform(_ wanted: Lookup) -> [Effect] {
    switch wanted {
    case .keys(let request): return resolve(request)
    case .markAll: return markAll()
    case .mark(let filter): return mark(matching: filter)
    case .find(let text, let direction, _):
      list.setFindText(text)
      return goToHit(direction)
    }
  }

  /// A command that changes what is looked at ends a lookup that waits.
  mutating func forgetLookup(for id: CommandID) {
    switch id {
    case .filter, .clearFilter, .order, .reread, .back, .sort, .reverseSort: loading.endLookup()
    default: break
    }
  }

  private mutating func giveUp(_ waiting: Lookup, isFailure: Bool) -> [Effect] {
    loading.endLookup()
    var found: [Int] = []
    if case .keys(let request) = waiting {
      for name in request.names where name.reference != nil { found += rows(of: name).rows }
    }
    post(
      .lookup(
        .stopped(text: waiting.text, searched: table.count, found: found.count, isFailure: isFailure)))
    // Those found in the part that is here can be chosen, but none of them is picked.
    if isFailure, !found.isEmpty, case .keys(let request) = waiting, request.names.count == 1 {
      return list(found, for: request, at: 0, searched: table.count)
    }
    return []
  }

  // MARK: What a name means

  /// The table rows that a name can mean, or why it means none.
  struct Meaning {
    var rows: [Int] = []
    /// What was typed is a list of rows: all of them are meant, not one.
    var isList = false
    var problem: NameProblem?
  }

  func needsEverything(_ name: KeyName) -> Bool {
    guard let reference = name.reference else { return false }
    switch reference {
    case .row(let number): return number > query.visible.count
    case .rows(let ranges, let lastFour):
      return lastFour != nil || ranges.contains { $0.upperBound > query.visible.count }
    // An id is one key's alone.
    case .text(let text): return table.row(of: KeyIdentifier(text)) == nil
    case .fourDigits, .lastFour, .badRows: return true
    }
  }

  /// What a name means among the keys that are here.
  func rows(of name: KeyName) -> Meaning {
    switch name {
    case .key(let id):
      table.row(of: id).map { Meaning(rows: [$0]) } ?? Meaning(problem: .keyIsGone)
    case .row(let number): rows(of: .row(number), named: name.text ?? "")
    case .typed(let typed): rows(of: typed.reference, named: typed.text)
    }
  }

  private func rows(of reference: KeyReference, named text: String) -> Meaning {
    switch reference {
    case .row(let number):
      if let row = row(number) { return Meaning(rows: [row]) }
      // No such row: a text of digits can be an id or a name.
      return named(text) ?? Meaning(problem: notARow(text))
    case .fourDigits(let digits, let number):
      let keys = table.rows(named: digits)
      // No row is written 0001: who types that means a key.
      if keys.isEmpty, digits.utf8.first == UInt8(ascii: "0") { return noSuchKey(text) }
      let isPrefixOnly = keys.allSatisfy { !isCalled($0, digits) }
      let row = row(number)
      let found = isPrefixOnly && row != nil ? [] : keys
      let all = (row.map { [$0] } ?? []) + found.filter { $0 != row }
      return all.isEmpty ? Meaning(problem: notARow(text)) : Meaning(rows: all)
    case .rows(let ranges, let lastFour): return rows(in: ranges, lastFour: lastFour)
    case .badRows(let problem):
      return named(text) ?? Meaning(problem: .badRows(problem))
    case .lastFour(let digits):
      let found = table.rows(withLastFour: digits)
      return found.isEmpty ? named(text) ?? noSuchKey(text) : Meaning(rows: found)
    case .text(let text): return named(text) ?? noSuchKey(text)
    }
  }

  /// The rows that a name means where rows are marked: a number with separators may be a list.
  func rowsToMark(_ name: TypedKeyName) -> Meaning {
    guard let rowList = name.rowList else { return rows(of: .typed(name)) }
    // Too large for a row, it is a list.
    guard case .row(let row) = name.reference, row <= query.visible.count else {
      return rows(of: rowList, named: name.textOfList)
    }
    return Meaning(problem: .rowOrRows(name.text, row: row, rows: name.textOfList))
  }

  private func row(_ number: Int) -> Int? {
    number >= 1 && number <= query.visible.count ? query.visible[number - 1] : nil
  }

  /// Whether a text is all of the key's id, name or last four.
  private func isCalled(_ row: Int, _ text: String) -> Bool {
    table.id(at: row).text.utf8.elementsEqual(text.utf8) || table.name(at: row)?.utf8.elementsEqual(text.utf8) == true
      || table.lastFour(at: row)?.utf8.elementsEqual(text.utf8) == true
  }

  private func named(_ text: String) -> Meaning? {
    let found = table.rows(named: text)
    return found.isEmpty ? nil : Meaning(rows: found)
  }

  private func rows(in ranges: [ClosedRange<Int>], lastFour: String?) -> Meaning {
    let keys = lastFour.map { table.rows(withLastFour: $0) } ?? []
    let outside = ranges.first { $0.upperBound > query.visible.count }?.upperBound
    if let outside {
      guard keys.isEmpty else { return Meaning(rows: keys) }
      return Meaning(
        problem: query.visible.isEmpty
          ? .rowsOfEmptyList(emptyListReason) : .rowOutOfRange(outside, rows: query.visible.count))
    }
    var seen: Set<Int> = []
    let rows = ranges.flatMap { range in range.map { query.visible[$0 - 1] } }.filter { seen.insert($0).inserted }
    let others = keys.filter { !seen.contains($0) }
    return Meaning(rows: rows + others, isList: others.isEmpty)
  }

  private func notARow(_ text: String) -> NameProblem {
    query.visible.isEmpty
      ? .notARowOfEmptyList(text, emptyListReason) : .notARow(text, rows: query.visible.count)
  }

  /// No row of the table on the screen has the name; one of the other table may.
  private func noSuchKey(_ text: String) -> Meaning {
    if query.filter.asksForGone, let row = allKeys.rows(named: text).first {
      return Meaning(problem: .hidden(name: allKeys.shownName(at: row)))
    }
    return Meaning(
      problem: .noSuchKey(
        text, searched: countWherePartial, goneKeyHadIt: !query.filter.asksForGone && isGone(text)))
  }

  private func isGone(_ text: String) -> Bool {
    loading.changes.goneCount > 0
      && loading.changes.gone.rows(named: text).contains { loading.changes.goneRows.contains($0) }
  }

  // MARK: What is done with the keys

  private mutating func resolve(_ request: KeyRequest) -> [Effect] {
    if request.use == .mark, request.names.count == 1, case .typed(let name) = request.names[0] {
      return mark(name, request)
    }
    var rows: [Int] = []
    for (index, name) in request.names.enumerated() {
      let meaning = self.rows(of: name)
      if let problem = meaning.problem {
        post(.lookup(.meansNone(problem)))
        return []
      }
      guard let row = meaning.rows.first, meaning.rows.count == 1 else {
        return list(meaning.rows, for: request, at: index)
      }
      rows.append(row)
    }
    return arrive(at: rows, request.use)
  }

  /// Rows are marked together; a name that fits several keys marks none of them.
  private mutating func mark(_ name: TypedKeyName, _ request: KeyRequest) -> [Effect] {
    let meaning = rowsToMark(name)
    if let problem = meaning.problem {
      post(.lookup(.meansNone(problem)))
      return []
    }
    if meaning.isList { return mark(rows: meaning.rows) }
    guard let row = meaning.rows.first, meaning.rows.count == 1 else { return list(meaning.rows, for: request, at: 0) }
    return toggleMark(ofRow: row)
  }

  /// Several keys fit: they are listed, and nothing else happens.
  private mutating func list(_ rows: [Int], for request: KeyRequest, at index: Int, searched: Int? = nil) -> [Effect] {
    let matches = KeyMatches(
      request: request, nameIndex: index, ids: rows.prefix(KeyMatches.most).map { table.id(at: $0) }, count: rows.count,
      searched: searched)
    // In plain mode the list is the response, and its heading contains this.
    if searched == nil {
      post(
        .lookup(.severalMatch(count: rows.count, text: matches.text, isError: configuration.isPlain)))
    }
    return openOverlay(MatchesOverlay(matches))
  }

  private mutating func arrive(at rows: [Int], _ use: KeyUse) -> [Effect] {
    settle(.load)
    settle(.find)
    switch use {
    case .compare:
      guard rows.count == 2 else { return [] }
      return openOverlay(ComparisonOverlay(table.id(at: rows[0]), table.id(at: rows[1])))
    case .explain: return openOverlay(ExplanationOverlay(table.id(at: rows[0])))
    case .mark: return toggleMark(ofRow: rows[0])
    case .open:
      if let index = query.visible.place(of: rows[0]) {
        select(index: index)
      } else {
        list.select(hidden: table.id(at: rows[0]))
      }
      return showDetail()
    case .goTo:
      guard let index = query.visible.place(of: rows[0]) else {
        post(.list(.hidden(name: table.shownName(at: rows[0]))))
        return []
      }
      select(index: index)
      return prefetchIfNeeded()
    }
  }
}
