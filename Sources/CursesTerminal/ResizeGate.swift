/// Lets a storm of resizes through one at a time, the last one always: at most 50 a second are drawn.
struct ResizeGate {
  static let interval: Duration = .milliseconds(20)

  private var isPending = false
  private var last: ContinuousClock.Instant?

  /// The terminal reported that its size changed.
  mutating func note() { isPending = true }

  /// Milliseconds until the pending resize is due, at least 0; nil when there is none.
  func delay(now: ContinuousClock.Instant) -> Int32? {
    guard isPending else { return nil }
    guard let last else { return 0 }
    let left = (last + ResizeGate.interval - now) / Duration.milliseconds(1)
    return Int32(max(left.rounded(.up), 0))
  }

  /// True when a resize is pending and due; it is then taken.
  mutating func take(now: ContinuousClock.Instant) -> Bool {
    guard delay(now: now) == 0 else { return false }
    isPending = false
    last = now
    return true
  }
}
