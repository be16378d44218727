import APIKeyClient
import KeyTable
import TerminalCore

/// The top line, the message line and the status line.
package struct StatusViewModel: Sendable {
  /// A stretch of the top line.
  package struct TopPart: Equatable, Sendable {
    package let role: TextRole?
    package let text: DisplayText
  }

  /// The program, the source, the filter, the order.
  package let top: [TopPart]
  /// Cells between two parts of the top line.
  package static let gap = 2
  /// What stands at the right of the top line, as much as there is room for; plain mode is the last to go.
  package let hint: DisplayText
  package let message: DisplayText
  package let messageIsError: Bool
  /// Position, completeness, what the filter hides, the age of the data.
  package let status: DisplayText
  /// The status as one or two sentences.
  package let spoken: String

  package init(state: DashboardState) {
    let (parts, hint) = StatusViewModel.topLine(state)
    top = parts
    self.hint = hint
    message = DisplayText(state.message?.text ?? "")
    messageIsError = state.message?.kind == .error

    let completeness = StatusViewModel.completeness(state)
    // In cursor focus the line changes only when the list is complete, or stops: nothing counts.
    if state.settings.cursorFocus {
      status = DisplayText(StatusViewModel.stillCompleteness(state))
      spoken = StatusViewModel.spoken(state, completeness)
      return
    }
    var tail: [String] = []
    if !state.marks.isEmpty { tail.append("\(NumberText.grouped(state.marks.count)) marked") }
    if state.load.unreadable > 0 { tail.append("\(NumberText.grouped(state.load.unreadable)) unreadable") }
    let filtered = StatusViewModel.filtered(state).map { [$0] } ?? []
    let position =
      state.visible.isEmpty || state.settings.cursorFocus
      ? [] : ["\(NumberText.grouped(state.position + 1)) of \(NumberText.grouped(state.visible.count))"]
    // Where it does not all fit, completeness is the last to go; its reason, a sentence of the screen too, goes before.
    let choices = [
      position + filtered + [completeness] + tail, filtered + [completeness], [completeness],
      filtered + [StatusViewModel.completeness(state, withReason: false)],
      [StatusViewModel.completeness(state, withReason: false)],
    ].map { DisplayText($0.joined(separator: "  ")) }
    status = choices.first { $0.width <= state.columns } ?? choices[4]

    spoken = StatusViewModel.spoken(state, completeness)
  }

  private static func stillCompleteness(_ state: DashboardState) -> String {
    switch state.load.completeness {
    case .nothing: "loading"
    case .loading where state.table.isEmpty: "loading"
    case .loading, .partial: "more keys are on the server"
    case .complete, .stopped, .interrupted: completeness(state)
    }
  }

  private static func spoken(_ state: DashboardState, _ completeness: String) -> String {
    let place =
      state.visible.isEmpty
      ? state.emptyListSentence
      : "Key \(NumberText.grouped(state.position + 1)) of \(NumberText.grouped(state.visible.count))."
    let filter = state.filter.isEmpty ? "" : " Filter \(state.filter.text): \(StatusViewModel.filtered(state) ?? "")."
    let marked = state.marks.isEmpty ? "" : " \(NumberText.count(state.marks.count, "key")) marked."
    return "\(place)\(filter) \(completeness.prefix(1).uppercased() + completeness.dropFirst()).\(marked)"
  }

  private static func topLine(_ state: DashboardState) -> (parts: [TopPart], hint: DisplayText) {
    var parts = [
      TopPart(role: .program, text: "apikeys-tui"),
      TopPart(role: .emphasis, text: DisplayText(state.configuration.sourceLabel)),
    ]
    // In cursor focus this line never changes: `where` says the question.
    if !state.settings.cursorFocus {
      if !state.filter.isEmpty {
        parts.append(TopPart(role: .emphasis, text: DisplayText("filter: \(state.filter.text)")))
      }
      parts.append(TopPart(role: nil, text: DisplayText(order(state))))
    }
    let help = "\(Keymap.label(.help)) help"
    // Plain mode is named on every screen: who needs it may not see the rest. The order is the first to go.
    let hints = [
      "read-only  \(help)  --plain: plain mode", "\(help)  --plain: plain mode", "\(help)  --plain", "--plain",
    ].map { DisplayText($0) }
    let question = state.settings.cursorFocus ? parts[...] : parts.dropLast()
    for choice in [parts[...], question, question.dropFirst()] {
      let used = choice.reduce(0) { $0 + $1.text.width + gap }
      if let hint = hints.first(where: { used + $0.width <= state.columns }) { return (Array(choice), hint) }
      if let cut = cutFilter(in: choice, by: used + hints[3].width - state.columns) { return (cut, hints[3]) }
    }
    // Not even so: the source is cut.
    let source = parts[1].text.truncated(to: max(state.columns - gap - hints[3].width, 0))
    return ([TopPart(role: .emphasis, text: source)], hints[3])
  }

  /// The parts with the filter so many cells shorter; nil where too little of it would be left, or there is none.
  private static func cutFilter(in parts: ArraySlice<TopPart>, by excess: Int) -> [TopPart]? {
    guard let place = parts.firstIndex(where: { $0.text.string.hasPrefix("filter: ") }) else { return nil }
    let width = parts[place].text.width - excess
    guard width >= 16 else { return nil }
    var result = Array(parts)
    result[place - parts.startIndex] = TopPart(role: parts[place].role, text: parts[place].text.truncated(to: width))
    return result
  }

  static func order(_ state: DashboardState) -> String {
    let terms = state.settings.sort.terms
    guard !terms.isEmpty else {
      return state.configuration.isFile ? "file order" : state.order == .descending ? "newest first" : "oldest first"
    }
    return "sorted by \(names(of: state.settings.sort))"
  }

  /// `Created descending, then Name`
  static func names(of order: SortOrder) -> String {
    order.terms.map { term in
      let column = ListColumn.allCases.first { $0.sortColumn == term.column }
      return "\(column?.title ?? "Id")\(term.descending ? " descending" : "")"
    }.joined(separator: ", then ")
  }

  /// `12 match of 3,000 searched, still loading`; nil without a filter.
  package static func filtered(_ state: DashboardState) -> String? {
    guard !state.filter.isEmpty else { return nil }
    let counts = "\(NumberText.grouped(state.visible.count)) match of \(NumberText.grouped(state.searched)) searched"
    if state.load.isLoading { return counts + ", still loading" }
    return state.load.completeness.isComplete ? counts : counts + ", more on the server"
  }

  /// The completeness fact, as every screen, line and export carries it.
  package static func completeness(_ state: DashboardState, withReason: Bool = true) -> String {
    let count = NumberText.grouped(state.table.count)
    switch state.load.completeness {
    case .nothing: return "nothing loaded yet"
    case .partial:
      let total = state.load.totalPages.map { " (\(NumberText.count($0, "page")) in all)" } ?? ""
      return "\(count) loaded, more on the server\(total)"
    case .loading:
      let arrived = NumberText.grouped(state.table.count + state.load.heldCount)
      return state.table.count == 0
        ? "loading..." : "\(arrived) loaded, loading... (\(NumberText.count(state.load.answered, "request")))"
    case .complete(let time):
      return "\(NumberText.count(state.table.count, "key")), complete at \(MomentText.clock(time))"
    case .stopped(let error):
      let reason = withReason ? ": \(error.message.dropLastFullStop)" : ""
      let resume = waiting(state).map { "\($0), \(Keymap.label(.refresh)) tries now" }
      return "stopped after \(count)\(reason), " + (resume ?? "press \(Keymap.label(.refresh)) to resume")
    case .interrupted: return "stopped after \(count) by you, press \(Keymap.label(.refresh)) to resume"
    }
  }
}

extension String {
  /// Without one full stop at the end, to stand inside a longer sentence.
  fileprivate var dropLastFullStop: Substring { hasSuffix(".") ? dropLast() : self[...] }
}
