import TerminalCore

/// Text of one cell of CSV or TSV, which no spreadsheet takes for a formula, whichever separator it reads with.
///
/// The rule, by which a reader gets the sanitized text back: a cell consists of parts, which end at each `,`, `;` and
/// `|`. A part that begins, after any spaces and `'`, with `=`, `+`, `-`, `@`, one of their wide or small forms, a
/// minus sign or `"` has one `'` more at its start. So has a value that is nothing but `'`, or nothing at all, because
/// an empty cell is one that was not reported; and a value that begins, after any `'`, with `not understood: `, because
/// this program writes that for fields. Two texts never become the same one.
enum CellText {
  /// Adds sanitized text, at any length, in time linear in its bytes. `quoted` doubles each `"`, as CSV wants.
  static func append(guarding text: String, quoted: Bool, isOwn: Bool = false, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { utf8 in
      if !isOwn, imitatesOwn(utf8) { bytes.append(apostrophe) }
      var start = bytes.count
      var isAtStart = true
      var place = 0
      while place < utf8.count {
        if isAtStart {
          let filler = length(ofFiller: utf8, at: place)
          if filler > 0 {
            bytes.append(contentsOf: utf8[place..<place + filler])
            place += filler
            continue
          }
          isAtStart = false
          if isSign(utf8, at: place) { bytes.insert(apostrophe, at: start) }
        }
        var end = place
        while end < utf8.count, !isSeparator(utf8[end]), !quoted || utf8[end] != quote { end += 1 }
        bytes.append(contentsOf: utf8[place..<end])
        guard end < utf8.count else { return }
        bytes.append(utf8[end])
        if isSeparator(utf8[end]) {
          isAtStart = true
          start = bytes.count
        } else {
          bytes.append(quote)
        }
        place = end + 1
      }
    }
  }

  private static let ownWords = Array("not understood: ".utf8)

  /// Whether a value has the form of this program's text for a field, or for a field that is not there.
  private static func imitatesOwn(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = 0
    while place < utf8.count, utf8[place] == apostrophe { place += 1 }
    guard place < utf8.count else { return true }
    guard utf8[place] == UInt8(ascii: "n"), utf8.count - place >= ownWords.count else { return false }
    return ownWords.indices.allSatisfy { utf8[place + $0] == ownWords[$0] }
  }

  /// Adds the text as it is; `quoted` doubles each `"`.
  static func append(raw text: String, quoted: Bool, to bytes: inout [UInt8]) {
    guard quoted else { return bytes.append(contentsOf: text.utf8) }
    for byte in text.utf8 {
      if byte == quote { bytes.append(byte) }
      bytes.append(byte)
    }
  }

  private static let quote = UInt8(ascii: "\"")
  private static let apostrophe = UInt8(ascii: "'")
  /// What a program may be configured to take for the end of a cell; a tab never gets through the sanitizer.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
  }

  /// How many bytes here are a space, an ideographic space or `'`; a spreadsheet may look past them.
  private static func length(ofFiller utf8: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    switch utf8[place] {
    case 0x20, apostrophe: 1
    case 0xE3 where matches(utf8, place, 0x80, 0x80): 3
    default: 0
    }
  }

  /// Whether what begins here would make a cell a formula, or begin a quoted one.
  private static func isSign(_ utf8: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    switch utf8[place] {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), quote: true
    // U+2212 MINUS SIGN.
    case 0xE2: matches(utf8, place, 0x88, 0x92)
    // The wide forms U+FF1D, FF0B, FF0D, FF20 and the small forms U+FE62, FE63, FE66, FE6B.
    case 0xEF:
      [0x9D, 0x8B, 0x8D, 0xA0].contains { matches(utf8, place, 0xBC, $0) }
        || [0xA2, 0xA3, 0xA6, 0xAB].contains { matches(utf8, place, 0xB9, $0) }
    default: false
    }
  }

  private static func matches(
    _ utf8: UnsafeBufferPointer<UInt8>, _ place: Int, _ second: UInt8, _ third: UInt8
  ) -> Bool {
    place + 2 < utf8.count && utf8[place + 1] == second && utf8[place + 2] == third
  }
}
