/// Decides when the screen is drawn, and whether the detail may wait. Pure: times are milliseconds that come in.
///
/// A key press is drawn at once. The detail follows when the keys pause, so that moving costs a few bytes and never waits
/// for it. The progress of a load is drawn twice a second. Nothing is due when nothing happens.
package struct DrawSchedule: Sendable {
  package enum Drawing: Equatable, Sendable {
    case nothing
    case everything
    /// All but the detail, which keeps showing the key before.
    case listFirst
  }

  /// From the last key to the detail.
  package static let detailPause: Int64 = 70
  /// Between two drawings of a load's progress.
  package static let progressInterval: Int64 = 500

  private enum Need { case none, progress, now }
  private var need = Need.now
  private var lastInput: Int64 = .min / 2
  private var lastDrawing: Int64 = .min / 2
  /// The detail on the screen is not that of the selection.
  private var detailIsBehind = false

  package init() {}

  /// A key was pressed.
  package mutating func receiveInput(at now: Int64) {
    lastInput = now
    need = .now
  }

  /// The state changed; `isProgress` when a load grew and nothing else is to be seen.
  package mutating func receiveChange(isProgress: Bool) {
    if !isProgress { need = .now } else if need == .none { need = .progress }
  }

  /// What to draw now. `detailCanWait`: the selection moved, and what is shown of the detail can stay.
  package mutating func draw(at now: Int64, detailCanWait: Bool) -> Drawing {
    let detailIsDue = detailIsBehind && now >= lastInput + DrawSchedule.detailPause
    let progressIsDue = need == .progress && now >= lastDrawing + DrawSchedule.progressInterval
    guard need == .now || progressIsDue || detailIsDue else { return .nothing }
    need = .none
    lastDrawing = now
    detailIsBehind = detailCanWait && now < lastInput + DrawSchedule.detailPause
    return detailIsBehind ? .listFirst : .everything
  }

  /// Milliseconds until something is due; nil while nothing is.
  package func wait(at now: Int64) -> Int64? {
    var due: Int64?
    if detailIsBehind { due = lastInput + DrawSchedule.detailPause }
    if need == .progress { due = min(due ?? .max, lastDrawing + DrawSchedule.progressInterval) }
    if need == .now { due = now }
    return due.map { max($0 - now, 0) }
  }
}
