import APIKeyModel
import TestSupport
import Testing

@testable import KeyTable

/// Random filters: whatever is typed is either understood or refused with a place and a sentence.
@Suite(.timeLimit(.minutes(20))) struct FilterFuzzTests {
  private static let pieces =
    FilterParser.fieldNames + [
      ":", "=", ":=", "!=", ">", ">=", "<", "<=", "(", ")", "|", "-", "!", "~", "\"", "/", "*", "?", ",", " ", " ", " ",
      "\\", "[a-z]", "(a|b)", "+", "{2}", "^", "$", "/i", "/a/", "[[:alpha:]]", "\\w", "(?=", "\\1", ".", "..", "full",
      "limited", "marked", "yes", "2026", "2026-02-30",
      "today", "90d", "1y", "9999999999999999999", "prod", "Prod", "calls.create", "api_keys.*", "\u{1F511}",
      "e\u{301}",
      "\u{0}", "\u{202E}", "\u{7F}", "ß", "İ",
    ]

  @Test("20,000 random filters are parsed or refused, and parsed ones obey the rules of logic")
  func randomFilters() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of the random filters: \(seed)")
    var numbers = SplitMix(state: seed)
    let table = SampleKeys.table(SampleKeys.make(64))
    let context = FilterContext(now: 1_789_999_000)
    func rows(_ text: String) throws -> [Int] {
      Array(try #require(table.rows(matching: KeyQuery(filter: try Filter(parsing: text)), context: context)))
    }
    var read = 0
    var mistakes = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...8, using: &numbers))
        .map { _ in Self.pieces.randomElement(using: &numbers) ?? "" }.joined()
      do throws(FilterError) {
        let filter = try Filter(parsing: text)
        _ = filter.matchRanges(in: "prod-ci-\u{1F511}", column: .name)
        if filter.isEmpty { continue }
        read += 1
      } catch {
        #expect((1...text.unicodeScalars.count + 1).contains(error.column), "seed \(seed): \(text.debugDescription)")
        #expect(error.message.last == ".", "seed \(seed): \(text.debugDescription): \(error.message)")
        continue
      }
      let found = try rows(text)
      // What cannot be meant matches nothing, and so does its opposite.
      if table.doubts(about: try Filter(parsing: "-(\(text))"), found: 1, context: context).contains(where: {
        $0.kind != .hint
      }) {
        mistakes += 1
        continue
      }
      #expect(try rows("(\(text))") == found, "seed \(seed): \(text.debugDescription)")
      #expect(try rows("(\(text)) | (\(text))") == found, "seed \(seed): \(text.debugDescription)")
      #expect(try rows("-(\(text))").count == table.count - found.count, "seed \(seed): \(text.debugDescription)")
      #expect(try rows("(\(text)) -(\(text))").isEmpty, "seed \(seed): \(text.debugDescription)")
    }
    #expect(read > 1000)
    #expect(mistakes < read / 2)
    print("figure filter fuzz: 20,000 random filters, \(read) read, \(mistakes) cannot be meant, 0 crashes")
  }

  @Test("Tab completion works at every caret position of any text")
  func randomCompletion() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var numbers = SplitMix(state: seed)
    let table = SampleKeys.table(SampleKeys.make(20))
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...5, using: &numbers))
        .map { _ in Self.pieces.randomElement(using: &numbers) ?? "" }.joined()
      let count = text.unicodeScalars.count
      let caret = Int.random(in: -1...count + 1, using: &numbers)
      for candidate in FilterCompletion.candidates(text, caret: caret, table: table) {
        #expect(0 <= candidate.range.lowerBound && candidate.range.upperBound <= count, "seed \(seed)")
      }
    }
  }
}
