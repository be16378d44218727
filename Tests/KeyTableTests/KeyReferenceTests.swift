import APIKeyModel
import TestSupport
import Testing

@testable import KeyTable

@Suite("References to keys", .timeLimit(.minutes(5)))
struct KeyReferenceTests {
  @Test(
    "Numbers are rows, four digits are the last four or a row, and lists are rows", .tags(.t15),
    arguments: [
      ("12", KeyReference.row(12)), ("#12", .row(12)), (" 7 ", .row(7)), ("1,284", .row(1284)), ("12345", .row(12345)),
      ("99999999999999999999999", .row(.max)), ("5828", .fourDigits("5828", row: 5828)),
      ("0012", .fourDigits("0012", row: 12)), ("#5828", .row(5828)),
      ("1,3", .rows([1...1, 3...3], lastFour: nil)), ("1, 3", .rows([1...1, 3...3], lastFour: nil)),
      ("1-3", .rows([1...3], lastFour: nil)), ("1 3", .rows([1...1, 3...3], lastFour: nil)),
      ("1-3 7,9", .rows([1...3, 7...7, 9...9], lastFour: nil)), ("#1,#3", .rows([1...1, 3...3], lastFour: nil)),
      ("5-5", .row(5)), ("9 3 d c", .lastFour("93dc")),
      ("1 2 3 4", .rows([1...1, 2...2, 3...3, 4...4], lastFour: "1234")),
      ("prod", .text("prod")), ("93dc", .text("93dc")), ("-1", .text("-1")), ("1a", .text("1a")), ("", .text("")),
      ("00000001-0000-4000-8000-000000000010", .text("00000001-0000-4000-8000-000000000010")),
      ("10000001-0000", .text("10000001-0000")), ("3df1d533\u{2026}", .text("3df1d533\u{2026}")),
    ])
  func meaning(text: String, expected: KeyReference) { #expect(KeyReference(text) == expected, "\(text)") }

  @Test(
    "An invalid list is refused as a whole", .tags(.t15),
    arguments: ["3-1", "1-", "1,,3", "1,", "0-2", "1-2-3", "1 0", "5--7"])
  func badLists(text: String) {
    guard case .badRows(let sentence) = KeyReference(text) else {
      Issue.record("\(text) is \(KeyReference(text))")
      return
    }
    #expect(sentence.hasSuffix("."))
  }

  private static func table(_ keys: [APIKey]) -> KeyTable {
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    var table = KeyTable()
    table.append(batch)
    return table
  }

  @Test("Every spelling of an id finds the same key, and an ambiguous prefix finds all matches", .tags(.t6))
  func identifiers() throws {
    let ids = [
      "de864068-0000-4000-8000-000000000001", "de864068-1111-4000-8000-000000000002",
      "3df1d533-0000-4000-8000-00000000000a", "3DF1D534-0000-4000-8000-00000000000B", "key_Alpha", "key_beta", "42",
    ]
    let table = KeyReferenceTests.table(
      ids.enumerated().map { APIKey(id: KeyIdentifier($1), name: "name \($0)", lastFour: "zz\($0)9") })
    var (forms, wrong) = (0, 0)
    for (row, id) in ids.enumerated() {
      let isUUID = id.utf8.count == 36
      for text in [id] + (isUUID ? [id.uppercased(), id.lowercased()] : []) {
        forms += 1
        #expect(table.rows(named: text) == [row], "\(text)")
        if table.rows(named: text) != [row] { wrong += 1 }
      }
      // Every beginning of four characters or more, cut as screens do it or not, in either case of a UUID.
      for length in 4..<max(id.count, 4) {
        let prefix = String(id.prefix(length))
        let fitting = ids.indices.filter { place in
          ids[place].hasPrefix(prefix)
            || (ids[place].count == 36 && ids[place].lowercased().hasPrefix(prefix.lowercased()))
        }
        for text in [prefix, prefix + "\u{2026}", prefix + "..."] + (isUUID ? [prefix.uppercased()] : []) {
          forms += 1
          #expect(table.rows(named: text) == fitting, "\(text)")
          if table.rows(named: text) != fitting { wrong += 1 }
        }
      }
    }
    #expect(table.rows(named: "de8").isEmpty)
    #expect(table.rows(named: "KEY_ALPHA").isEmpty)
    #expect(table.rows(named: "ZZ19") == [1])
    print("figure T6 names: \(forms) forms of \(ids.count) ids, \(wrong) wrong")
  }

  @Test("Filters take ids in any case, shortened, and by a unique prefix", .tags(.t6))
  func filters() throws {
    let creators = ["de864068-0000-4000-8000-000000000001", "de864068-1111-4000-8000-000000000002", "user-Nine"]
    let table = KeyReferenceTests.table(
      (0..<9).map {
        APIKey(
          id: .uuid(UUID128(high: UInt64($0 + 0xA) << 60 | 0x1234, low: UInt64($0))), name: "n",
          creator: KeyIdentifier(creators[$0 % 3]))
      })
    func rows(_ text: String) throws -> [Int] {
      Array(
        try #require(table.rows(matching: KeyQuery(filter: try Filter(parsing: text)), context: FilterContext(now: 0))))
    }
    for text in ["creator:de864068-0", "creator=DE864068-0", "creator=de864068-0\u{2026}", "creator:DE864068-0000..."] {
      #expect(try rows(text) == [0, 3, 6], "\(text)")
    }
    #expect(try rows("creator!=DE864068-0") == [1, 2, 4, 5, 7, 8])
    #expect(try rows("creator=user-N") == [2, 5, 8])
    #expect(try rows("creator:USER").isEmpty)
    // Two begin so: neither is picked, and nothing is turned round.
    #expect(try rows("creator=de864068").isEmpty)
    #expect(try rows("creator!=de864068").isEmpty)
    let doubts = table.doubts(
      about: try Filter(parsing: "creator!=de864068"), found: 0, context: FilterContext(now: 0))
    #expect(doubts.map(\.kind) == [.ambiguous] && doubts[0].ids.count == 2)
    #expect(try rows("id=A0000000") == [0] && rows("id:a0000000\u{2026}") == [0])
    #expect(try rows("id!=A0000000").count == 8)
    let whole = table.id(at: 4).text.uppercased()
    #expect(try rows(whole) == [4] && rows("id=\(whole)") == [4] && rows("id:\(whole)") == [4])
  }
}
