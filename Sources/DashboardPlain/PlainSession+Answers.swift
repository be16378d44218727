import APIKeyModel
import DashboardCore
import KeyTable

extension PlainSession {
  /// What a command says when its keys are here.
  enum Pending: Equatable, Sendable {
    case greeting
    case wholeList
    /// The list from its first key.
    case list
    /// A page of the list from a place.
    case records(from: Int)
    /// The key at the place, unless there was something else to say.
    case record
    /// The detail of the key at the place.
    case detail
    /// The last key, after everything was loaded.
    case lastRecord
    /// What was posted, or else a sentence.
    case message(otherwise: String)
    /// Keys known to be new before; nil where it is no look for new keys, but goes on with a load.
    case refresh(knownKeys: Int?)
    /// What differs after the list was read again, and the list.
    case reread
    case loadAll
    case pivot(rarestFirst: Bool)
    case creators
    case histogram
    case export
    case mark
    /// The key's fields as the server has them.
    case exact
    case permissions(isFull: Bool)
    /// What was opened over the screen.
    case overlay

    /// Whether an answer about a part of the list would mislead.
    var needsEverything: Bool {
      switch self {
      case .wholeList, .list, .lastRecord, .loadAll, .pivot, .creators, .histogram: true
      default: false
      }
    }
  }

  /// The answer of a command; `messages` were posted on the way.
  mutating func settle(_ pending: Pending, messages notices: [PlainNotice], now: Int64) -> Answer {
    if let matches = (state.views.top?.overlay as? MatchesOverlay)?.matches {
      return (sayMatches(matches, then: pending, messages: notices.filter(\.isForAll), now: now), [])
    }
    let errors = notices.filter(\.isForAll).map(\.line)
    let messages = notices.map(\.line)
    // What the command says of itself stands in the place of the key.
    let hasOwn = notices.contains { $0.kind != .beside }
    switch pending {
    case .greeting:
      return (errors + [.text(Phrasebook.summary(state)), .text(Phrasebook.hint())], [])
    case .list, .wholeList:
      return (errors + readList(from: 0), [])
    case .records(let place):
      return (errors + readRecords(from: place), [])
    case .record:
      return (hasOwn ? messages : errors + currentRecord, [])
    case .lastRecord:
      return (errors + currentRecord, [])
    case .detail:
      if hasOwn { return (messages, []) }
      return (errors + onCurrent { [Phrasebook.detailHeading($1)] + Phrasebook.detail($0, state: $1) }, [])
    case .message(let otherwise):
      return (messages.isEmpty ? [.text(otherwise)] : messages, [])
    case .refresh(let known):
      if notices.contains(where: { $0.kind == .error }) { return (errors, []) }
      let new = known.map { [Phrasebook.newKeys(max(state.loading.newKeys.count - $0, 0))] } ?? []
      return (errors + (new + [Phrasebook.listHeader(state)]).map(PlainLine.text), [])
    case .reread:
      return (messages + readList(from: 0), [])
    case .loadAll:
      return (errors + [.text(Phrasebook.listHeader(state))], [])
    case .pivot(let rarestFirst):
      return (errors + read(.permissions(state, rarestFirst: rarestFirst)), [])
    case .creators:
      let table = CountTable.creators(state)
      heard = HeardTable(entries: table.rows.map { .drillDown($0, within: state.query.filter) })
      return (errors + read(table), [])
    case .histogram:
      return (errors + read(.months(state)), [])
    case .export:
      return (messages.isEmpty ? [.text(Phrasebook.nothingWritten())] : messages, [])
    case .exact:
      if hasOwn { return (messages, []) }
      isExact = true
      return (errors + onCurrent { key, _ in Phrasebook.raw(key) }, [])
    case .permissions(let isFull):
      if hasOwn { return (messages, []) }
      return (
        errors + onCurrent { key, _ in isFull ? Phrasebook.everyPermission(key) : Phrasebook.permissions(key) }, []
      )
    case .overlay: return (hasOwn ? messages : errors + overlayLines(now: now), [])
    case .mark:
      let lines = hasOwn ? messages : errors + onCurrent { key, state in [Phrasebook.mark(key, in: state)] }
      return (lines, [])
    }
  }

  // MARK: The key at the place

  /// Lines about the key at the place, or why there is none.
  func onCurrent(_ lines: (APIKey, DashboardState) -> [String]) -> [PlainLine] {
    guard let selection = state.list.selection, let row = state.table.row(of: selection), !state.query.visible.isEmpty
    else {
      return [.text(Phrasebook.emptyList(state))]
    }
    return lines(state.table[row], state).map(PlainLine.text)
  }

  var currentRecord: [PlainLine] {
    onCurrent { [Phrasebook.record($0, place: $1.list.position, state: $1)] }
  }

  // MARK: Reading out

  /// A list with its header.
  mutating func readList(from place: Int) -> [PlainLine] {
    paging = .keys(from: place, to: place)
    guard !state.query.visible.isEmpty else { return [.text(Phrasebook.emptyList(state))] }
    var header: [PlainLine] = [.text(Phrasebook.listHeader(state))]
    if !state.settings.sort.terms.isEmpty { header.append(.text(Phrasebook.order(state))) }
    return header + readRecords(from: place)
  }

  /// One page of keys, and how many come after; the place moves to the first of them.
  mutating func readRecords(from place: Int, count: Int? = nil) -> [PlainLine] {
    let start = max(0, min(place, state.query.visible.count))
    let end = min(start + (count ?? pageSize ?? state.query.visible.count), state.query.visible.count)
    paging = .keys(from: start, to: end)
    heard = nil
    var lines = (start..<end).map {
      Phrasebook.record(state.table[state.query.visible[$0]], place: $0, state: state, verbosity: verbosity)
    }
    if start < end {
      _ = apply(.invoke(.goTo(.row(start + 1))), now: state.environment.now)
    }
    let rest = state.query.visible.count - end
    lines.append(rest > 0 ? Phrasebook.more(rest, .key) : Phrasebook.endOfList(state))
    return lines.map(PlainLine.text)
  }

  /// The first page of other lines; `more` goes on.
  mutating func read(_ lines: [String], _ noun: PlainNoun) -> [PlainLine] { readOn(lines, from: 0, noun) }

  mutating func read(_ table: CountTable) -> [PlainLine] { [.text(table.header)] + read(table.lines, table.noun) }

  mutating func readOn(_ lines: [String], from start: Int, _ noun: PlainNoun) -> [PlainLine] {
    let end = min(start + (pageSize ?? lines.count), lines.count)
    paging = .lines(lines, next: end, noun)
    let rest = lines.count - end
    let last = rest > 0 ? Phrasebook.more(rest, noun) : Phrasebook.end(lines.count, noun)
    return (lines[start..<end] + [last]).map(PlainLine.text)
  }
}
