import APIKeyClient
import AsyncHTTPClient
import NIOCore
import Synchronization

/// Ends a request whose head or whole takes too long, with the error that says which.
///
/// The library has no limit for the head alone, and its limit of the whole ends at the head.
final class RequestWatch: Sendable {
  private let task: HTTPClient.Task<HTTPExchange.Answer>
  private let collector: AnswerCollector
  private let session: HTTPSession
  private let host: String
  private let limits: HTTPOptions.TimeLimits
  private let start = ContinuousClock.now
  /// What is due; nil once the request has ended.
  private let due = Mutex<[Scheduled<Void>]?>([])

  init(
    _ task: HTTPClient.Task<HTTPExchange.Answer>, collector: AnswerCollector, session: HTTPSession, host: String,
    limits: HTTPOptions.TimeLimits
  ) {
    self.task = task
    self.collector = collector
    self.session = session
    self.host = host
    self.limits = limits
    let seconds = max(limits.whole / 1000, 1)
    schedule(in: .milliseconds(limits.whole)) { watch in
      watch.task.fail(reason: KeySourceError.requestTimedOut(host: watch.host, seconds: seconds))
    }
    // Connecting has its own limit; the head's begins with the connection.
    schedule(in: .milliseconds(max(limits.head, limits.connect))) { $0.checkHead() }
  }

  /// The request has ended.
  func cancel() {
    let scheduled = due.withLock { due in
      defer { due = nil }
      return due ?? []
    }
    for one in scheduled { one.cancel() }
  }

  private func checkHead() {
    guard !collector.hasHead else { return }
    if let connected = session.newestConnection, connected > start {
      let left = connected + .milliseconds(limits.head) - .now
      if left > .zero {
        schedule(in: left) { $0.checkHead() }
        return
      }
    }
    task.fail(reason: KeySourceError.headTimedOut(host: host, seconds: max(limits.head / 1000, 1)))
  }

  private func schedule(in time: Duration, _ work: @escaping @Sendable (RequestWatch) -> Void) {
    due.withLock { due in
      guard due != nil else { return }
      due?.append(task.eventLoop.scheduleTask(in: TimeAmount(time)) { work(self) })
    }
  }
}
