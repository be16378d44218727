import APIKeyClient
import APIKeyHTTPClient
import Foundation
import TestSupport
import Testing

@Suite("Trying again") struct RetryTests {
  @Test("No pointless retry", .tags(.e8), arguments: [400, 401, 403, 404, 422, 501, 505])
  func noRetry(status: Int) async throws {
    let result = try await Asking.page { _, _ in .http(status, #"{"detail":"no"}"#) }
    #expect(result.error != nil)
    #expect(result.heads.count == 1)
  }

  @Test("Three tries where the failure may pass", .tags(.e8), arguments: [408, 429, 500, 502, 503, 504])
  func retries(status: Int) async throws {
    let failing = try await Asking.page { _, _ in .http(status, "{}") }
    #expect(failing.error != nil)
    #expect(failing.heads.count == 3)
    let passing = try await Asking.page { index, _ in index < 2 ? .http(status, "{}") : .http(Asking.emptyPage) }
    #expect(passing.error == nil)
    print("figure E8: 1 request for 400 401 403 404 422 501 505, 3 for 408 429 500 502 503 504 and lost connections")
  }

  @Test("Reset and truncated answers are tried three times", .tags(.e2))
  func lost() async throws {
    let reset = try await Asking.page { _, _ in .http(Asking.emptyPage, toxics: [.reset(afterBytes: 0)]) }
    #expect(reset.error == .connectionLost(host: "127.0.0.1"))
    #expect(reset.heads.count == 3)
    let truncated = try await Asking.page { _, _ in .http(Asking.emptyPage, toxics: [.limit(bytes: 90)]) }
    #expect(truncated.error?.exitCode == 69)
    #expect(truncated.heads.count == 3)
  }

  @Test(
    "A short Retry-After is waited for, in seconds and as a date", .tags(.e8), arguments: [429, 500, 502, 503, 504])
  func shortRetryAfter(status: Int) async throws {
    // A date that is past asks for no wait; so does 0. The usual pause would outlast the test.
    var options = Asking.options()
    options.retries.firstPause = 3_600_000
    for value in ["0", "Sun, 06 Nov 1994 08:49:37 GMT"] {
      let result = try await Asking.page(options: options) { index, _ in
        index == 0 ? .http(status, "{}", headers: "Retry-After: \(value)\r\n") : .http(Asking.emptyPage)
      }
      #expect(result.error == nil)
      #expect(result.heads.count == 2)
    }
    let start = ContinuousClock.now
    let result = try await Asking.page(options: options) { index, _ in
      index == 0 ? .http(status, "{}", headers: "Retry-After: 1\r\n") : .http(Asking.emptyPage)
    }
    #expect(result.error == nil)
    #expect(ContinuousClock.now - start >= .seconds(1))
  }

  @Test("A long Retry-After is told, not slept", .tags(.e8), arguments: [429, 500, 502, 503, 504])
  func longRetryAfter(status: Int) async throws {
    for value in ["31", "3600", "604800", "Fri, 01 Jan 2100 00:00:00 GMT"] {
      let result = try await Asking.page { _, _ in .http(status, "{}", headers: "Retry-After: \(value)\r\n") }
      #expect(result.heads.count == 1)
      let asked = try #require(result.error?.retryAfter)
      // The number that the server asked for: 2100 is that many seconds away.
      let expected = Int(value) ?? 4_102_444_800 - Int(Date().timeIntervalSince1970)
      #expect(abs(asked - expected) <= (Int(value) == nil ? 30 : 0), "\(value): \(asked)")
      if value == "604800" { #expect(result.error?.message.contains("wait 604,800 seconds") == true) }
      #expect(result.error?.exitCode == (status == 429 ? 75 : 69))
    }
  }
}
