import APIKeyClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct KeySourceErrorTests {
  @Test("Each error has its own sentence and a next step")
  func sentences() {
    let errors: [KeySourceError] = [
      .nameNotFound(host: "h"), .connectionRefused(host: "h", port: 1), .unreachable(host: "h", reason: "r"),
      .tlsFailed(host: "h", reason: .oldVersion), .proxyFailed(proxy: "h", reason: .closed),
      .speaksTLS(host: "h", port: 1),
      .connectTimedOut(host: "h", seconds: 1),
      .headersTimedOut(host: "h", seconds: 1), .idleTimedOut(host: "h", seconds: 1),
      .requestTimedOut(host: "h", seconds: 1), .connectionLost(host: "h"), .truncatedResponse(host: "h"),
      .notAuthenticated(message: "m", tokenWasSent: true), .notAuthenticated(message: "m", tokenWasSent: false),
      .notAllowed(message: "m"), .noSuchEndpoint(url: "u"), .rejected(status: 422, message: "m"),
      .rateLimited(retryAfter: nil, message: "m"), .rateLimited(retryAfter: 40, message: "m"),
      .serverFailed(status: 500, message: "m"), .serverFailed(status: 503, message: "m", retryAfter: 40),
      .redirected(status: 307, target: "t"), .redirected(status: 307, target: ""),
      .receivedHTML(status: 200, host: "h"), .wrongContentType("t"), .badJSON(reason: "r"),
      .responseTooLarge(limitBytes: 1 << 24), .headersTooLarge(limitBytes: 300 << 10),
      .cursorIgnored(parameter: "after"),
      .unknownCompression("br"), .foreignListener(host: "h", port: 1, user: "u", userID: 7),
      .unknownListener(host: "h", port: 1, reason: "r"), .cursorRepeated, .tooManyEmptyPages, .noSuchFile(path: "p"),
      .unreadableFile(path: "p", reason: "r"),
      .unusableCertificates(path: "p", reason: "r"),
      .badFile(path: "p", reason: "r"), .notRereadable, .cancelled,
    ]
    #expect(Set(errors.map(\.message)).count == errors.count)
    for error in errors {
      #expect(error.message.last == "." || error.message.last == "?", "\(error.message)")
      #expect(error.nextStep.last == "." && error.nextStep.count > 8, "\(error.nextStep)")
      #expect([65, 66, 69, 75, 77, 130].contains(error.exitCode))
    }
  }
}
