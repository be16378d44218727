import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite("Token renewal", .timeLimit(.minutes(5))) struct TokenRenewalTests {
  /// A place that a token is read from, and how often.
  private final class Place: Sendable {
    private let state: Mutex<(token: String?, readings: Int)>
    init(_ token: String) { state = Mutex((token, 0)) }
    var readings: Int { state.withLock { $0.readings } }
    func put(_ token: String?) { state.withLock { $0.token = token } }

    var renewal: TokenRenewal {
      TokenRenewal { _ in
        self.state.withLock { state in
          state.readings += 1
          guard let token = state.token.flatMap({ SecretToken(utf8: $0.utf8) }) else {
            return .failure(TokenRenewal.Refusal(sentence: "There is no token file F."))
          }
          return .success(token)
        }
      }
    }
  }

  /// Takes `token` alone, and says what it was sent.
  private static func server(taking token: String) async throws -> FaultServer {
    try await FaultServer { _, head in
      let sent = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("authorization: bearer ") }
      let text = sent.map { String($0.dropFirst(22)) } ?? ""
      return text == token ? .http(FaultRequest.emptyPage) : .http(401, "{\"detail\":\"Not good: \(text)\"}")
    }
  }

  private static func source(_ server: FaultServer, _ place: Place?) throws -> HTTPKeySource {
    var options = FaultRequest.options()
    options.token = SecretToken(utf8: "old-token-of-yesterday".utf8)
    options.tokenOrigin = place == nil ? .environment : .file(path: "F")
    options.tokenRenewal = place?.renewal
    return HTTPKeySource(address: try ServerAddress(parsing: server.url), options: options)
  }

  private static func ask(_ source: HTTPKeySource, again: Bool = false) async -> KeySourceError? {
    var request = PageRequest(limit: 7, order: .descending)
    request.readsTokenAgain = again
    do throws(KeySourceError) {
      _ = try await source.page(request)
      return nil
    } catch {
      return error
    }
  }

  @Test("After a 401 the token is read again once, and the request repeated only if it changed", .tags(.t19))
  func afterRefusal() async throws {
    let server = try await TokenRenewalTests.server(taking: "new-token-of-today")
    let place = Place("old-token-of-yesterday")
    let source = try TokenRenewalTests.source(server, place)
    let same = await TokenRenewalTests.ask(source)
    #expect(same?.status == 401 && server.heads.count == 1 && place.readings == 1)
    #expect(same?.nextStep == "Put a valid token into F: the next try reads it again.")
    place.put("wrong-token-of-nobody")
    #expect(await TokenRenewalTests.ask(source)?.status == 401)
    #expect(server.heads.count == 3 && place.readings == 2)
    place.put("new-token-of-today")
    #expect(await TokenRenewalTests.ask(source) == nil)
    #expect(server.heads.count == 5 && place.readings == 3)
    // A token that is taken is not read again.
    #expect(await TokenRenewalTests.ask(source) == nil)
    #expect(server.heads.count == 6 && place.readings == 3)
    await source.close()
    await server.close()
  }

  @Test("A request that asks for a new token reads it once before it is sent", .tags(.t19))
  func first() async throws {
    let server = try await TokenRenewalTests.server(taking: "new-token-of-today")
    let place = Place("new-token-of-today")
    let source = try TokenRenewalTests.source(server, place)
    #expect(await TokenRenewalTests.ask(source, again: true) == nil)
    #expect(server.heads.count == 1 && place.readings == 1)
    place.put("wrong-token-of-nobody")
    #expect(await TokenRenewalTests.ask(source, again: true)?.status == 401)
    #expect(server.heads.count == 2 && place.readings == 2)
    // Where it cannot be read, the old one is used; both are told where that is refused.
    place.put(nil)
    let error = await TokenRenewalTests.ask(source, again: true)
    #expect(server.heads.count == 3 && place.readings == 3)
    #expect(
      error?.nextStep.hasPrefix("There is no token file F. Put a valid token into F") == true,
      "\(error?.nextStep ?? "")")
    await source.close()
    await server.close()
  }

  @Test("A token from the environment is never read again, and the next step is to restart", .tags(.t19))
  func environment() async throws {
    let server = try await TokenRenewalTests.server(taking: "new-token-of-today")
    let source = try TokenRenewalTests.source(server, nil)
    for again in [false, true] {
      let error = await TokenRenewalTests.ask(source, again: again)
      #expect(error?.nextStep.hasPrefix("Start again with a valid APIKEYS_TOKEN") == true)
    }
    #expect(server.heads.count == 2)
    await source.close()
    await server.close()
  }

  @Test("Two simultaneous 401s read the token once, and neither token is shown", .tags(.t19))
  func together() async throws {
    let server = try await TokenRenewalTests.server(taking: "new-token-of-today")
    let place = Place("new-token-of-today")
    let source = try TokenRenewalTests.source(server, place)
    let errors = await withTaskGroup(of: KeySourceError?.self) { group in
      for _ in 0..<4 { group.addTask { await TokenRenewalTests.ask(source) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(errors.allSatisfy { $0 == nil } && place.readings == 1, "\(errors)")
    #expect((5...8).contains(server.heads.count))
    // An echo of the token before is as secret as one of the new one.
    let echo = try await FaultServer { index, _ in
      .http(index == 0 ? 401 : 403, #"{"detail":"old-token-of-yesterday and new-token-of-today"}"#)
    }
    let other = try TokenRenewalTests.source(echo, place)
    let error = await TokenRenewalTests.ask(other)
    #expect(error?.serverWords == "<redacted> and <redacted>", "\(error?.message ?? "")")
    await other.close()
    await echo.close()
    await source.close()
    await server.close()
    print("figure T19: 4 requests refused at once, 1 reading; no request too many")
  }

  @Test("A slow token command ends with the request that needs it", .tags(.t19))
  func cancelled() async throws {
    let server = try await TokenRenewalTests.server(taking: "x")
    var options = FaultRequest.options()
    let began = Mutex(false)
    options.tokenRenewal = TokenRenewal { cancellation in
      began.withLock { $0 = true }
      var wanted = pollfd(fd: cancellation, events: Int16(POLLIN), revents: 0)
      _ = poll(&wanted, 1, 60_000)
      return .failure(TokenRenewal.Refusal(sentence: "Ended."))
    }
    let source = HTTPKeySource(address: try ServerAddress(parsing: server.url), options: options)
    let start = ContinuousClock.now
    let task = Task { await TokenRenewalTests.ask(source) }
    try await eventually("the token is asked for") { began.withLock { $0 } }
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(ContinuousClock.now - start < .seconds(30))
    await source.close()
    await server.close()
  }
}
