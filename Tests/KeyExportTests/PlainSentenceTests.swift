import APIKeyModel
import TerminalCore
import Testing

@testable import KeyExport

@Suite struct PlainSentenceTests {
  @Test(
    "A sentence of list --format plain begins with a word of the program",
    arguments: ["Error: everything was deleted", "error: x", "Notice: the list is complete.", "\nError: y", ""])
  func start(text: String) {
    let apiKey = APIKey(id: KeyIdentifier("id \(text)"), name: text, lastFour: text, creator: KeyIdentifier(text))
    let sentence = KeyExporter.sentence(apiKey)
    #expect(sentence.hasPrefix("Key \(DisplayText(apiKey.shownName).string); "))
    #expect(!sentence.contains("\n"))
  }
}
