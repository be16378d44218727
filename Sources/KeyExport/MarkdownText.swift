/// Text in a cell of a Markdown table that reads the same when it is rendered, and does nothing.
///
/// Values are code spans: GitHub, GitLab and others link no addresses, mentions, issues and commits in them, and draw
/// no emphasis, mathematics or emoji. Escaping would not do, because those are looked for after escapes are gone.
enum MarkdownText {
  /// Adds sanitized text of one line, in time linear in its bytes.
  ///
  /// What a code span cannot hold everywhere is between two of them, as a character reference: backticks, `|`, and
  /// spaces at an end.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { utf8 in
      for run in utf8.split(omittingEmptySubsequences: false, whereSeparator: { $0 == backtick || $0 == bar }) {
        if run.startIndex > utf8.startIndex { append(reference: utf8[run.startIndex - 1], to: &bytes) }
        let inner = run.drop { $0 == space }
        for _ in run.startIndex..<inner.startIndex { append(reference: space, to: &bytes) }
        let length = inner.reversed().drop { $0 == space }.count
        if length > 0 {
          bytes.append(backtick)
          bytes.append(contentsOf: inner.prefix(length))
          bytes.append(backtick)
        }
        for _ in 0..<inner.count - length { append(reference: space, to: &bytes) }
      }
    }
  }

  private static let backtick = UInt8(ascii: "`")
  private static let bar = UInt8(ascii: "|")
  private static let space = UInt8(ascii: " ")

  private static func append(reference byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "&#\(byte);".utf8)
  }
}
