import APIKeyModel
import DashboardCore
import KeyTable

/// A numbered table that was said: a number alone opens its entry.
struct HeardTable: Equatable, Sendable {
  enum Entry: Equatable, Sendable {
    case key(KeyRequest)
    /// The keys that a row counts, within the filter that the counts are of.
    case drillDown(DrillDown, within: Filter)
  }

  var entries: [Entry]
  /// What is said of a key that was chosen.
  var next = PlainSession.Pending.detail
}

extension PlainSession {
  /// `3` alone: the third entry of the table said last, else the third key.
  mutating func openEntry(_ text: String, now: Int64) -> Answer {
    guard let table = heard, let number = Int(text.filter { $0 != "," }), table.entries.indices.contains(number - 1)
    else { return run(.open(KeyName(typed: text)), now: now) }
    switch table.entries[number - 1] {
    case .key(let request): return perform(.lookUp(request), then: table.next, now: now)
    case .drillDown(let row, let filter):
      do throws(FilterError) {
        return run(.filter(try filter.adding(try row.filter(in: state.table))), now: now)
      } catch {
        return refuse(.notAFilter(error), now: now)
      }
    }
  }

  /// Several keys fit a name: says them, numbered, and closes what the dashboard would show.
  mutating func sayMatches(
    _ matches: KeyMatches, then next: Pending, messages: [PlainNotice], now: Int64
  )
    -> [PlainLine]
  {
    closeOverlays(now: now)
    heard = HeardTable(entries: matches.ids.map { .key(matches.choosing($0)) }, next: next)
    let lines = matches.ids.enumerated().compactMap { place, id in
      state.table.row(of: id).map { Phrasebook.match(state.table[$0], number: place + 1) }
    }
    let rest = matches.count - matches.ids.count
    let after = (rest > 0 ? [Phrasebook.moreMatches(rest)] : []) + [LookupText.typeANumber]
    return messages.map(\.line) + read(lines, .key) + after.map(PlainLine.text)
  }
}
