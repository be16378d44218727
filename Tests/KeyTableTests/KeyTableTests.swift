import APIKeyModel
import TestSupport
import Testing

@testable import KeyTable

/// Keys made from a seed, with every rare shape among them.
enum SampleKeys {
  static func make(_ count: Int, seed: UInt64 = 1) -> [APIKey] {
    var random = SplitMix(state: seed)
    let words = ["prod", "Staging", "billing", "ci", "Ünicode", "ключ", "backup", "a,b", "x y"]
    return (0..<count).map { number in
      let restricted: Bool? = [true, true, false, nil][Int(random.next() % 4)]
      var list = PermissionCatalog.names.filter { _ in random.next() % 6 == 0 }
      if random.next() % 10 == 0 { list.append("phones.import") }
      return APIKey(
        id: random.next() % 50 == 0
          ? .opaque("key_\(number)") : .uuid(UUID128(high: random.next(), low: random.next())),
        name: words[Int(random.next() % 9)] + "-" + words[Int(random.next() % 9)] + "-\(number % 700)",
        created: random.next() % 40 == 0
          ? nil : CreatedDate(seconds: 1_700_000_000 + Int64(random.next() % 90_000_000)),
        lastFour: random.next() % 30 == 0 ? (random.next() % 2 == 0 ? nil : "abcdef") : hex4(random.next()),
        creator: random.next() % 25 == 0 ? nil : .uuid(UUID128(high: 0xAB00 + random.next() % 20, low: 7)),
        restricted: restricted, permissions: restricted == false && random.next() % 2 == 0 ? nil : PermissionSet(list))
    }
  }

  static func hex4(_ value: UInt64) -> String { String(String(0x10000 + value % 0x10000, radix: 16).dropFirst()) }

  static func table(_ keys: [APIKey]) -> KeyTable {
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    var table = KeyTable()
    table.append(batch)
    return table
  }
}

@Suite(.timeLimit(.minutes(5))) struct KeyTableTests {
  @Test("Rows round-trip, and duplicates are counted once")
  func roundTrip() {
    let keys = SampleKeys.make(40_000)
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    var table = KeyTable()
    #expect(table.append(batch).added == keys.count)
    #expect(table.append(batch) == KeyTable.AppendResult(added: 0, duplicates: keys.count, addedRows: 40_000..<40_000))
    var wrong = 0
    for (row, key) in keys.enumerated() where table[row] != key || table.row(of: key.id) != row { wrong += 1 }
    #expect(wrong == 0)
  }

  @Test("Keys that come page by page are found by their ids, in a table that grows past many sizes")
  func pages() {
    var random = SplitMix(state: 7)
    let ids = (0..<120_000).map { _ in UUID128(high: random.next(), low: random.next()) }
    var table = KeyTable()
    var duplicates = 0
    for start in stride(from: 0, to: ids.count, by: 1000) {
      var batch = KeyBatch()
      // Each page begins with some keys of the one before, and holds one of its own twice.
      for number in max(start - 3, 0)..<start + 1000 { batch.append(APIKey(id: .uuid(ids[number]), name: "\(number)")) }
      batch.append(APIKey(id: .uuid(ids[start + 500]), name: "again"))
      duplicates += table.append(batch).duplicates
    }
    #expect(table.count == ids.count)
    #expect(duplicates == 120 + 119 * 3)
    #expect(ids.indices.allSatisfy { table.row(of: .uuid(ids[$0])) == $0 })
    #expect(ids.indices.allSatisfy { table.name(at: $0) == "\($0)" })
    #expect(table.row(of: .uuid(UUID128(high: 1, low: 1))) == nil)
  }

  @Test("A copy does not see what is appended later, and keys added at the top come first without moving rows")
  func snapshots() throws {
    var table = SampleKeys.table(SampleKeys.make(100))
    let copy = table
    var batch = KeyBatch()
    for key in SampleKeys.make(5, seed: 99) { batch.append(key) }
    #expect(table.append(batch, at: .top).addedRows == 100..<105)
    #expect(copy.count == 100 && copy.serverOrder.isIdentity)
    #expect(Array(table.serverOrder) == Array(100..<105) + Array(0..<100))
  }

  @Test("A filter over a growing table equals one over the whole table")
  func growth() throws {
    let keys = SampleKeys.make(20_000)
    let context = FilterContext(now: 1_790_000_000)
    for text in ["prod", "perm:calls.* age>1y", "-is:full | last4:ab", "name:/^ci.*7$/"] {
      let query = KeyQuery(filter: try Filter(parsing: text), sort: SortOrder([SortTerm(.name)]))
      let half = SampleKeys.table(Array(keys[..<9000]))
      let whole = SampleKeys.table(keys)
      let first = try #require(half.rows(matching: query, context: context))
      #expect(
        whole.extend(first, from: 9000, matching: query, context: context)
          == whole.rows(matching: query, context: context))
    }
    var random = SplitMix(state: 42)
    let pieces = Array("name:=!<>-|()\"/~*?, age90dé\\{").map(String.init) + ["created>=2026-01", "perm:", "is:"]
    for _ in 0..<10_000 {
      let text = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      do {
        _ = try Filter(parsing: text)
      } catch {
        #expect(error.column >= 1 && error.column <= text.unicodeScalars.count + 1, "seed 42: \(text)")
      }
    }
  }

  @Test("A comparison of two keys treats full access as every permission")
  func comparison() {
    func key(_ number: UInt64, restricted: Bool?, _ list: [String]?) -> APIKey {
      APIKey(
        id: .uuid(UUID128(high: 0, low: number)), name: "\(number)", restricted: restricted,
        permissions: list.map { PermissionSet($0) })
    }
    let limited = key(1, restricted: true, ["calls.view", "phones.import"])
    let full = key(2, restricted: false, nil)
    let both = KeyTable.comparison(limited, full)
    #expect(both.onlyFirst.isEmpty)
    #expect(both.both == ["calls.view", "phones.import"])
    #expect(both.onlySecond == PermissionCatalog.names.filter { $0 != "calls.view" })
    #expect(KeyTable.comparison(full, key(3, restricted: false, [])).both == PermissionCatalog.names)
    let other = KeyTable.comparison(limited, key(4, restricted: nil, ["calls.view", "stats.view"]))
    #expect(
      other == PermissionComparison(onlyFirst: ["phones.import"], both: ["calls.view"], onlySecond: ["stats.view"]))
  }
}
