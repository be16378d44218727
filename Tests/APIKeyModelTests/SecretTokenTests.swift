import APIKeyModel
import Testing

@Suite struct SecretTokenTests {
  @Test("A token that a server says back is taken out of its words")
  func removal() throws {
    let token = try #require(SecretToken(utf8: Array("abcabcab-1".utf8)))
    #expect(token.removed(from: "bad token abcabcab-1!") == "bad token <redacted>!")
    #expect(token.removed(from: "abcabcabcab-1") == "abc<redacted>")
    #expect(token.removed(from: "abcabcab-1abcabcab-1") == "<redacted><redacted>")
    #expect(token.removed(from: "abcabcab-") == "abcabcab-")
    #expect(token.removed(from: "") == "")
    let short = try #require(SecretToken(utf8: Array("a".utf8)))
    #expect(short.removed(from: "banana") == "banana")
  }
}
