import APIKeyModel
package import DashboardCore
import KeyLoading
import KeyTable

/// What is printed of a command once its keys are here.
enum Response: Equatable, Sendable {
  /// The first lines of a session.
  case greeting
  /// The list from its first key.
  case list
  /// The same, unless the command was refused.
  case changedList
  /// A page of the list from an index.
  case records(from: Int)
  /// The key at the cursor, unless the command has something else to show.
  case record
  case detail
  /// The last key, after everything was loaded.
  case lastRecord
  case setting
  case copied
  case exported
  /// Keys known to be new before; nil where it is no look for new keys, but continues a load.
  case refresh(knownKeys: Int?)
  /// What differs after the list was read again, and the list.
  case reread
  case loadAll
  case counts(Command)
  case mark
  /// The key's fields as the server has them.
  case exact
  case permissions(isFull: Bool)
  /// What was opened over the screen.
  case overlay

  /// Of a command that plain mode only passes on.
  init(to command: Command, _ state: DashboardState) {
    switch command {
    case .filter, .sort, .order: self = .changedList
    case .back, .clearFilter, .reverseSort: self = .list
    case .move(.last): self = .lastRecord
    case .open: self = .detail
    case .compare, .explain: self = .overlay
    case .columns, .set: self = .setting
    case .copy: self = .copied
    case .export: self = .exported
    case .mark, .markRange, .markAll, .clearMarks: self = .mark
    case .refresh: self = .refresh(knownKeys: state.load.refreshLooks ? state.loading.newKeys.count : nil)
    case .reread: self = .reread
    default: self = .record
    }
  }

  /// Whether a response about a part of the list would mislead.
  var needsEverything: Bool {
    switch self {
    case .list, .changedList, .lastRecord, .loadAll, .counts: true
    default: false
    }
  }
}

/// A command that waits for keys, and what was posted meanwhile.
struct WaitingCommand: Sendable {
  let response: Response
  var messages: [PlainNotice]
}

extension PlainSession {
  /// What a command prints; `notices` were posted on the way.
  mutating func lines(of response: Response, _ notices: [PlainNotice] = [], now: Int64) -> [PlainLine] {
    let errors = notices.filter(\.isForAll).map(\.line)
    if let matches = (state.views.top?.overlay as? MatchesOverlay)?.matches {
      return errors + showMatches(matches, then: response, now: now)
    }
    let messages = notices.map(\.line)
    // What the command has to tell is printed in the place of the key.
    let hasOwn = notices.contains { $0.kind != .beside }
    switch response {
    case .greeting: return errors + [.text(Phrasebook.summary(state)), .text(Phrasebook.hint())]
    case .list, .changedList: return errors + readList(from: 0)
    case .records(let index): return errors + readRecords(from: index)
    case .lastRecord: return errors + currentRecord
    case .setting: return messages.isEmpty ? [.text(Phrasebook.settingChanged())] : messages
    case .copied, .exported: return messages.isEmpty ? [.text(OutputText.nothingWritten)] : messages
    case .refresh(let known):
      if notices.contains(where: { $0.kind == .error }) { return errors }
      let new = known.map { [Phrasebook.newKeys(max(state.loading.newKeys.count - $0, 0))] } ?? []
      return errors + (new + [Phrasebook.listHeader(state)]).map(PlainLine.text)
    case .reread: return messages + readList(from: 0)
    case .loadAll: return errors + [.text(Phrasebook.listHeader(state))]
    case .counts(let command): return errors + readCounts(of: command)
    case .record where !hasOwn: return errors + currentRecord
    case .detail where !hasOwn:
      return errors + onCurrent { [Phrasebook.detailHeading($1)] + Phrasebook.detail($0, state: $1) }
    case .exact where !hasOwn:
      isExact = true
      return errors + onCurrent { key, _ in Phrasebook.raw(key) }
    case .permissions(let isFull) where !hasOwn:
      return errors + onCurrent { key, _ in isFull ? Phrasebook.everyPermission(key) : Phrasebook.permissions(key) }
    case .mark where !hasOwn: return errors + onCurrent { key, state in [Phrasebook.mark(key, in: state)] }
    case .overlay where !hasOwn: return errors + overlayLines(now: now)
    case .record, .detail, .exact, .permissions, .mark, .overlay: return messages
    }
  }

  /// Lines about the key at the cursor, or why there is none.
  private func onCurrent(_ lines: (APIKey, DashboardState) -> [String]) -> [PlainLine] {
    guard let selection = state.list.selection, let row = state.table.row(of: selection), !state.query.visible.isEmpty
    else { return [.text(Phrasebook.emptyList(state))] }
    return lines(state.table[row], state).map(PlainLine.text)
  }

  private var currentRecord: [PlainLine] {
    onCurrent { [Phrasebook.record($0, place: $1.list.position, state: $1)] }
  }

  // MARK: Overlays

  mutating func closeOverlays(now: Int64) {
    while state.views.hasOverlay { _ = apply(.invoke(.back), now: now) }
  }

  /// What was opened over the screen, in sentences; closed at once.
  private mutating func overlayLines(now: Int64) -> [PlainLine] {
    let overlay = state.views.top?.overlay as? any SentenceOverlay
    closeOverlays(now: now)
    return (overlay?.sentences(in: state) ?? [Phrasebook.emptyList(state)]).map(PlainLine.text)
  }
}

/// An overlay that plain mode prints in sentences.
private protocol SentenceOverlay: Overlay {
  /// Nil where what it is about is no longer in the list.
  func sentences(in state: DashboardState) -> [String]?
}

extension ComparisonOverlay: SentenceOverlay {
  fileprivate func sentences(in state: DashboardState) -> [String]? {
    guard let first = state.apiKey(of: left), let second = state.apiKey(of: right) else { return nil }
    return Phrasebook.comparison(first, second)
  }
}

extension ExplanationOverlay: SentenceOverlay {
  fileprivate func sentences(in state: DashboardState) -> [String]? {
    state.apiKey(of: id).map { Explanation($0, state.overlayInput()).sentences.map(Phrasebook.sanitized) }
  }
}
