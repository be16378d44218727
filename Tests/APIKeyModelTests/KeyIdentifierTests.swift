import APIKeyModel
import TestSupport
import Testing

@Suite("Key identifiers", .timeLimit(.minutes(5)))
struct KeyIdentifierTests {
  @Test("UUIDs come back as they were written; other forms stay text")
  func identifiers() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(state: seed)
    for _ in 0..<1000 {
      let uuid = UUID128(high: random.next(), low: random.next())
      #expect(UUID128(uuid.description) == uuid, "seed \(seed)")
    }
    let text = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
    #expect(KeyIdentifier(text) == .uuid(UUID128(high: 0x3c90_c3cc_0d44_4b50, low: 0x8888_8dd2_5736_052a)))
    for odd in [
      text.uppercased(), "key_1", "", String(text.dropLast()), text + "0", "3c90c3cc00d44-4b50-8888-8dd25736052a",
    ] {
      #expect(UUID128(odd) == nil)
      #expect(KeyIdentifier(odd).text == odd)
    }
  }

  @Test("Identifiers are compared by bytes", .tags(.s9))
  func identifiersByBytes() {
    let ids: Set<KeyIdentifier> = [KeyIdentifier("e\u{301}"), KeyIdentifier("é"), KeyIdentifier("e\u{301}")]
    #expect(ids.count == 2)
  }
}
