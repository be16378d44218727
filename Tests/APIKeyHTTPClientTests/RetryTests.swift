import APIKeyClient
import APIKeyHTTPClient
import Foundation
import TestSupport
import Testing

@Suite("Retries", .timeLimit(.minutes(5))) struct RetryTests {
  @Test("Permanent failures are not retried", .tags(.e8), arguments: [400, 401, 403, 404, 422, 501, 505])
  func noRetry(status: Int) async throws {
    let result = try await FaultRequest.page { _, _ in .http(status, #"{"detail":"no"}"#) }
    #expect(result.error != nil)
    #expect(result.heads.count == 1)
  }

  @Test("Temporary failures are tried three times", .tags(.e8), arguments: [408, 429, 500, 502, 503, 504])
  func retries(status: Int) async throws {
    let failing = try await FaultRequest.page { _, _ in .http(status, "{}") }
    #expect(failing.error != nil)
    #expect(failing.heads.count == 3)
    let passing = try await FaultRequest.page { index, _ in
      index < 2 ? .http(status, "{}") : .http(FaultRequest.emptyPage)
    }
    #expect(passing.error == nil)
    print("figure E8: 1 request for 400 401 403 404 422 501 505, 3 for 408 429 500 502 503 504 and lost connections")
  }

  @Test("Reset and truncated responses are tried three times", .tags(.e2))
  func lost() async throws {
    let reset = try await FaultRequest.page { _, _ in .http(FaultRequest.emptyPage, toxics: [.reset(afterBytes: 0)]) }
    #expect(reset.error == .connectionLost(host: "127.0.0.1"))
    #expect(reset.heads.count == 3)
    let truncated = try await FaultRequest.page { _, _ in .http(FaultRequest.emptyPage, toxics: [.limit(bytes: 90)]) }
    #expect(truncated.error?.exitCode == 69)
    #expect(truncated.heads.count == 3)
  }

  @Test(
    "A short Retry-After, in seconds or as a date, is waited for", .tags(.e8), arguments: [429, 500, 502, 503, 504])
  func shortRetryAfter(status: Int) async throws {
    // A date that is past asks for no wait; so does 0. The usual pause would outlast the test.
    var options = FaultRequest.options()
    options.retries.firstPause = 3_600_000
    for value in ["0", "Sun, 06 Nov 1994 08:49:37 GMT"] {
      let result = try await FaultRequest.page(options: options) { index, _ in
        index == 0 ? .http(status, "{}", headers: "Retry-After: \(value)\r\n") : .http(FaultRequest.emptyPage)
      }
      #expect(result.error == nil)
      #expect(result.heads.count == 2)
    }
    let start = ContinuousClock.now
    let result = try await FaultRequest.page(options: options) { index, _ in
      index == 0 ? .http(status, "{}", headers: "Retry-After: 1\r\n") : .http(FaultRequest.emptyPage)
    }
    #expect(result.error == nil)
    #expect(ContinuousClock.now - start >= .seconds(1))
  }

  @Test("A long Retry-After is reported without waiting", .tags(.e8), arguments: [429, 500, 502, 503, 504])
  func longRetryAfter(status: Int) async throws {
    for value in ["31", "3600", "604800", "Fri, 01 Jan 2100 00:00:00 GMT"] {
      let result = try await FaultRequest.page { _, _ in .http(status, "{}", headers: "Retry-After: \(value)\r\n") }
      #expect(result.heads.count == 1)
      let asked = try #require(result.error?.retryAfter)
      // The number that the server asked for: 2100 is that many seconds away.
      let expected = Int(value) ?? 4_102_444_800 - Int(Date().timeIntervalSince1970)
      #expect(abs(asked - expected) <= (Int(value) == nil ? 30 : 0), "\(value): \(asked)")
      if value == "604800" { #expect(result.error?.message.contains("wait 604,800 seconds") == true) }
      #expect(result.error?.exitCode == (status == 429 ? 75 : 69))
    }
  }

  @Test("Retry-After numbers that overflow are bounded or refused", .tags(.s5))
  func retryAfter() async throws {
    for (value, seconds) in [
      ("99999999999999999999", 999_999_999_999), ("86401", 86_401), ("-1", nil), ("+5", nil), ("5 5", nil),
      ("Sun, 06 Nov 292277026597 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
    ] as [(String, Int?)] {
      var options = FaultRequest.options()
      options.retries.tries = 1
      for status in [429, 503] {
        let result = try await FaultRequest.page(options: options) { _, _ in
          .http(status, "{}", headers: "Retry-After: \(value)\r\n")
        }
        #expect(result.error?.retryAfter == seconds, "\(value)")
      }
    }
  }
}
