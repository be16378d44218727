import DashboardCore
import KeyLoading
import KeyTable

/// How much a list prints of each key.
package enum Verbosity: String, CaseIterable, Sendable {
  /// About 40 characters.
  case brief
  /// About 100 characters.
  case normal
  /// About 250 characters.
  case full
}

/// What a list that is printed in parts consists of.
package enum PlainNoun: String, Sendable {
  case key
  case permission
  case creator
  case month
  case message
  case command

  /// `1 key`, `500 keys`
  func count(_ count: Int) -> String { NumberText.count(count, rawValue) }
}

/// How lists are printed, what `more` continues, and what the numbers printed last stand for.
struct Reading: Sendable {
  /// What `more` continues.
  enum Part: Sendable {
    /// The indices of the rows printed last.
    case keys(Range<Int>)
    /// Lines that stay true: help, messages.
    case lines([String], next: Int, PlainNoun)
    /// Counts, which are compared with those of now before any more of them are printed.
    case counts(CountTable, next: Int)
  }

  var verbosity = Verbosity.normal
  /// Lines printed at once; nil is all of them.
  var pageSize: Int? = PlainSession.usualPageSize
  var part = Part.keys(0..<0)
  /// The entries of the numbered table printed last; nil where the numbers are those of rows.
  var entries: [NumberedEntry]?

  /// The indices of one page from an index on.
  func page(of count: Int, from start: Int, size: Int? = nil) -> Range<Int> {
    let start = max(0, min(start, count))
    return start..<min(start + (size ?? pageSize ?? count), count)
  }
}

/// What a number alone opens.
enum NumberedEntry: Sendable {
  case key(KeyRequest, then: Response)
  /// The keys that a row counts, within the filter that the counts are of.
  case drillDown(DrillDown, within: Filter)
}

extension PlainSession {
  // MARK: Keys

  /// A list with its header.
  mutating func readList(from index: Int) -> [PlainLine] {
    reading.part = .keys(index..<index)
    guard !state.query.visible.isEmpty else { return [.text(Phrasebook.emptyList(state))] }
    var header: [PlainLine] = [.text(Phrasebook.listHeader(state))]
    if !state.settings.sort.terms.isEmpty { header.append(.text(Phrasebook.order(state))) }
    return header + readRecords(from: index)
  }

  /// One page of keys, and how many come after; the cursor moves to the first of them.
  mutating func readRecords(from index: Int, count: Int? = nil) -> [PlainLine] {
    let visible = state.query.visible
    let page = reading.page(of: visible.count, from: index, size: count)
    reading.part = .keys(page)
    reading.entries = nil
    let lines = page.map {
      Phrasebook.record(state.table[visible[$0]], place: $0, state: state, verbosity: reading.verbosity)
    }
    if let first = page.first { _ = apply(.invoke(.goTo(.row(first + 1))), now: state.environment.now) }
    let rest = visible.count - page.upperBound
    return (lines + [rest > 0 ? Phrasebook.more(rest, .key) : Phrasebook.endOfList(state)]).map(PlainLine.text)
  }

  mutating func more(now: Int64) -> Output {
    switch reading.part {
    case .lines(let lines, let next, let noun) where next < lines.count:
      return (readLines(lines, from: next, noun), [])
    case .counts(let table, let next) where next < table.rows.count:
      if !isBusy, table.isCurrent(state) { return (readCounts(table, from: next), []) }
      let (lines, effects) = run(table.command, now: now)
      return ([.text(Phrasebook.countsChanged())] + lines, effects)
    default: break
    }
    let index = indexAfterPage
    if index < state.query.visible.count { return (readRecords(from: index), []) }
    if canLoadMore { return perform(.nextPageWanted, then: .records(from: index), now: now) }
    return output(state.query.visible.isEmpty ? Phrasebook.emptyList(state) : Phrasebook.endOfList(state))
  }

  mutating func readBack(_ count: Int) -> [PlainLine] {
    guard !state.query.visible.isEmpty else { return [.text(Phrasebook.emptyList(state))] }
    let start = if case .keys(let page) = reading.part { page.lowerBound } else { state.list.position }
    guard start > 0 else { return [.text(Phrasebook.startOfList())] }
    return readRecords(from: max(start - count, 0), count: min(count, start))
  }

  /// The index of the row that the next page begins with.
  var indexAfterPage: Int { if case .keys(let page) = reading.part { page.upperBound } else { state.list.position } }
  var canLoadMore: Bool { state.load.completeness == .partial && state.isServerOrder }

  // MARK: Other lines

  /// One page of other lines.
  mutating func readLines(_ lines: [String], from start: Int = 0, _ noun: PlainNoun) -> [PlainLine] {
    let page = reading.page(of: lines.count, from: start)
    reading.part = .lines(lines, next: page.upperBound, noun)
    return (lines[page] + [Phrasebook.rest(after: page, of: lines.count, noun)]).map(PlainLine.text)
  }

  /// Counts from the first row, with their header.
  mutating func readCounts(of command: Command) -> [PlainLine] {
    guard let table = CountTable(command, state), !table.rows.isEmpty else {
      return [.text(Phrasebook.emptyList(state))]
    }
    if table.noun == .creator {
      reading.entries = table.rows.map { .drillDown($0.drillDown, within: state.query.filter) }
    }
    return [.text(Phrasebook.header(of: table, state))] + readCounts(table, from: 0)
  }

  private mutating func readCounts(_ table: CountTable, from start: Int) -> [PlainLine] {
    let page = reading.page(of: table.rows.count, from: start)
    reading.part = .counts(table, next: page.upperBound)
    return
      (page.map { Phrasebook.line($0, of: table, state) }
      + [Phrasebook.rest(after: page, of: table.rows.count, table.noun)]).map(PlainLine.text)
  }

  /// Several keys fit a name: prints them, numbered, and closes what the dashboard would show.
  mutating func showMatches(_ matches: KeyMatches, then next: Response, now: Int64) -> [PlainLine] {
    closeOverlays(now: now)
    reading.entries = matches.ids.map { .key(matches.choosing($0), then: next) }
    let lines = matches.ids.enumerated().compactMap { index, id in
      state.table.row(of: id).map { Phrasebook.match(state.table[$0], number: index + 1) }
    }
    let rest = matches.count - matches.ids.count
    let after = (rest > 0 ? [LookupText.moreMatches(rest)] : []) + [LookupText.typeANumber]
    return readLines(lines, .key) + after.map(PlainLine.text)
  }

  /// `3` alone: the third entry of the table printed last, else the third key.
  mutating func openEntry(_ text: String, now: Int64) -> Output {
    guard let entries = reading.entries, let number = Int(text.filter { $0 != "," }),
      entries.indices.contains(number - 1)
    else { return run(.open(KeyName(typed: text)), now: now) }
    switch entries[number - 1] {
    case .key(let request, let next): return perform(.lookUp(request), then: next, now: now)
    case .drillDown(let row, let filter):
      do throws(FilterError) {
        return run(.filter(try filter.adding(try row.filter(in: state.table))), now: now)
      } catch {
        return refuse(.notAFilter(error), now: now)
      }
    }
  }
}
