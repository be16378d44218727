import APIKeyModel
import KeyJSON
import TerminalCore

/// Text for the clipboard. There is no way to make one of text from outside that is not sanitized, and it is one line:
/// whoever pastes it into a shell must not run what a name holds, not even as the second line of a whole key.
package struct ClipboardText: Equatable, Sendable {
  /// What plain mode prints: lines without their ends; only the program breaks lines.
  package let lines: [String]
  /// False where the text is not byte for byte what the server sent.
  package let isExact: Bool

  /// A value as it is shown, whole, and in UTF-8 whatever the locale: what is drawn safely is copied as it is.
  init(value: String) {
    let shown = ClipboardText.visible(DisplayText(value, charset: .utf8, limit: .max).string)
    lines = [shown]
    isExact = shown.utf8.elementsEqual(value.utf8)
  }

  /// Lines of the program that have a key's values in them.
  init(lines: [DisplayText], of apiKey: APIKey) {
    self.lines = lines.map(\.string)
    let values =
      [apiKey.id.text, apiKey.name, apiKey.creator?.text, apiKey.lastFour, apiKey.createdText].compactMap { $0 }
      + (apiKey.permissions?.others ?? [])
    isExact =
      !apiKey.isOdd && values.allSatisfy { ClipboardText.visible(DisplayText($0).string).utf8.elementsEqual($0.utf8) }
  }

  /// JSON gives every value exactly: what is not safe is escaped.
  init(json apiKey: APIKey, asciiOnly: Bool) {
    lines = [
      ClipboardText.visible(KeyJSON.text(apiKey, asciiOnly: asciiOnly)) { scalar in
        String(scalar).utf16.map { "\\u" + ClipboardText.digits(UInt32($0)) }.joined()
      }
    ]
    isExact = true
  }

  /// What goes to the clipboard: no control, no line break, nothing that is not seen.
  package var string: String {
    guard lines.count > 1 else { return lines.first ?? "" }
    let parts = lines.filter { !$0.isEmpty }.map { line in String(line.drop { $0 == " " }) }
    return ClipboardText.visible(parts.joined(separator: "; "))
  }

  /// What a terminal draws as one picture is pasted as several characters, of which some are not seen: each is written
  /// as a `code` of its own.
  private static func visible(
    _ text: String, code: (Unicode.Scalar) -> String = { "<U+\(digits($0.value))>" }
  ) -> String {
    func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value > 0x7E
        && (scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .format)
    }
    guard text.unicodeScalars.contains(where: isUnseen) else { return text }
    var output = ""
    for scalar in text.unicodeScalars {
      if isUnseen(scalar) { output += code(scalar) } else { output.unicodeScalars.append(scalar) }
    }
    return output
  }

  /// Four hexadecimal digits or more.
  private static func digits(_ value: UInt32) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(4 - text.count, 0)) + text
  }

  package var isEmpty: Bool { lines.allSatisfy(\.isEmpty) }
}
