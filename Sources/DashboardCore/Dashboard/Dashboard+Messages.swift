import APIKeyModel
import KeyLoading
import KeyTable

/// What a user's action can change, which distinguishes one that had an effect from one that did not.
struct MessageTrace {
  private struct Query: Equatable {
    let filter: Filter
    let findText: String
    let settings: DisplaySettings
    let marks: MarksState
    let overlays: ViewStack.Trace
    let isTyping: Bool
  }
  private let list: ListState
  private let detail: DetailState
  private let overlayRows: [Int]
  private let query: Query
  let posted: Int

  init(_ state: DashboardState) {
    list = state.list
    detail = state.detail
    overlayRows = state.views.selections
    query = Query(
      filter: state.query.filter, findText: state.list.findText, settings: state.settings, marks: state.marks,
      overlays: state.views.trace, isTyping: state.input.prompt != nil)
    posted = state.messages.posted
  }

  /// The cursor moved, or what is around it.
  func isElsewhere(than other: MessageTrace) -> Bool {
    list != other.list || detail != other.detail || overlayRows != other.overlayRows
  }
  /// Something else changed.
  func asksOtherwise(than other: MessageTrace) -> Bool { query != other.query }
}

/// When a message leaves the screen: a refusal, and what is stated of a place, with the next action that does something;
/// an error, and the result of a command, with the next one that is more than a movement. What is wrong with the list
/// itself stays until that changes. `messages` has them all.
extension DashboardState {
  mutating func dropOutdatedMessage(since before: MessageTrace, after action: Action, effects: [Effect]) {
    guard !configuration.isPlain else { return }
    let after = MessageTrace(self)
    let isNew = after.posted != before.posted
    if isNew, action.isOfLoad { messages.noteWarning(load.completeness) }
    messages.checkWarning(load.completeness, keepsCurrent: keepsMessages)
    guard !keepsMessages, !isNew, let current = messages.current else { return }
    guard isStillTrue(current.notice) else {
      messages.dismiss()
      return
    }
    guard action.isOfUser else { return }
    let didMore = after.asksOtherwise(than: before) || effects.contains { !$0.isOfLoad }
    switch current.traits.lifetime {
    case .action where didMore || after.isElsewhere(than: before): messages.dismiss()
    case .command where didMore: messages.dismiss()
    case .action, .command: break
    }
  }

  /// Whether the place and the completeness that a message states are those of now; where a wait counts down, they are.
  private func isStillTrue(_ notice: Notice) -> Bool {
    guard case .list(.status(let status)) = notice, load.wakeTime == nil else { return true }
    return status == spokenStatus
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
