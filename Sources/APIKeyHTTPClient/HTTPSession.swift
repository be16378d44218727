import APIKeyClient
import NIOCore
import NIOPosix

/// The connections to one server, on the thread that all sessions share: as many as requests are under way at once, and
/// at most two at rest.
final class HTTPSession: Sendable {
  let address: ServerAddress
  let options: HTTPOptions
  /// Nil for clear text.
  let tls: TLSPolicy?
  /// Nil where it does not matter who listens.
  let listeners: ListenerCheck?
  /// Returns a connected socket instead of opening a connection; for tests.
  let connectedSocket: (@Sendable () -> CInt)?
  let loop: any EventLoop
  private let state: NIOLoopBoundBox<State>

  /// Never shut down: a name lookup still running when a session is closed would report to a loop that is gone.
  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  /// More connections than a load from both ends uses are not kept.
  private static let idleLimit = 2
  /// After this long an idle connection is not trusted: something in between may have dropped it silently.
  /// Checked only when one is needed, so that nothing wakes for it.
  private static let longestRest = TimeAmount.seconds(60)

  private struct State {
    var idle: [HTTPConnection] = []
    var exchanges: [ObjectIdentifier: HTTPExchange] = [:]
    var isClosed = false
  }

  /// What reaches an exchange from the task that waits for it.
  private struct Handle {
    weak var exchange: HTTPExchange?
    var isCancelled = false
  }

  init(
    address: ServerAddress, options: HTTPOptions, connectedSocket: (@Sendable () -> CInt)? = nil
  ) throws(KeySourceError) {
    self.address = address
    self.options = options
    self.connectedSocket = connectedSocket
    tls = address.isSecure ? try TLSPolicy(host: address.host, options: options) : nil
    let isJudged = !address.isSecure && options.token != nil && !options.allowsHTTP && connectedSocket == nil
    listeners =
      isJudged
      ? ListenerCheck(port: address.port, alsoAllowed: options.listenerUser, tables: options.socketTables) : nil
    loop = HTTPSession.group.next()
    state = NIOLoopBoundBox.makeBoxSendingValue(State(), eventLoop: loop)
  }

  /// Sends a request and gives its whole response. `body` is empty; its memory is used for the response's.
  func send(_ request: HTTPRequest, body: consuming [UInt8]) async throws(KeySourceError) -> HTTPResponse {
    let promise = loop.makePromise(of: HTTPResponse.self)
    let handle = NIOLoopBoundBox.makeBoxSendingValue(Handle(), eventLoop: loop)
    let memory = body
    do {
      return try await withTaskCancellationHandler {
        loop.execute {
          guard !handle.value.isCancelled, !self.state.value.isClosed else {
            return promise.fail(KeySourceError.cancelled)
          }
          let exchange = HTTPExchange(request, session: self, body: memory, promise: promise)
          handle.value.exchange = exchange
          self.state.value.exchanges[ObjectIdentifier(exchange)] = exchange
          exchange.start()
        }
        return try await promise.futureResult.get()
      } onCancel: {
        loop.execute {
          handle.value.isCancelled = true
          handle.value.exchange?.fail(.cancelled)
        }
      }
    } catch {
      // Nothing else fails the promise.
      throw error as? KeySourceError ?? .connectionLost(host: address.host)
    }
  }

  /// Sleeps as `Task.sleep` does, by the connections' thread: the clock of the language's pool would start that pool,
  /// which then wakes every second.
  func sleep(milliseconds: Int) async throws {
    let scheduled = loop.scheduleTask(in: .milliseconds(Int64(milliseconds))) {}
    try await withTaskCancellationHandler {
      try await scheduled.futureResult.get()
    } onCancel: {
      scheduled.cancel()
    }
  }

  /// Connects and starts a TLS handshake, sends nothing more, and returns whether the peer speaks TLS, even to refuse.
  /// Within a second.
  func hearsTLS() async -> Bool {
    let promise = loop.makePromise(of: Bool.self)
    loop.execute {
      var dial: Dial?
      let limit = self.loop.assumeIsolated().scheduleTask(
        in: .milliseconds(min(1000, Int64(self.options.limits.connect)))
      ) {
        dial?.cancel()
        promise.succeed(false)
      }
      dial = Dial(session: self) { result in
        limit.cancel()
        switch result {
        case .success(let connection):
          connection.abort()
          promise.succeed(true)
        case .failure: promise.succeed(ConnectionFailure.isTLS(dial?.firstBytes ?? []))
        }
      }
      dial?.start()
    }
    // It never fails.
    return (try? await promise.futureResult.get()) ?? false
  }

  /// Ends requests and connections soon, on the connections' thread; no peer is waited for.
  func end(_ ended: EventLoopPromise<Void>? = nil) {
    loop.execute {
      let old = self.state.value
      self.state.value = State(isClosed: true)
      for exchange in old.exchanges.values { exchange.fail(.cancelled) }
      for connection in old.idle { connection.close() }
      ended?.succeed()
    }
  }

  /// As ``end(_:)``, and returns when that is done.
  func close() async {
    let closed = loop.makePromise(of: Void.self)
    end(closed)
    // It never fails.
    do { try await closed.futureResult.get() } catch {}
  }

  // MARK: For exchanges, on the loop

  /// A connection at rest, if there is one that is fresh enough.
  func takeIdle() -> HTTPConnection? {
    while let connection = state.value.idle.popLast() {
      if connection.isUsable, NIODeadline.now() - connection.idleSince < HTTPSession.longestRest { return connection }
      connection.abort()
    }
    return nil
  }

  func giveBack(_ connection: HTTPConnection) {
    guard !state.value.isClosed, connection.isUsable, state.value.idle.count < HTTPSession.idleLimit else {
      return connection.close()
    }
    state.value.idle.append(connection)
    connection.onceGone { [weak self] gone in self?.state.value.idle.removeAll { $0 === gone } }
  }

  func ended(_ exchange: HTTPExchange) { state.value.exchanges[ObjectIdentifier(exchange)] = nil }
}
