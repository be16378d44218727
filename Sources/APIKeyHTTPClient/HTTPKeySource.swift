package import APIKeyClient
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
    var positions = PagePositions()
  }

  private let address: ServerAddress
  private let options: HTTPOptions
  private let credential: Credential
  private let connectedSocket: (@Sendable () -> CInt)?
  private let state = Mutex(State())
  private let decoders = PageDecoderPool()
  private let bodies = BodyPool()

  package convenience init(address: ServerAddress, options: HTTPOptions) {
    self.init(address: address, options: options, connectedSocket: nil)
  }

  /// Uses connected sockets instead of opening its own connections: one for each, owned by this object from then on.
  /// For tests that feed the whole client with bytes.
  package init(address: ServerAddress, options: HTTPOptions, connectedSocket: (@Sendable () -> CInt)?) {
    self.address = address
    self.options = options
    self.connectedSocket = connectedSocket
    credential = Credential(token: options.token, renewal: options.tokenRenewal)
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

  /// Fetches one page, trying again where the failure may pass, and once with a new token where the old one is refused.
  package func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    var attempt = 1
    var mayReadToken = credential.canBeReadAgain
    if request.readsTokenAgain, mayReadToken {
      mayReadToken = false
      try await readTokenAgain(since: credential.moment)
    }
    while true {
      if Task.isCancelled { throw .cancelled }
      let used = credential.moment
      do throws(KeySourceError) {
        let page = try decode(try await send(request, token: used.token), of: request)
        state.withLock { $0.positions.note(page, of: request) }
        return page
      } catch let failure {
        if mayReadToken, case .status(let problem) = failure, problem.isAboutToken {
          mayReadToken = false
          try await readTokenAgain(since: used)
          if credential.moment.token?.authorizationHeader != used.token?.authorizationHeader { continue }
        }
        let error = withTokenProblem(failure.mapServerText { credential.removed(from: $0) })
        guard let pause = options.retries.pause(after: error, attempt: attempt) else {
          throw await named(error, request)
        }
        attempt += 1
        do {
          try await session().sleep(milliseconds: pause)
        } catch {
          throw .cancelled
        }
      }
    }
  }

  private func readTokenAgain(since moment: Credential.Moment) async throws(KeySourceError) {
    do { try await credential.readAgain(since: moment) } catch { throw .cancelled }
  }

  /// A server that expects TLS may hang up on a request in clear text without a response: it is tried over TLS,
  /// and without the token.
  private func named(_ error: KeySourceError, _ request: PageRequest) async -> KeySourceError {
    guard case .connectionLost = error, !address.isSecure, request.cursor == nil, connectedSocket == nil else {
      return error
    }
    var options = HTTPOptions()
    options.limits = self.options.limits
    do throws(KeySourceError) {
      let session = try HTTPSession(address: address.secured, options: options)
      let isTLS = await session.hearsTLS()
      await session.close()
      return isTLS ? .speaksTLS(host: address.host, port: address.port) : error
    } catch _ {
      return error
    }
  }

  /// A token that is refused and could not be read again: both are reported.
  private func withTokenProblem(_ error: KeySourceError) -> KeySourceError {
    guard case .status(var problem) = error, problem.isAboutToken else { return error }
    problem.token.rereadProblem = credential.problem
    return .status(problem)
  }

  private func send(_ page: PageRequest, token: SecretToken?) async throws(KeySourceError) -> HTTPResponse {
    let session = try session()
    state.withLock { $0.requests += 1 }
    let request = HTTPRequest(
      target: PageURL.text(page, endpoint: address.listPath, names: options.parameters), host: address.label,
      authorization: token?.authorizationHeader)
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
    if isSpare { made.end() }
    return session
  }

  /// Statuses of success whose response is no list.
  private static let withoutList: Set<Int> = [204, 205, 206]

  private func decode(_ response: consuming HTTPResponse, of request: PageRequest) throws(KeySourceError) -> KeyPage {
    // Consumed, so that decoding in place copies nothing.
    var response = response
    guard let decoder = decoders.take() else { throw .badJSON(reason: "there is not enough memory") }
    defer {
      decoders.giveBack(decoder)
      var body: [UInt8] = []
      swap(&body, &response.body)
      bodies.giveBack(body)
    }
    guard (200..<300).contains(response.status), !HTTPKeySource.withoutList.contains(response.status) else {
      throw problem(&response, of: request, decoder)
    }
    let length = response.body.count
    if ErrorResponse.isHTML(response.body, response.contentType) {
      throw .receivedHTML(status: response.status, host: address.host)
    }
    TextEncoding.makeUTF8(&response.body, contentType: response.contentType)
    let page: DecodedPage
    do throws(DecodingProblem) {
      page = try decoder.decode(&response.body)
    } catch {
      try throwIfError(&response, of: request, decoder)
      let type = response.contentType.lowercased()
      if !type.isEmpty, !type.contains("json") { throw .wrongContentType(response.contentType) }
      throw .badJSON(reason: error.reason)
    }
    guard page.root == .page, page.hasMoreWasGiven else {
      try throwIfError(&response, of: request, decoder)
      throw .badJSON(reason: page.root == .page ? "`has_more` is missing" : "it is not a page with `data`")
    }
    return KeyPage(
      keys: page.keys, hasMore: page.hasMore, lastID: page.lastID, totalPages: page.totalPages,
      unreadable: page.unreadable, unreadableReason: page.unreadableReason, byteCount: length, status: response.status)
  }

  /// An error message instead of a list, whatever the status is.
  private func throwIfError(
    _ response: inout HTTPResponse, of request: PageRequest, _ decoder: PageDecoder
  ) throws(KeySourceError) {
    let error = problem(&response, of: request, decoder)
    if error.serverWords != nil { throw error }
  }

  private func problem(
    _ response: inout HTTPResponse, of request: PageRequest, _ decoder: PageDecoder
  ) -> KeySourceError {
    var problem = StatusProblem(status: response.status)
    problem.position = state.withLock { $0.positions.position(of: request) }
    problem.host = address.host
    problem.endpoint = address.endpoint
    problem.token = TokenUse(credential.moment.token == nil ? .none : options.tokenOrigin)
    let length = response.body.count
    // In a long body too the words may be at its end: after a list that they are about.
    let message =
      length > 65_536 ? decoder.errorMessage(&response.body).map { credential.removed(from: $0) } : nil
    // Before a message is cut to a length: half a token is still too much.
    response.body = credential.removed(from: response.body.prefix(65_536))
    response.challenges = response.challenges.prefix(8).map { credential.removed(from: String($0.prefix(4096))) }
    ErrorResponse.describe(
      response, length: length, message: message, decoder: decoder, names: options.parameters, &problem)
    if !address.isSecure, ErrorResponse.saysTLS(problem) { return .speaksTLS(host: address.host, port: address.port) }
    return .status(problem)
  }
}
