import APIKeyClient
import APIKeyModel
import APIKeyWire
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// The live key list: pages over HTTP with a bearer token.
///
/// Making one costs nothing; connections begin with the first page. Redirects are never followed, save one that only
/// adds or drops the final slash on the same origin.
package final class HTTPKeySource: KeySource {
  private struct State {
    var client: HTTPClient?
    var group: MultiThreadedEventLoopGroup?
    var requests = 0
    var endpoint: String
  }

  private let address: ServerAddress
  private let options: HTTPOptions
  private let state: Mutex<State>

  package init(address: ServerAddress, options: HTTPOptions) {
    self.address = address
    self.options = options
    state = Mutex(State(endpoint: address.endpoint))
  }

  package var label: String { address.label }
  package var requestCount: Int { state.withLock { $0.requests } }
  package var isRereadable: Bool { true }

  package func close() async {
    let (client, group) = state.withLock { state in
      defer { (state.client, state.group) = (nil, nil) }
      return (state.client, state.group)
    }
    // At the end of the program a failure to close says nothing anyone could act on.
    try? await client?.shutdown()
    try? await group?.shutdownGracefully()
  }

  /// Fetches one page, trying again where the failure may pass.
  package func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    var attempt = 1
    while true {
      if Task.isCancelled { throw .cancelled }
      do throws(KeySourceError) {
        return try await pageOnce(request)
      } catch {
        guard attempt < options.tries, let pause = pause(after: error, attempt: attempt) else { throw error }
        attempt += 1
        do {
          try await Task.sleep(for: .milliseconds(pause))
        } catch {
          throw .cancelled
        }
      }
    }
  }

  /// Milliseconds to wait before another try; nil when trying again is pointless or too long to wait unseen.
  private func pause(after error: KeySourceError, attempt: Int) -> Int? {
    let usual = options.firstPause << (attempt - 1)
    switch error {
    case .rateLimited(let seconds, _):
      guard let seconds else { return usual + Int.random(in: 0...max(usual / 4, 1)) }
      return seconds <= 30 ? max(seconds * 1000, 1) : nil
    case .serverFailed(let status, _):
      return [500, 502, 503, 504].contains(status) ? usual + Int.random(in: 0...max(usual / 4, 1)) : nil
    case .rejected(let status, _): return status == 408 ? usual : nil
    case .connectionLost, .truncatedAnswer: return usual + Int.random(in: 0...max(usual / 4, 1))
    default: return nil
    }
  }

  private func pageOnce(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    let first = try await send(request, to: state.withLock { $0.endpoint })
    guard (300..<400).contains(first.status) else { return try decode(first) }
    let target = first.location ?? ""
    guard let endpoint = slashChange(target) else { throw .redirected(status: first.status, target: target) }
    let second = try await send(request, to: endpoint)
    if (300..<400).contains(second.status) {
      throw .redirected(status: second.status, target: second.location ?? "")
    }
    state.withLock { $0.endpoint = endpoint }
    return try decode(second)
  }

  /// The endpoint of a redirect that changes nothing but the final slash; nil for every other.
  private func slashChange(_ location: String) -> String? {
    let withoutQuery = location.prefix { $0 != "?" }
    let current = state.withLock { $0.endpoint }
    let absolute = withoutQuery.first == "/" ? address.origin + withoutQuery : String(withoutQuery)
    func bare(_ text: String) -> Substring { text.hasSuffix("/") ? text.dropLast() : text[...] }
    return absolute != current && bare(absolute) == bare(current) ? absolute : nil
  }

  // MARK: One request

  private struct Answer: Sendable {
    var status: Int
    var body: [UInt8]
    var contentType: String
    var location: String?
    var retryAfter: String?
  }

  private func url(_ request: PageRequest, endpoint: String) -> String {
    let names = options.parameters
    var query = "\(names.limit)=\(request.limit)&\(names.order)=\(request.order.rawValue)"
    switch request.cursor {
    case .after(let id): query += "&\(names.after)=\(percentEncoded(id.text))"
    case .before(let id): query += "&\(names.before)=\(percentEncoded(id.text))"
    case .page(let number): query += "&page=\(number)"
    case nil: break
    }
    return endpoint + "?" + query
  }

  private func percentEncoded(_ text: String) -> String {
    var output = ""
    for byte in text.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x7E
      if isPlain {
        output.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        output += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return output
  }

  private func send(_ page: PageRequest, to endpoint: String) async throws(KeySourceError) -> Answer {
    let client = try self.client()
    state.withLock { $0.requests += 1 }
    var request = HTTPClientRequest(url: url(page, endpoint: endpoint))
    request.headers.add(name: "Accept", value: "application/json")
    request.headers.add(name: "Accept-Encoding", value: "gzip")
    request.headers.add(name: "User-Agent", value: "apikeys-tui")
    if let token = options.token { request.headers.add(name: "Authorization", value: token.authorizationHeader) }
    let options = options
    let sendable = request
    do {
      return try await withThrowingTaskGroup(of: Answer?.self) { group in
        group.addTask {
          let response = try await client.execute(sendable, timeout: .milliseconds(Int64(options.requestLimit)))
          var body: [UInt8] = []
          for try await part in response.body {
            guard body.count + part.readableBytes <= options.maximumBody else {
              throw KeySourceError.answerTooLarge(limitBytes: options.maximumBody)
            }
            body.append(contentsOf: part.readableBytesView)
          }
          return Answer(
            status: Int(response.status.code), body: body,
            contentType: response.headers.first(name: "Content-Type") ?? "",
            location: response.headers.first(name: "Location"),
            retryAfter: response.headers.first(name: "Retry-After"))
        }
        // The library's own limit ends at the head of the answer; this one covers the body too.
        group.addTask {
          try await Task.sleep(for: .milliseconds(options.requestLimit))
          return nil
        }
        defer { group.cancelAll() }
        guard let answer = try await group.next() ?? nil else {
          throw KeySourceError.requestTimedOut(host: self.address.host, seconds: max(options.requestLimit / 1000, 1))
        }
        return answer
      }
    } catch let error as KeySourceError {
      throw error
    } catch {
      throw Task.isCancelled ? .cancelled : ConnectionFailure.map(error, address: address, options: options)
    }
  }

  private func client() throws(KeySourceError) -> HTTPClient {
    if let client = state.withLock({ $0.client }) { return client }
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(
      connect: .milliseconds(Int64(options.connectLimit)), read: .milliseconds(Int64(options.idleLimit)))
    configuration.decompression = .enabled(limit: .size(options.maximumBody))
    configuration.httpVersion = .http1Only
    // The library would try a refused connection again until the time is over.
    configuration.connectionPool.retryConnectionEstablishment = false
    if let proxy = options.proxy { configuration.proxy = .server(host: proxy.host, port: proxy.port) }
    if address.isSecure {
      var tls = TLSConfiguration.makeClientConfiguration()
      if let caFile = options.caFile {
        do {
          tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(caFile))]
        } catch {
          throw .unreadableFile(path: caFile, reason: "it holds no certificate in PEM form")
        }
      }
      configuration.tlsConfiguration = tls
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let made = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    return state.withLock { state in
      if let client = state.client { return client }
      (state.client, state.group) = (made, group)
      return made
    }
  }

  // MARK: What was answered

  private func decode(_ answer: Answer) throws(KeySourceError) -> KeyPage {
    var body = answer.body
    guard let decoder = PageDecoder() else { throw .badJSON(reason: "there is not enough memory") }
    guard answer.status == 200 else {
      throw ServerAnswer.error(
        status: answer.status, body: &body, retryAfter: answer.retryAfter, decoder: decoder,
        host: address.host, endpoint: state.withLock { $0.endpoint }, tokenWasSent: options.token != nil)
    }
    if ServerAnswer.isHTML(body) { throw .answeredHTML(status: 200, host: address.host) }
    let page: DecodedPage
    do throws(DecodingProblem) {
      page = try decoder.decode(&body)
    } catch {
      let type = answer.contentType.lowercased()
      if !type.isEmpty, !type.contains("json") { throw .wrongContentType(answer.contentType) }
      throw .badJSON(reason: error.reason)
    }
    guard page.root == .page, page.hasMoreWasGiven else {
      throw .badJSON(reason: page.root == .page ? "`has_more` is missing" : "it is not a page with `data`")
    }
    return KeyPage(
      keys: page.keys, hasMore: page.hasMore, firstID: page.firstID, lastID: page.lastID,
      currentPage: page.currentPage, totalPages: page.totalPages, unreadable: page.unreadable,
      unreadableReason: page.unreadableReason)
  }
}
