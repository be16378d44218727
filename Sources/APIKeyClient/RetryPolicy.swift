/// Which failures are worth another try, and after what pause.
package struct RetryPolicy: Equatable, Sendable {
  /// Tries in all.
  package var tries = 3
  /// The pause before the second try, in milliseconds; it doubles.
  package var firstPause = 1000
  /// The longest wait a server may ask for that is slept through, in seconds. A longer one is the user's to decide:
  /// a command ends, the dashboard counts down.
  package static let longestSleep = 30

  package init() {}

  /// Milliseconds to wait before try number `attempt + 1`; nil where another try is pointless or must wait too long.
  ///
  /// `jitter` gives a random number of milliseconds in a range: clients that failed together must not return together.
  package func pause(
    after error: KeySourceError, attempt: Int, jitter: (ClosedRange<Int>) -> Int = { Int.random(in: $0) }
  ) -> Int? {
    guard attempt < tries, RetryPolicy.mayPass(error) else { return nil }
    if let seconds = error.retryAfter {
      return seconds <= RetryPolicy.longestSleep ? max(seconds * 1000, 1) : nil
    }
    let pause = firstPause << (attempt - 1)
    return pause + jitter(0...max(pause / 4, 1))
  }

  /// Whether the same request may succeed later. Time limits are not among them: the user has waited long enough.
  private static func mayPass(_ error: KeySourceError) -> Bool {
    switch error {
    case .connectionLost, .truncatedResponse: true
    case .status(let problem): [408, 429, 500, 502, 503, 504].contains(problem.status)
    default: false
    }
  }
}
