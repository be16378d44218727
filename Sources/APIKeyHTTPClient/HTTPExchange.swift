import APIKeyClient
import NIOCore
import NIOHTTP1

/// One request from its first lookup to its whole response, within the limits of time and size. Lives on the loop of
/// its session.
///
/// Four limits run: connecting, the headers, silence, the whole. Each is a task of the loop, so that every request
/// ends, and nothing is left of it at rest.
final class HTTPExchange {
  private let request: HTTPRequest
  private let session: HTTPSession
  private let promise: EventLoopPromise<HTTPResponse>
  private var assembly: ResponseAssembly
  private var dial: Dial?
  private var connection: HTTPConnection?
  private var isReused = false
  private var mayDialAgain = true
  private var isDone = false
  private var lastHeard = NIODeadline.now()
  private var timers: [Scheduled<Void>] = []
  private var idleTimer: Scheduled<Void>?

  private var options: HTTPOptions { session.options }
  private var host: String { session.address.host }

  init(
    _ request: HTTPRequest, session: HTTPSession, body: consuming [UInt8], promise: EventLoopPromise<HTTPResponse>
  ) {
    self.request = request
    self.session = session
    self.promise = promise
    assembly = ResponseAssembly(options: session.options, host: session.address.host, body: body)
  }

  func start() {
    let whole = options.limits.whole
    schedule(whole) { $0.fail(.requestTimedOut(host: $0.host, seconds: HTTPExchange.seconds(whole))) }
    if let connection = session.takeIdle() {
      isReused = true
      use(connection)
    } else {
      startDial()
    }
  }

  /// Ends the request, in whatever phase it is, and its connection.
  func fail(_ error: KeySourceError) {
    guard !isDone else { return }
    dial?.cancel()
    connection?.abort()
    end()
    promise.fail(error)
  }

  // MARK: Connecting

  private func startDial() {
    let limit = options.limits.connect
    let timer = session.loop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(limit))) { [self] in
      let inProxy = self.dial?.isWithProxy == true
      fail(
        inProxy
          ? .proxyFailed(proxy: options.proxy?.host ?? host, reason: .tooLate)
          : .connectTimedOut(host: host, seconds: HTTPExchange.seconds(limit)))
    }
    let dial = Dial(session: session) { [self] result in
      timer.cancel()
      self.dial = nil
      guard !isDone else { return }
      switch result {
      case .success(let connection): use(connection)
      case .failure(let error): fail(error)
      }
    }
    timers.append(timer)
    self.dial = dial
    dial.start()
  }

  private func use(_ connection: HTTPConnection) {
    self.connection = connection
    let limit = options.limits.headers
    schedule(limit) {
      if !$0.assembly.hasHeaders { $0.fail(.headersTimedOut(host: $0.host, seconds: HTTPExchange.seconds(limit))) }
    }
    lastHeard = .now()
    watchSilence(.milliseconds(Int64(options.limits.idle)))
    connection.send(request, for: self)
  }

  // MARK: The response

  func heard() { lastHeard = .now() }

  func receive(head: HTTPResponseHead) {
    guard !isDone else { return }
    do throws(KeySourceError) { try assembly.receive(head: head) } catch { fail(error) }
  }

  func receive(part: ByteBuffer) {
    guard !isDone else { return }
    do throws(KeySourceError) { try assembly.receive(part: part) } catch { fail(error) }
  }

  func receiveEnd(mayReuse: Bool) {
    // The end of an interim response, or of one that was refused.
    guard !isDone else { return }
    let connection = connection
    let response: HTTPResponse
    do throws(KeySourceError) { response = try assembly.finish() } catch { return fail(error) }
    end()
    if let connection { if mayReuse { session.giveBack(connection) } else { connection.close() } }
    promise.succeed(response)
  }

  /// The connection is gone, or what it carried was not understood.
  func connectionFailed(_ error: any Error, receivedBytes: Int, firstBytes: [UInt8] = []) {
    guard !isDone else { return }
    // The server closed a connection at rest while the request was on its way: the server has not read it (RFC 9112,
    // 9.3.1).
    if isReused, mayDialAgain, receivedBytes == 0 {
      mayDialAgain = false
      isReused = false
      connection = nil
      stopTimers(exceptFirst: true)
      return startDial()
    }
    let certificates = connection?.certificates
    connection = nil
    fail(
      ConnectionFailure.map(
        error, session: session, certificates: certificates, receivedBytes: receivedBytes, firstBytes: firstBytes))
  }

  // MARK: Time

  private func watchSilence(_ time: TimeAmount) {
    idleTimer = session.loop.assumeIsolated().scheduleTask(in: time) { [self] in
      guard !isDone else { return }
      let limit = options.limits.idle
      let left = lastHeard + .milliseconds(Int64(limit)) - .now()
      if left > .zero { return watchSilence(left) }
      fail(.idleTimedOut(host: host, seconds: HTTPExchange.seconds(limit)))
    }
  }

  private func schedule(_ milliseconds: Int, _ action: @escaping (HTTPExchange) -> Void) {
    timers.append(
      session.loop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) { [self] in action(self) })
  }

  private func stopTimers(exceptFirst: Bool) {
    for timer in timers.dropFirst(exceptFirst ? 1 : 0) { timer.cancel() }
    timers.removeLast(timers.count - (exceptFirst ? 1 : 0))
    idleTimer?.cancel()
    idleTimer = nil
  }

  private func end() {
    isDone = true
    stopTimers(exceptFirst: false)
    dial = nil
    connection = nil
    session.ended(self)
  }

  static func seconds(_ milliseconds: Int) -> Int { max(milliseconds / 1000, 1) }
}
