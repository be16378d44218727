import APIKeyClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct RetryPolicyTests {
  @Test("Pauses double, with jitter, and Retry-After replaces them", .tags(.e8))
  func pauses() {
    let policy = RetryPolicy()
    let lost = KeySourceError.connectionLost(host: "h")
    #expect(policy.pause(after: lost, attempt: 1, jitter: \.lowerBound) == 1000)
    #expect(policy.pause(after: lost, attempt: 2, jitter: \.lowerBound) == 2000)
    #expect(policy.pause(after: lost, attempt: 1, jitter: \.upperBound) == 1250)
    #expect(policy.pause(after: lost, attempt: 3) == nil)
    let pauses = Set((0..<200).compactMap { _ in policy.pause(after: lost, attempt: 2) })
    #expect(pauses.count > 20 && pauses.allSatisfy { (2000...2500).contains($0) })
    #expect(policy.pause(after: .rateLimited(retryAfter: 30, message: ""), attempt: 1) == 30_000)
    #expect(policy.pause(after: .rateLimited(retryAfter: 31, message: ""), attempt: 1) == nil)
    #expect(policy.pause(after: .serverFailed(status: 503, message: "", retryAfter: 7), attempt: 2) == 7000)
    for error in [
      KeySourceError.connectTimedOut(host: "h", seconds: 1), .requestTimedOut(host: "h", seconds: 1),
      .connectionRefused(host: "h", port: 1), .tlsFailed(host: "h", reason: .notTLS), .badJSON(reason: ""),
    ] { #expect(policy.pause(after: error, attempt: 1) == nil) }
  }
}
