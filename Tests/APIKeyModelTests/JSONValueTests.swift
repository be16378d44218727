import APIKeyModel
import Foundation
import Testing

@Suite(.timeLimit(.minutes(5))) struct JSONValueTests {
  /// Whether Foundation takes the text; it is laxer than the grammar in a few places, which are left out below.
  private func isJSON(_ text: String) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil  // Nil says no.
  }

  @Test("JSON values agree with a second parser")
  func agreement() {
    let texts = [
      "null", "true", "[]", "{}", "[1,2.5,-0,1e5,1E-2]", "{\"a\":{\"b\":[null,false]}}",
      "\"\\u00e9\\ud83d\\udd11\\n\\/\"",
      " \n[ 1 , 2 ]\t", "", "[", "]", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"", "\"\\x\"",
      "\"\\u12g4\"", "nul", "01", "1.", ".5", "-", "1e", "[1] 2", "{\"a\":1 \"b\":2}", "[\"a\" \"b\"]",
    ]
    for text in texts {
      #expect((JSONValue(parsing: text.utf8) != nil) == isJSON(text), "\(text)")
    }
    // Foundation takes these.
    for text in ["[1,]", "{\"a\":1,}"] { #expect(JSONValue(parsing: text.utf8) == nil) }
    #expect(JSONValue(parsing: "{\"a\":1,\"a\":\"x\\u00e9\"}".utf8)?["a"]?.text == "xé")
    #expect(JSONValue(parsing: "\"\\ud83dx\"".utf8)?.text == "\u{FFFD}x")
    #expect(JSONValue(parsing: "1e400".utf8) == .number("1e400"))
    #expect(JSONValue(parsing: String(repeating: "[", count: 100_000).utf8) == nil)
  }
}
