import TestSupport
import Testing

@testable import TerminalCore

/// Invisible scalars, by the ranges a hostile name would take them from.
private let invisible: [Unicode.Scalar] = [
  0xA0...0xA0, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x180E...0x180E, 0x2000...0x200F,
  0x2028...0x202F, 0x205F...0x2064, 0x2066...0x206F, 0x2800...0x2800, 0x3164...0x3164, 0xFE00...0xFE0F,
  0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF9...0xFFFB, 0x1D173...0x1D17A, 0xE0001...0xE0001, 0xE0020...0xE007F,
  0xE0100...0xE01EF, 0xE000...0xE010, 0x80...0x9F, 0x01...0x1F, 0x7F...0x7F,
].flatMap { ($0 as ClosedRange<UInt32>).compactMap { Unicode.Scalar($0) } }

/// Names that attack: controls, directions, joiners, heaps of marks, and pictures.
private let hostile: [String] = [
  "\u{1B}[2J", "\u{1B}]0;title\u{07}", "\u{1B}]52;c;ZXZpbA==\u{07}", "\u{9B}31m", "\u{90}q\u{9C}", "a\r\nb", "a\u{85}b",
  "a\u{2028}b\u{2029}c", "\u{202E}evil\u{202C}", "\u{2066}a\u{2069}", "a\u{200B}b", "a\u{FE0F}\u{200D}\u{1F600}",
  "\u{1F600}\u{FE0F}\u{200D}\u{1F600}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{200D}\u{1F600}",
  "\u{1F600}\u{200D}", "\u{301}a", "e" + String(repeating: "\u{301}", count: 9), "\u{1F600}\u{FE0F}\u{FE0F}",
  "\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}", "\u{1100}\u{1161}\u{11A8}", "\u{1161}", "\u{0}", "\u{7F}", "", " ",
  "\u{1F44D}\u{1F3FD}", "\u{FFFE}", "\u{10FFFF}", "\u{D7FB}", "<U+202E>", "\u{2026}(+5)",
  String(repeating: "\u{202E}", count: 2000), String(repeating: "x", count: 1024), String(repeating: "x", count: 1025),
  String(repeating: "\u{1F600}\u{200D}", count: 800) + "\u{1F600}", String(repeating: "\u{E9}", count: 1024),
  String(repeating: "\u{E9}", count: 1025), String(repeating: "e\u{301}", count: 700),
]

@Suite("Sanitized text", .timeLimit(.minutes(20)))
struct DisplayTextTests {
  private func isInert(_ text: DisplayText) -> Bool {
    text.string.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
  }

  @Test("Sanitized text has none of 65 control characters and no line break", .tags(.a1))
  func controls() {
    let controls = (Array(0...0x1F) + Array(0x7F...0x9F) as [UInt32]).compactMap { Unicode.Scalar($0) }
    #expect(controls.count == 65)
    for control in controls {
      for text in [
        String(control), "a\(control)b", "\u{1F600}\(control)\u{301}", String(repeating: "\(control)", count: 3000),
      ] {
        #expect(isInert(DisplayText(text, charset: .utf8)))
        #expect(isInert(DisplayText(text, charset: .ascii)))
      }
    }
    for text in hostile {
      #expect(isInert(DisplayText(text, charset: .utf8)))
      #expect(DisplayText(text, charset: .ascii).string.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test("Names that differ in one invisible scalar look different", .tags(.a2))
  func pairs() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    let letters = Array("abcXYZ019-_. \u{E9}\u{416}\u{4E2D}\u{1F600}".unicodeScalars)
    var same = 0
    for _ in 0..<10_000 {
      var name = (0..<random.below(12)).map { _ in letters[random.below(letters.count)] }
      let plain = DisplayText(name.text, charset: .utf8)
      let added = invisible[random.below(invisible.count)]
      name.insert(added, at: random.below(name.count + 1))
      let changed = DisplayText(name.text, charset: .utf8)
      // What no terminal draws does not count, whatever let it through; but a picture may be asked for as text.
      if added == "\u{FE0E}" { continue }
      func seen(_ text: DisplayText) -> [Unicode.Scalar] {
        text.string.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
      }
      if seen(plain) == seen(changed) { same += 1 }
    }
    #expect(same == 0, "seed \(seed)")
    print("figure A2: 10,000 pairs of names that differ in one invisible scalar, \(same) look the same (seed \(seed))")
  }

  @Test("A name stays on one row of a frame", .tags(.a3))
  func rows() {
    for text in hostile {
      var frame = Frame(width: 40, height: 3)
      frame.put(DisplayText(text, charset: .utf8), row: 1, column: 0)
      #expect(frame.textGrid()[0].isEmpty && frame.textGrid()[2].isEmpty)
    }
  }

  @Test("A base with a million combining marks is drawn with four", .tags(.a4))
  func marks() {
    var view = "e".unicodeScalars
    view.append(contentsOf: repeatElement("\u{301}", count: 1_000_000))
    let text = DisplayText(String(view), charset: .utf8)
    #expect(text.string.unicodeScalars.filter { $0 == "\u{301}" }.count == 4)
    #expect(text.string.unicodeScalars.count <= DisplayText.maximumScalars)
    #expect(text.string.hasPrefix("e\u{301}\u{301}\u{301}\u{301}<U+0301>"))
    #expect(text.string.hasSuffix(")"))
    let whole = DisplayText(String(view), charset: .utf8, limit: .max)
    #expect(whole.string.unicodeScalars.filter { $0 == "\u{301}" }.count == 4)
  }

  @Test(
    "Sanitizing is total, and what was sanitized stays as it is", .tags(.a7), arguments: [DisplayCharset.utf8, .ascii])
  func total(charset: DisplayCharset) {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    var texts = hostile
    for _ in 0..<20_000 { texts.append(random.scalars(upTo: 24, from: invisible).text) }
    for _ in 0..<60 { texts.append(random.scalars(upTo: 3000, from: invisible).text) }
    print(
      "figure A7: \(texts.count) texts in \(charset), each sanitized once (seed \(seed)); more by make fuzz")
    for text in texts {
      let once = DisplayText(text, charset: charset)
      let again = DisplayText(own: once.string, charset: charset)
      #expect(
        Array(once.string.unicodeScalars) == Array(again.string.unicodeScalars),
        "seed \(seed): \(text.debugDescription)")
      #expect(isInert(once))
      #expect(once.string.unicodeScalars.count <= DisplayText.maximumScalars)
      #expect(once.width == TextWidth.columns(of: once.string))
    }
  }

  @Test("Text of the program keeps what resembles an escape, and has no control characters")
  func ownWords() {
    #expect(("Ctrl-C is ^C, a tab <U+0009>" as DisplayText).string == "Ctrl-C is ^C, a tab <U+0009>")
    #expect(DisplayText(own: "a\u{1B}<U+001B>").string == "a<U+001B><U+001B>")
    let typed = "<U+1>"
    #expect((DisplayText(typed) + DisplayText(own: typed)).string == "<U+003C>U+1><U+1>")
  }

  @Test("Truncated text counts what is left out")
  func counted() {
    #expect(DisplayText(String(repeating: "x", count: 1024)).string.count == 1024)
    let long = DisplayText(String(repeating: "x", count: 2000), charset: .utf8).string
    let kept = long.prefix { $0 == "x" }.count
    #expect(long == String(repeating: "x", count: kept) + "\u{2026}(+\(2000 - kept), \(long.suffix(17))")
    #expect(long.suffix(17).dropLast().allSatisfy { $0.isHexDigit } && long.hasSuffix(")"))
    #expect(kept > 900)
  }

  @Test("Wrapped text keeps its spaces, and a break replaces one")
  func wrapping() {
    #expect(DisplayText("one two three").wrapped(columns: 7).map(\.string) == ["one two", "three"])
    #expect(DisplayText("aaaa  bbbb").wrapped(columns: 5).map(\.string) == ["aaaa", " bbbb"])
    #expect(DisplayText("abcdefghij k").wrapped(columns: 4).map(\.string) == ["abcd", "efgh", "ij k"])
    #expect(DisplayText("").wrapped(columns: 4).map(\.string) == [""])
    let imitated = "<U+202E> <U+202E>"
    #expect(
      DisplayText(imitated).wrapped(columns: 14).map(\.string) == [
        "<U+003C>U+202E", ">", "<U+003C>U+202E", ">",
      ])
    for text in hostile {
      let shown = DisplayText(text, charset: .utf8)
      for columns in [2, 7, 30] {
        let lines = shown.wrapped(columns: columns)
        #expect(lines.allSatisfy { $0.width <= columns && $0.width == TextWidth.columns(of: $0.string) })
        func packed(_ text: String) -> String { text.filter { $0 != " " } }
        #expect(packed(lines.map(\.string).joined()) == packed(shown.string))
      }
    }
  }

  @Test("A prefix of a text has the width it has in the whole text")
  func beginnings() {
    for text in hostile.map({ String(String.UnicodeScalarView($0.unicodeScalars.prefix(900))) }) + [
      "a<U+41>b", "...(+5)",
    ] {
      let whole = DisplayText(text, charset: .utf8, limit: .max)
      for count in 0...min(text.unicodeScalars.count, 40) {
        let beginning = DisplayText.beginning(count, of: text, charset: .utf8)
        let isBeginning = Array(whole.string.utf8).starts(with: Array(beginning.string.utf8))
        #expect(isBeginning && beginning.width == TextWidth.columns(of: beginning.string))
      }
    }
  }

  @Test("Cutting and dropping count columns, and leave no mark without its base")
  func cutting() {
    let text = DisplayText("a\u{4E2D}e\u{301}z", charset: .utf8)
    #expect(text.width == 5)
    #expect(text.prefix(columns: 2).string == "a")
    #expect(text.prefix(columns: 3).string == "a\u{4E2D}")
    #expect(text.dropping(columns: 2).string == "e\u{301}z")
    #expect(text.dropping(columns: 4).string == "z")
    for columns in 0...6 {
      for part in [text.prefix(columns: columns), text.dropping(columns: columns), text.truncated(to: columns)] {
        #expect(part.width == TextWidth.columns(of: part.string))
      }
      #expect(text.truncated(to: columns).width <= columns)
    }
  }
}

extension [Unicode.Scalar] {
  fileprivate var text: String { String(String.UnicodeScalarView(self)) }
}

extension SplitMix {
  mutating func below(_ bound: Int) -> Int { bound == 0 ? 0 : Int(next() % UInt64(bound)) }

  /// Scalars of all kinds, the hostile ones often.
  mutating func scalars(upTo count: Int, from hostile: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let pictures: [Unicode.Scalar] = ["\u{1F600}", "\u{2764}", "\u{200D}", "\u{FE0F}", "\u{1F3FD}", "\u{301}", "a"]
    return (0..<below(count + 1)).map { _ in
      switch below(4) {
      case 0: hostile[below(hostile.count)]
      case 1: pictures[below(pictures.count)]
      case 2: Unicode.Scalar(UInt32(below(0x3_0000))) ?? "\u{E000}"
      default: Unicode.Scalar(UInt8(0x20 + below(95)))
      }
    }
  }
}
