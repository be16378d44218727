import Foundation

/// Times work and prints one JSON line a figure: the milliseconds of each round.
struct Stopwatch {
  let rounds: Int

  /// `inner` repetitions make one round where the work is short; what is printed is one repetition's time.
  func measure(_ name: String, inner: Int = 1, _ work: () throws -> Void) rethrows {
    try work()
    var times: [Double] = []
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      for _ in 0..<inner { try work() }
      times.append(Stopwatch.milliseconds(since: start) / Double(inner))
    }
    report(name, times)
  }

  func measure(_ name: String, inner: Int = 1, _ work: () async throws -> Void) async rethrows {
    try await work()
    var times: [Double] = []
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      for _ in 0..<inner { try await work() }
      times.append(Stopwatch.milliseconds(since: start) / Double(inner))
    }
    report(name, times)
  }

  func report(_ name: String, _ values: [Double]) {
    print("{\"figure\":\"\(name)\",\"values\":[\(values.map { String(format: "%.4f", $0) }.joined(separator: ","))]}")
    fflush(nil)
  }

  /// What the calling thread has worked so far.
  static func threadMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }

  static func milliseconds(since start: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - start) / .milliseconds(1)
  }
}
