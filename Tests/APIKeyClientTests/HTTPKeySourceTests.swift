import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import TestSupport
import Testing

@Suite struct HTTPKeySourceTests {
  private static let emptyPage = #"{"data":[],"has_more":false,"first_id":null,"last_id":null}"#

  /// Short limits, so that a hanging server is found out soon.
  private static func options() -> HTTPOptions {
    var options = HTTPOptions()
    options.connectLimit = 500
    options.idleLimit = 2000
    options.requestLimit = 6000
    options.firstPause = 1
    options.maximumBody = 100_000
    options.token = SecretToken(utf8: Array("canary".utf8))
    return options
  }

  /// Asks one page of a server that answers by the script; gives the error, if any, and the requests seen.
  private func ask(
    _ answer: @escaping @Sendable (Int, String) -> FaultServer.Answer
  ) async throws -> (error: KeySourceError?, heads: [String]) {
    let server = try await FaultServer(answer)
    let source = HTTPKeySource(
      address: try ServerAddress(parsing: server.url), options: HTTPKeySourceTests.options())
    var failure: KeySourceError?
    do throws(KeySourceError) {
      _ = try await source.page(PageRequest(limit: 7, order: .descending, cursor: .after(KeyIdentifier("a b&c"))))
    } catch {
      failure = error
    }
    await source.close()
    await server.close()
    return (failure, server.heads)
  }

  @Test func sendsTheRequestOfTheContract() async throws {
    let result = try await ask { _, _ in .http(HTTPKeySourceTests.emptyPage) }
    #expect(result.error == nil)
    let head = try #require(result.heads.first)
    #expect(head.hasPrefix("GET /v1/api_key/?limit=7&order=desc&after=a%20b%26c HTTP/1.1\r\n"))
    #expect(head.lowercased().contains("authorization: bearer canary\r\n"))
  }

  @Test("E8 no pointless retry", arguments: [(401, 1), (403, 1), (404, 1), (422, 1), (400, 1), (501, 1)])
  func noRetry(status: Int, requests: Int) async throws {
    let result = try await ask { _, _ in .http(status, #"{"detail":"no"}"#) }
    #expect(result.error != nil)
    #expect(result.heads.count == requests)
  }

  @Test("E8 three tries where the failure may pass", arguments: [408, 429, 500, 502, 503, 504])
  func retries(status: Int) async throws {
    let failing = try await ask { _, _ in .http(status, "{}") }
    #expect(failing.error != nil)
    #expect(failing.heads.count == 3)
    let passing = try await ask { index, _ in
      index < 2 ? .http(status, "{}") : .http(HTTPKeySourceTests.emptyPage)
    }
    #expect(passing.error == nil)
  }

  @Test("E8 a long Retry-After is told, not slept")
  func longRetryAfter() async throws {
    let result = try await ask { _, _ in .http(429, "{}", headers: "Retry-After: 3600\r\n") }
    guard case .rateLimited(3600?, _) = result.error else {
      Issue.record("\(String(describing: result.error))")
      return
    }
    #expect(result.heads.count == 1)
  }

  @Test("B7 redirects are never followed", arguments: [301, 302, 303, 307, 308])
  func redirects(status: Int) async throws {
    let other = try await FaultServer { _, _ in .http(HTTPKeySourceTests.emptyPage) }
    let target = other.url + "/v1/api_key/"
    let result = try await ask { _, _ in .http(status, "", headers: "Location: \(target)\r\n") }
    #expect(result.error == .redirected(status: status, target: target))
    #expect(other.connections == 0)
    await other.close()
  }

  @Test("E1 a server that says nothing")
  func silence() async throws {
    let result = try await ask { _, _ in .init(bytes: [], ending: .hang) }
    #expect(result.error?.exitCode == 75)
  }

  @Test("E1 a trickle does not outlive the whole limit")
  func trickle() async throws {
    let result = try await ask { _, _ in
      var answer = FaultServer.Answer.http(String(repeating: " ", count: 5000))
      answer.slice = 1
      answer.milliseconds = 20
      return answer
    }
    // Bytes keep coming, so neither the head's nor the idle limit ends it: the limit of the whole request does.
    #expect(result.error == .requestTimedOut(host: "127.0.0.1", seconds: 6))
  }

  @Test("E2 refused") func refused() async throws {
    let server = try await FaultServer { _, _ in .http("") }
    let url = server.url
    await server.close()
    let address = try ServerAddress(parsing: url)
    let source = HTTPKeySource(address: address, options: HTTPKeySourceTests.options())
    await #expect(throws: KeySourceError.connectionRefused(host: "127.0.0.1", port: address.port)) {
      try await source.page(PageRequest(limit: 1, order: .descending))
    }
    await source.close()
  }

  @Test("E2 reset and truncated answers are tried three times")
  func lost() async throws {
    let reset = try await ask { _, _ in .init(bytes: [], ending: .reset) }
    #expect(reset.error == .connectionLost(host: "127.0.0.1"))
    #expect(reset.heads.count == 3)
    let truncated = try await ask { _, _ in
      .init(
        bytes: Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{".utf8),
        ending: .close)
    }
    #expect(truncated.error?.exitCode == 69)
    #expect(truncated.heads.count == 3)
  }

  @Test("E3 an endless body is given up")
  func endless() async throws {
    let result = try await ask { _, _ in
      .init(
        bytes: Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".utf8),
        endless: [UInt8](repeating: 0x20, count: 65_536))
    }
    #expect(result.error == .answerTooLarge(limitBytes: 100_000))
  }

  @Test("E4 HTML is named as such")
  func html() async throws {
    let result = try await ask { _, _ in .http("<!DOCTYPE html><p>Sign in", type: "text/html") }
    #expect(result.error == .answeredHTML(status: 200, host: "127.0.0.1"))
  }

  @Test("E2 what is not JSON is told")
  func wrongContent() async throws {
    #expect(try await ask { _, _ in .http("hello", type: "text/plain") }.error == .wrongContentType("text/plain"))
    #expect(try await ask { _, _ in .http("{") }.error?.exitCode == 65)
    #expect(try await ask { _, _ in .http(#"{"data":[]}"#) }.error?.exitCode == 65)
  }

  @Test(
    "B8 clear text only to this machine",
    arguments: [
      "http://127.0.0.1:80@evil", "http://localhost.evil.com", "http://2130706433", "http://0.0.0.0",
      "http://0x7f.0.0.1",
      "http://127.1", "http://127.0.0.1.evil.com", "http://[::ffff:127.0.0.1]", "http://evil.com", "ftp://localhost",
      "localhost:3000", "http://", "http://localhost:0", "http://localhost:99999", "http://local host", "http://[::1",
      "http://localhost#@evil", "http://localhost\\@evil",
    ])
  func refusedAddresses(url: String) {
    #expect(throws: ServerAddress.Problem.self) { try ServerAddress(parsing: url) }
  }

  @Test(
    "B8 addresses that are taken",
    arguments: [
      "http://127.0.0.1:3000", "http://127.9.9.9", "http://localhost", "http://LOCALHOST:1/", "http://[::1]:3000",
      "https://keys.example.com/base/",
    ])
  func takenAddresses(url: String) throws {
    #expect(try ServerAddress(parsing: url).endpoint.hasSuffix("/v1/api_key/"))
  }
}
