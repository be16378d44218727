import APIKeyClient
import APIKeyModel
import APIKeyWire
import Synchronization

/// The live key list: pages over HTTP with a bearer token.
///
/// Making one costs nothing; connections begin with the first page. Redirects are never followed: the path asked for
/// ends with the slash that servers of this kind redirect to.
package final class HTTPKeySource: KeySource {
  private struct State {
    var session: HTTPSession?
    var requests = 0
  }

  private let address: ServerAddress
  private let options: HTTPOptions
  private let connectedSocket: (@Sendable () -> CInt)?
  private let state = Mutex(State())
  private let decoders = PageDecoderPool()
  private let bodies = BodyPool()

  package init(address: ServerAddress, options: HTTPOptions) {
    self.address = address
    self.options = options
    connectedSocket = nil
  }

  /// Speaks over connected sockets in place of connections of its own: one for each, owned by this object from then on.
  /// For tests that feed the whole client with bytes.
  package init(address: ServerAddress, options: HTTPOptions, connectedSocket: @escaping @Sendable () -> CInt) {
    self.address = address
    self.options = options
    self.connectedSocket = connectedSocket
  }

  package var label: String { address.label }
  package var requestCount: Int { state.withLock { $0.requests } }
  package var isRereadable: Bool { true }

  package func close() async {
    let session = state.withLock { state in
      defer { state.session = nil }
      return state.session
    }
    await session?.close()
  }

  /// Fetches one page, trying again where the failure may pass.
  package func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    var attempt = 1
    while true {
      if Task.isCancelled { throw .cancelled }
      do throws(KeySourceError) {
        return try decode(try await send(request), isFirstPage: request.cursor == nil)
      } catch let failure {
        let error = options.token.map { token in failure.mapServerText { token.removed(from: $0) } } ?? failure
        guard let pause = options.retries.pause(after: error, attempt: attempt) else { throw error }
        attempt += 1
        do {
          try await session().sleep(milliseconds: pause)
        } catch {
          throw .cancelled
        }
      }
    }
  }

  private func send(_ page: PageRequest) async throws(KeySourceError) -> HTTPResponse {
    let session = try session()
    state.withLock { $0.requests += 1 }
    let request = HTTPRequest(
      target: PageURL.text(page, endpoint: address.listPath, names: options.parameters), host: address.label,
      authorization: options.token?.authorizationHeader)
    return try await session.send(request, body: bodies.take())
  }

  private func session() throws(KeySourceError) -> HTTPSession {
    if let session = state.withLock({ $0.session }) { return session }
    let made = try HTTPSession(address: address, options: options, connectedSocket: connectedSocket)
    let (session, isSpare) = state.withLock { state in
      if let session = state.session { return (session, true) }
      state.session = made
      return (made, false)
    }
    if isSpare { Task { await made.close() } }
    return session
  }

  private func decode(_ answer: consuming HTTPResponse, isFirstPage: Bool) throws(KeySourceError) -> KeyPage {
    // Consumed, so that decoding in place copies nothing.
    var answer = answer
    if (300..<400).contains(answer.status) {
      throw .redirected(status: answer.status, target: answer.location ?? "")
    }
    guard let decoder = decoders.take() else { throw .badJSON(reason: "there is not enough memory") }
    defer {
      decoders.giveBack(decoder)
      var body: [UInt8] = []
      swap(&body, &answer.body)
      bodies.giveBack(body)
    }
    let length = answer.body.count
    guard answer.status == 200 else {
      // Before a message is cut to a length: half a token is still too much.
      if let token = options.token { answer.body = token.removed(from: answer.body.prefix(65_536)) }
      throw ServerAnswer.error(
        status: answer.status, body: &answer.body, length: length, contentType: answer.contentType,
        retryAfter: answer.retryAfter, decoder: decoder, host: address.host, endpoint: address.endpoint,
        tokenWasSent: options.token != nil, isFirstPage: isFirstPage)
    }
    if ServerAnswer.isHTML(answer.body) { throw .answeredHTML(status: 200, host: address.host) }
    let page: DecodedPage
    do throws(DecodingProblem) {
      page = try decoder.decode(&answer.body)
    } catch {
      let type = answer.contentType.lowercased()
      if !type.isEmpty, !type.contains("json") { throw .wrongContentType(answer.contentType) }
      throw .badJSON(reason: error.reason)
    }
    guard page.root == .page, page.hasMoreWasGiven else {
      throw .badJSON(reason: page.root == .page ? "`has_more` is missing" : "it is not a page with `data`")
    }
    return KeyPage(
      keys: page.keys, hasMore: page.hasMore, lastID: page.lastID, totalPages: page.totalPages,
      unreadable: page.unreadable, unreadableReason: page.unreadableReason, byteCount: length)
  }
}
