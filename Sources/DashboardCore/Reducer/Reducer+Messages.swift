import APIKeyModel
import KeyLoading
import KeyTable

/// What is wrong with the list itself.
package struct Warning: Equatable, Sendable {
  let message: Message
  /// The list's completeness when it was said; with another one it is no longer true.
  let completeness: Completeness

  /// Whether it speaks of records that were read, which a later look at the server does not change.
  var isAboutRecords: Bool { message.exitCode == 65 }
}

/// What a user's action can change, by which one that did something is told from one that could not.
struct MessageTrace {
  private struct Place: Equatable {
    let selection: KeyIdentifier?
    let position: Int
    let top: Int
    let horizontalScroll: Int
    let pane: Pane
    let detailIsOpen: Bool
    let detailLine: Int
  }
  private struct Question: Equatable {
    let filter: Filter
    let findText: String
    let settings: DisplaySettings
    let marks: Set<KeyIdentifier>
    let rangeStart: KeyIdentifier?
    let overlays: ViewStack.Trace
    let isTyping: Bool
  }
  private let place: Place
  private let overlayRows: [Int]
  private let question: Question
  let messages: Int

  init(_ state: DashboardState) {
    place = Place(
      selection: state.list.selection, position: state.list.position, top: state.list.top,
      horizontalScroll: state.list.horizontalScroll,
      pane: state.detail.pane, detailIsOpen: state.detail.isOpen, detailLine: state.detail.line)
    overlayRows = state.views.selections
    question = Question(
      filter: state.query.filter, findText: state.list.findText, settings: state.settings, marks: state.marks.ids,
      rangeStart: state.marks.rangeStart, overlays: state.views.trace,
      isTyping: state.input.prompt != nil)
    messages = state.messages.log.count
  }

  /// The cursor moved, or what is around it.
  func isElsewhere(than other: MessageTrace) -> Bool { place != other.place || overlayRows != other.overlayRows }
  /// Something else changed.
  func asksOtherwise(than other: MessageTrace) -> Bool { question != other.question }
}

/// When a message leaves the screen: a refusal, and what is said of a place, with the next action that does something;
/// an error, and what a command did, with the next one that is more than a movement. What is wrong with the list itself
/// stands until that changes. `messages` has them all.
///
/// Nothing is taken off in plain mode, where it was said, nor in cursor focus, where what goes would be spoken too.
extension DashboardState {
  mutating func dropOutdatedMessage(since before: MessageTrace, after action: Action, effects: [Effect]) {
    guard !configuration.isPlain else { return }
    let after = MessageTrace(self)
    let isNew = after.messages != before.messages
    let didMore = after.asksOtherwise(than: before) || effects.contains { !$0.isOfLoad }
    if isNew, let message = messages.current {
      if action.isOfLoad { noteWarning(message) }
      let isOfResult = action.isOfLoad || didMore || !effects.isEmpty
      messages.outlivesMovement =
        message.kind == .error || (isOfResult && message.topic != .place && message.topic != .find)
    }
    if let warning = messages.warning, !isStillTrue(warning) {
      self.messages.warning = nil
      if messages.current?.lasting == warning.message, !settings.cursorFocus { messages.current = nil }
    }
    if let message = messages.current, !isNew, !settings.cursorFocus, !isStillSo(message) {
      messages.current = messages.warning?.message
    }
    guard action.isOfUser, !isNew, !settings.cursorFocus else { return }
    if didMore || (after.isElsewhere(than: before) && !messages.outlivesMovement) {
      messages.current = messages.warning?.message
      messages.outlivesMovement = true
    }
  }

  /// What a load says by itself is about the list; what a command is refused with is about the command.
  private mutating func noteWarning(_ message: Message) {
    if message.kind == .error {
      messages.warning = Warning(message: message.lasting, completeness: load.completeness)
    } else if messages.warning?.isAboutRecords == false {
      messages.warning = nil
    }
  }

  /// Whether the place and the completeness that a message says are those of now; where a wait counts down, they are.
  private func isStillSo(_ message: Message) -> Bool {
    message.topic != .status || load.wakeTime != nil || message.text == StatusViewModel.spoken(self)
  }

  private func isStillTrue(_ warning: Warning) -> Bool {
    if warning.completeness.isComplete, load.completeness.isComplete { return true }
    switch (warning.completeness, load.completeness) {
    // A try that has not ended yet.
    case (.stopped, .loading), (.waiting, .loading), (.stopped, .waiting): return true
    case (let before, let now): return before == now
    }
  }
}

extension Action {
  /// Something that the user did.
  fileprivate var isOfUser: Bool {
    switch self {
    case .keyPress, .invoke, .commandLine, .mouse: true
    default: false
    }
  }

  /// Something that became of a load.
  fileprivate var isOfLoad: Bool {
    switch self {
    case .pageLoaded, .clock, .loadContinues: true
    default: false
    }
  }
}

extension Effect {
  /// Keys are fetched on the way to where the cursor goes.
  fileprivate var isOfLoad: Bool {
    switch self {
    case .load, .cancelLoad, .continueLoad, .returnMemory: true
    default: false
    }
  }
}
