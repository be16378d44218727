import APIKeyClient

/// Waiting where the server asked for it: the dashboard counts down and goes on by itself.
extension DashboardState {
  /// Begins to wait after a load that stopped on `error`; nothing where the server named no time.
  ///
  /// Plain mode has no countdown: nothing is said there unasked.
  mutating func startWaiting(after error: KeySourceError) -> [Effect] {
    guard let seconds = error.retryAfter, seconds > 0, !configuration.isPlain else { return [] }
    load.nextNumber += 1
    let wait = ResumeWait(id: LoadID(number: load.nextNumber), until: now + Int64(seconds))
    load.resumeWait = wait
    return [.wait(wait.id, seconds: secondsToNextLook(wait))]
  }

  /// A second of the wait is over, or all of it.
  mutating func wake(_ id: LoadID) -> [Effect] {
    guard let wait = load.resumeWait, wait.id == id else { return [] }
    guard now >= wait.until else { return [.wait(id, seconds: secondsToNextLook(wait))] }
    load.resumeWait = nil
    loss?.isTriedUnasked = true
    return resumeLoad()
  }

  /// Ends a wait that something else made pointless.
  mutating func stopWaiting() -> [Effect] {
    guard let wait = load.resumeWait else { return [] }
    load.resumeWait = nil
    return [.cancelLoad(wait.id)]
  }

  /// One second while the screen counts; all of it where the screen is to keep still.
  private func secondsToNextLook(_ wait: ResumeWait) -> Int {
    let rest = Int(max(wait.until - now, 1))
    return settings.cursorFocus ? rest : 1
  }
}

extension StatusViewModel {
  /// `trying again in 57 s`, or the time of day where the screen is to keep still; nil when nothing is waited for.
  static func waiting(_ state: DashboardState) -> String? {
    guard let wait = state.load.resumeWait else { return nil }
    if state.settings.cursorFocus { return StatusText.waiting(until: wait.until) }
    return StatusText.waiting(seconds: Int(max(wait.until - state.now, 0)))
  }
}
