import APIKeyClient
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Takes one answer as it arrives, on the connection's thread, and refuses what is larger than the limits.
///
/// The library's interface of callbacks, not that of tasks: it starts tasks of its own on the language's pool, which then
/// wakes every second (see `WorkerPool`), and changes threads for every piece of a body.
final class AnswerCollector: HTTPClientResponseDelegate {
  private struct State {
    var head: HTTPResponseHead?
    var body: [UInt8]
  }

  private let state: Mutex<State>
  private let options: HTTPOptions

  /// `body` is empty; its memory is used.
  init(options: HTTPOptions, body: consuming [UInt8]) {
    self.options = options
    state = Mutex(State(body: body))
  }

  var hasHead: Bool { state.withLock { $0.head != nil } }

  func didReceiveHead(task: HTTPClient.Task<HTTPExchange.Answer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
    let loop = task.eventLoop
    guard head.headers.reduce(0, { $0 + $1.name.utf8.count + $1.value.utf8.count }) <= options.maximumHead else {
      return loop.makeFailedFuture(KeySourceError.headTooLarge(limitBytes: options.maximumHead))
    }
    let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
    guard length <= options.maximumBody else { return loop.makeFailedFuture(tooLarge) }
    state.withLock { state in
      state.head = head
      state.body.reserveCapacity(length)
    }
    return loop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(task: HTTPClient.Task<HTTPExchange.Answer>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
    let fits = state.withLock { state in
      guard state.body.count + buffer.readableBytes <= options.maximumBody else { return false }
      buffer.withUnsafeReadableBytes { state.body.append(contentsOf: $0) }
      return true
    }
    return fits ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(tooLarge)
  }

  func didFinishRequest(task: HTTPClient.Task<HTTPExchange.Answer>) throws -> HTTPExchange.Answer {
    try state.withLock { state in
      guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
      var body: [UInt8] = []
      swap(&body, &state.body)
      return HTTPExchange.Answer(
        status: Int(head.status.code), body: body, contentType: head.headers.first(name: "Content-Type") ?? "",
        location: head.headers.first(name: "Location"), retryAfter: head.headers.first(name: "Retry-After"))
    }
  }

  private var tooLarge: KeySourceError { .answerTooLarge(limitBytes: options.maximumBody) }
}
