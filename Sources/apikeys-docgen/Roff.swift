/// Builds text in the man macro language; every piece of text passes ``escaped(_:)`` once.
struct Roff {
  private(set) var text = ""

  /// A line that is already in the macro language.
  mutating func raw(_ line: String) {
    text += line + "\n"
  }

  mutating func section(_ title: String) {
    raw(".SH \(Roff.quoted(title))")
  }

  mutating func subsection(_ title: String) {
    raw(".SS \(Roff.quoted(title))")
  }

  /// A tagged paragraph; `label` is already in the macro language, `body` is plain text.
  mutating func item(_ label: String, _ body: String) {
    raw(".TP")
    raw(label)
    raw(body.isEmpty ? "\\&" : Roff.escaped(body.split(separator: "\n").joined(separator: " ")))
  }

  /// Plain text whose blank lines part paragraphs.
  mutating func paragraphs(_ body: String) {
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      raw(line.allSatisfy { $0 == " " } ? ".PP" : Roff.escaped(String(line)))
    }
  }

  /// Keeps backslashes, leading dots and hyphens what they are: options must be searchable and copyable.
  static func escaped(_ text: String) -> String {
    let inner = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return inner.hasPrefix(".") || inner.hasPrefix("'") ? "\\&" + inner : inner
  }

  static func quoted(_ text: String) -> String {
    "\"" + escaped(text).replacing("\"", with: "\\(dq") + "\""
  }
}
