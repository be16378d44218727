import APIKeyModel
import TerminalCore

/// Text for the clipboard. There is no way to make one of text from outside that is not sanitized: whoever pastes it
/// into a shell must not run what a name holds.
package struct ClipboardText: Equatable, Sendable {
  /// Lines without their ends; only the program breaks lines.
  package let lines: [String]
  /// False where the text is not byte for byte what the server sent.
  package let isExact: Bool

  /// A value as it is shown, whole, and in UTF-8 whatever the locale: what is drawn safely is copied as it is.
  init(value: String) {
    let shown = DisplayText(value, charset: .utf8, limit: .max).string
    lines = [shown]
    isExact = shown.utf8.elementsEqual(value.utf8)
  }

  /// Lines of the program that have a key's values in them.
  init(lines: [DisplayText], of apiKey: APIKey) {
    self.lines = lines.map(\.string)
    let values =
      [apiKey.id.text, apiKey.name, apiKey.creator?.text, apiKey.lastFour, apiKey.createdText].compactMap { $0 }
      + (apiKey.permissions?.others ?? [])
    isExact = values.allSatisfy { DisplayText($0).string.utf8.elementsEqual($0.utf8) }
  }

  /// JSON gives every value exactly: what is not safe is escaped.
  init(json apiKey: APIKey, asciiOnly: Bool) {
    lines = [APIKeyText.json(apiKey, asciiOnly: asciiOnly)]
    isExact = true
  }

  /// What goes to the clipboard.
  package var string: String { lines.joined(separator: "\n") }
  package var isEmpty: Bool { lines.allSatisfy(\.isEmpty) }
}
