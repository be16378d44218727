/// A line that plain mode prints. How it begins follows from its kind alone: no text of users or servers can look like an
/// error of the program.
package struct PlainLine: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case text
    /// A value to be copied, alone on its line.
    case value
    case error
  }

  package let kind: Kind
  /// One line, safe to print, without what the kind puts before it.
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  package static func text(_ text: String) -> PlainLine { PlainLine(.text, text) }
  package static func error(_ text: String) -> PlainLine { PlainLine(.error, text) }

  private static let errorStart = "Error:"

  /// The line as it is printed, without its end.
  package var printed: String {
    switch kind {
    case .error: "\(PlainLine.errorStart) \(text)"
    case .value: PlainLine.looksLikeError(text) ? "Copied: \(text)" : text
    case .text: PlainLine.looksLikeError(text) ? "Text: \(text)" : text
    }
  }

  /// Whether a text begins as an error line does, to the ear as well: spaces and case aside.
  package static func looksLikeError(_ text: String) -> Bool {
    let start = text.utf8.drop { $0 == UInt8(ascii: " ") }.prefix(PlainLine.errorStart.utf8.count)
    // ASCII letters without regard to case; the colon has this bit set anyway.
    return start.elementsEqual(PlainLine.errorStart.utf8) { $0 | 0x20 == $1 | 0x20 }
  }
}
