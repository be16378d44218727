import Testing

@testable import Digests

@Suite("Base 64", .timeLimit(.minutes(5)))
struct Base64Tests {
  @Test(
    "Base 64 gives the examples of RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func examples(text: String, encoded: String) {
    #expect(Base64.text(Array(text.utf8)) == encoded)
    #expect(Base64.bytes(encoded) == Array(text.utf8))
  }

  @Test("Every byte value decodes back")
  func everyByte() {
    for count in 0...260 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
      #expect(Base64.bytes(Base64.text(bytes)) == bytes)
    }
  }

  @Test(
    "Text that is not canonical base 64 is refused",
    arguments: ["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z", "Zm9v=", "Zm 9v", "Zm9v\n", "Zm-_", "====", "=Zg="])
  func refused(text: String) { #expect(Base64.bytes(text) == nil) }
}
