import Synchronization

/// Lets at most so many pages be made at once; of those that wait, the newest comes first.
///
/// Newest first, because a crowd of requests that came before would otherwise have to be served, in vain or not, before
/// anyone else gets a response.
final class ResponseQueue: Sendable {
  private struct State {
    var running = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let maximum: Int
  private let state = Mutex(State())

  init(maximum: Int) { self.maximum = maximum }

  func run<Value: Sendable>(_ work: () async throws -> Value) async rethrows -> Value {
    await enter()
    defer { leave() }
    return try await work()
  }

  private func enter() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.running < maximum else {
          state.waiting.append(continuation)
          return false
        }
        state.running += 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  private func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if let next = state.waiting.popLast() { return next }
      state.running -= 1
      return nil
    }
    next?.resume()
  }
}
