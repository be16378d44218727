import TerminalCore

/// One field of a CSV file by RFC 4180. Decided by bytes: a cluster such as `",` plus a mark hides no quote.
package enum CSVText {
  /// Adds a field, at any length. Unless `raw`, it is made inert, and what a spreadsheet would run as a formula gets a `'` before it.
  package static func append(_ text: String, raw: Bool, to bytes: inout [UInt8]) {
    // The formula is looked for in the text as sent: a control at its start is visible and harmless afterwards.
    let field = raw ? text : (startsFormula(text) ? "'" : "") + DisplayText(text, limit: .max).string
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte < 0x20
    }
    let hasOuterSpace = field.utf8.first == 0x20 || field.utf8.last == 0x20
    guard needsQuotes || hasOuterSpace || field.isEmpty else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Also true for a formula behind `'`, so that `=1` and `'=1` stay two names.
  private static func startsFormula(_ text: String) -> Bool {
    switch text.unicodeScalars.first(where: { $0 != "'" }) {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\0", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
    default: return false
    }
  }
}
