import APIKeyClient
import APIKeyModel
import KeyLoading
import KeyTable
package import TerminalCore

/// The top line, the message line and the status line.
package struct StatusViewModel: Sendable {
  /// A stretch of the top line.
  package struct TopPart: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
      case program
      case source
      case filter
      case order

      package var role: TextRole? {
        switch self {
        case .program: .program
        case .source, .filter: .emphasis
        case .order: nil
        }
      }
    }
    package let kind: Kind
    package let text: DisplayText
  }

  /// The program, the source, the filter, the order.
  package let top: [TopPart]
  /// Cells between two parts of the top line.
  package static let gap = 2
  /// The right end of the top line, as much as fits; plain mode is the last part to go.
  package let hint: DisplayText
  package let message: DisplayText
  package let messageIsError: Bool
  /// Position, completeness, what the filter hides, the age of the data.
  package let status: DisplayText
  package init(state: DashboardState) {
    let (parts, hint) = StatusViewModel.topLine(state)
    top = parts
    self.hint = hint
    message = DisplayText(state.messages.current.map { NoticeText.sentence($0.notice, state.wording) } ?? "")
    messageIsError = state.messages.current?.isError == true

    // In cursor focus the line changes only when the list is complete, or stops: nothing counts.
    if state.settings.cursorFocus {
      status = DisplayText(StatusViewModel.stillCompleteness(state))
      return
    }
    let completeness = StatusViewModel.completeness(state)
    var tail: [String] = []
    if !state.table.flaws.isEmpty { tail.append(StatusText.odd(state.table.flaws.keys)) }
    if !state.marks.isEmpty { tail.append(StatusText.marked(state.marks.count)) }
    if let progress = state.load.rereadProgress { tail.append(StatusText.rereading(progress.keys)) }
    if state.load.unreadable > 0, state.load.completeness.wholeReadAt == nil {
      tail.append(StatusText.unreadable(state.load.unreadable))
    }
    let filtered = StatusViewModel.filtered(state).map { [$0] } ?? []
    // The position in the list means nothing for an overlay.
    let position =
      state.query.visible.isEmpty || state.views.hasOverlay
      ? [] : [StatusText.position(state.list.position + 1, of: state.query.visible.count)]
    let whole = DisplayText((position + filtered + [completeness] + tail).joined(separator: "  "))
    guard whole.width > state.environment.width else {
      status = whole
      return
    }
    // Where it does not all fit, completeness is the last to go; its reason, a sentence of the screen too, goes before.
    let withoutReason = StatusViewModel.completeness(state, withReason: false)
    let short = StatusViewModel.shortened(state, position: position)
    let choices =
      [position + filtered + [completeness]]
      + (state.query.filter.isEmpty ? short : [filtered + [completeness]] + short)
      + [[completeness], filtered + [withoutReason], [withoutReason]]
    let texts = choices.filter { !$0.isEmpty }.map { DisplayText($0.joined(separator: "  ")) }
    let last = state.load.isChanged && state.load.completeness.isAtEnd ? StatusText.changedOnServer() : withoutReason
    status = texts.first { $0.width <= state.environment.width } ?? DisplayText(last)
  }

  private static func stillCompleteness(_ state: DashboardState) -> String {
    switch state.load.completeness {
    case .nothing: StatusText.stillLoadingFirst
    case .loading where state.allKeys.isEmpty: StatusText.stillLoadingFirst
    case .loading, .partial: StatusText.stillMore(isFile: state.configuration.isFile)
    case .complete, .readWhole, .changed, .unknown, .contradicted, .unchecked, .stopped, .waiting, .interrupted:
      completeness(state)
    }
  }

  private static func topLine(_ state: DashboardState) -> (parts: [TopPart], hint: DisplayText) {
    var parts = [
      TopPart(kind: .program, text: "apikeys-tui"),
      TopPart(kind: .source, text: DisplayText(source(state))),
    ]
    // In cursor focus this line never changes: `where` shows the query.
    if !state.settings.cursorFocus {
      if !state.query.filter.isEmpty {
        parts.append(TopPart(kind: .filter, text: DisplayText(StatusText.filter(state.query.filter.text))))
      }
      parts.append(TopPart(kind: .order, text: DisplayText(StatusText.order(state.orderFact))))
    }
    // Plain mode is named on every screen: who needs it may not see the rest. The order is the first to go.
    let withoutOrder = state.settings.cursorFocus ? parts[...] : parts.dropLast()
    for choice in [parts[...], withoutOrder, withoutOrder.dropFirst()] {
      let used = choice.reduce(0) { $0 + $1.text.width + gap }
      if let hint = hints.first(where: { used + $0.width <= state.environment.width }) { return (Array(choice), hint) }
      if let cut = cutFilter(in: choice, by: used + hints[3].width - state.environment.width) { return (cut, hints[3]) }
    }
    // Not even so: the source is cut.
    let source = parts[1].text.truncated(to: max(state.environment.width - gap - hints[3].width, 0))
    return ([TopPart(kind: .source, text: source)], hints[3])
  }

  /// Where the keys are from. In cursor focus the line never changes, so that it waits for nothing in the file.
  private static func source(_ state: DashboardState) -> String {
    ProvenanceText.source(
      state.configuration.sourceLabel, state.settings.cursorFocus ? nil : state.load.provenance)
  }

  private static let hints = StatusText.hints().map { DisplayText($0) }

  /// The parts with the filter so many cells shorter; nil where too little of it would be left, or there is none.
  private static func cutFilter(in parts: ArraySlice<TopPart>, by excess: Int) -> [TopPart]? {
    guard let place = parts.firstIndex(where: { $0.kind == .filter }) else { return nil }
    let width = parts[place].text.width - excess
    guard width >= 16 else { return nil }
    var result = Array(parts)
    result[place - parts.startIndex] = TopPart(kind: .filter, text: parts[place].text.truncated(to: width))
    return result
  }

  /// `12 match of 3,000 searched, still loading`; nil without a filter.
  package static func filtered(_ state: DashboardState) -> String? { state.filterFact.map(StatusText.filtered) }

  /// Place, what the filter leaves and completeness in fewer words, for narrow screens; empty before all is loaded.
  private static func shortened(_ state: DashboardState, position: [String]) -> [[String]] {
    if state.query.filter.asksForGone { return [] }
    guard state.load.completeness.isAtEnd, state.load.unreadable == 0 else { return [] }
    let undated = state.query.filter.usesDates ? state.allKeys.undatedCount : 0
    if let provenance = state.load.provenance {
      let short = [ProvenanceText.short(state.allKeys.count, provenance)]
      let filtered =
        state.query.filter.isEmpty
        ? []
        : [StatusText.withUndated(StatusText.matching(state.query.visible.count, of: state.query.searched), undated)]
      return [position + filtered + short, filtered + short, short]
    }
    guard state.load.completeness.isComplete else { return [] }
    if state.query.filter.isEmpty {
      switch state.load.completeness {
      case .complete(let time): return [position.map { StatusText.complete(place: $0, at: time) }]
      case .readWhole(let time, let lookedAt, let new):
        return [position.map { StatusText.readWhole(place: $0, at: time, new: new, lookedAt: lookedAt) }]
      default: return []
      }
    }
    let counts = StatusText.withUndated(
      StatusText.matching(state.query.visible.count, ofComplete: state.query.searched), undated)
    return [position + [counts], [counts]]
  }

  /// The completeness fact, as every screen, line and export carries it.
  package static func completeness(_ state: DashboardState, withReason: Bool = true) -> String {
    StatusText.completeness(state.completenessFact, withReason: withReason)
  }
}
