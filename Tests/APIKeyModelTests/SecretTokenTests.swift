import APIKeyModel
import TestSupport
import Testing

@Suite("Secret tokens", .timeLimit(.minutes(5)))
struct SecretTokenTests {
  @Test("A token prints as <redacted> in every way")
  func token() throws {
    struct Holder { let token: SecretToken }
    let secret = "sk-live-0123456789"
    let token = try #require(SecretToken(utf8: Array(secret.utf8)))
    var dumped = ""
    dump(token, to: &dumped)
    dump(Holder(token: token), to: &dumped)
    dump(["token": token], to: &dumped)
    let texts = [
      token.description, token.debugDescription, String(describing: token), String(reflecting: token), "\(token)",
      String(describing: Holder(token: token)), String(reflecting: Holder(token: token)), "\([token])",
      "\(Optional(token) as Any)", dumped,
    ]
    for text in texts { #expect(text.contains("<redacted>") && !text.contains("sk-live") && !text.contains("115")) }
    #expect(Mirror(reflecting: token).children.isEmpty)
    #expect(token.authorizationHeader == "Bearer " + secret)
    for bad in ["", "a b", "a\n", "\u{e9}", String(repeating: "a", count: 8193)] {
      #expect(SecretToken(utf8: Array(bad.utf8)) == nil)
    }
  }
}
