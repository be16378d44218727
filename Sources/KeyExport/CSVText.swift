package import TerminalCore

/// One field of a CSV file by RFC 4180, always quoted. Decided by bytes: a cluster such as `",` plus a mark hides no quote.
package enum CSVText {
  /// Adds a field, at any length. Unless `raw`, it is sanitized, and no spreadsheet takes any of it for a formula: see
  /// ``CellText``. `isOwn` is true for this program's words.
  package static func append(
    _ text: String, raw: Bool, charset: DisplayCharset = .utf8, isOwn: Bool = false, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "\""))
    if raw {
      CellText.append(raw: text, quoted: true, to: &bytes)
    } else {
      CellText.append(
        guarding: DisplayText(text, charset: charset, limit: .max).string, quoted: true, isOwn: isOwn, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// One field of a TSV file: sanitized, so that it holds neither tab nor line break.
package enum TSVText {
  /// Adds a field, at any length. Unless `raw`, no spreadsheet takes any of it for a formula, nor its start for a quote:
  /// see ``CellText``. `isOwn` is true for this program's words.
  package static func append(
    _ text: String, raw: Bool = false, charset: DisplayCharset = .utf8, isOwn: Bool = false, to bytes: inout [UInt8]
  ) {
    let shown = DisplayText(text, charset: charset, limit: .max).string
    if raw {
      CellText.append(raw: shown, quoted: false, to: &bytes)
    } else {
      CellText.append(guarding: shown, quoted: false, isOwn: isOwn, to: &bytes)
    }
  }
}
