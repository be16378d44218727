import APIKeyModel
import TestSupport
import Testing

@testable import KeyTable

@Suite("Sorting", .timeLimit(.minutes(5)))
struct SortTests {
  @Test("One long name among many short ones is sorted in time linear in its length", .tags(.s9))
  func zeros() throws {
    var batch = KeyBatch()
    batch.append(APIKey(id: .opaque("long"), name: "a" + String(repeating: "\0", count: 4_000_000)))
    for number in 0..<100_000 { batch.append(APIKey(id: .uuid(UUID128(high: 1, low: UInt64(number))), name: "a")) }
    var table = KeyTable()
    table.append(batch)
    for isDescending in [false, true] {
      let query = KeyQuery(sort: SortOrder([SortTerm(.name, descending: isDescending)]))
      let rows = Array(try #require(table.rows(matching: query, context: FilterContext(now: 0))))
      #expect(rows.count == 100_001)
      #expect(rows == (isDescending ? Array(0...100_000) : Array(1...100_000) + [0]))
    }
  }

  @Test("Names with zero bytes and common prefixes sort by text", .tags(.s9))
  func zerosInOrder() throws {
    var random = SplitMix(state: .random(in: 0...UInt64.max))
    for _ in 0..<60 {
      let names = (0..<Int.random(in: 2...300, using: &random)).map { _ in
        String(repeating: ["", "a", "ab\0cdefgh", "\0"].randomElement(using: &random) ?? "", count: 2)
          + String(repeating: "\0", count: Int.random(in: 0...20, using: &random))
          + ["", "", "b", "zzzzzzzzzzzz"][Int.random(in: 0...3, using: &random)]
      }
      var batch = KeyBatch()
      for (number, name) in names.enumerated() {
        batch.append(APIKey(id: .uuid(UUID128(high: 2, low: UInt64(number))), name: name))
      }
      var table = KeyTable()
      table.append(batch)
      for isDescending in [false, true] {
        let query = KeyQuery(sort: SortOrder([SortTerm(.name, descending: isDescending)]))
        let rows = Array(try #require(table.rows(matching: query, context: FilterContext(now: 0))))
        // Texts that differ in zeros at their ends, within one step of eight bytes, stay as they came.
        func text(_ row: Int) -> [UInt8] {
          var bytes = Array(names[row].utf8)
          while bytes.count % 8 != 0 || bytes.isEmpty { bytes.append(0) }
          return bytes
        }
        let expected = names.indices.sorted { left, right in
          let (leftText, rightText) = (text(left), text(right))
          if leftText == rightText { return left < right }
          return leftText.lexicographicallyPrecedes(rightText) != isDescending
        }
        #expect(rows == expected)
      }
    }
  }

  @Test("Texts that are too long to copy at once sort like others", .tags(.s9))
  func longTexts() throws {
    var random = SplitMix(state: .random(in: 0...UInt64.max))
    let pieces = ["a", "B", "é", "É", "ж", "Ж", "中", "🔑", "aaaaaaaaaaaaaaaa", "same beginning of many "]
    for _ in 0..<40 {
      var batch = KeyBatch()
      for number in 0..<Int.random(in: 1...200, using: &random) {
        let count = Int.random(in: 0...(number % 20 == 0 ? 400 : 12), using: &random)
        let name = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let id =
          number % 3 == 0 ? KeyIdentifier.uuid(UUID128(high: random.next(), low: 1)) : .opaque(name + "\(number)")
        batch.append(APIKey(id: id, name: name, lastFour: number % 4 == 0 ? nil : String(name.prefix(9))))
      }
      var usual = KeyTable()
      usual.append(batch)
      var cramped = usual
      cramped.textRoom = 1
      for column in [KeyField.name, .id, .lastFour] {
        for isDescending in [false, true] {
          let query = KeyQuery(sort: SortOrder([SortTerm(column, descending: isDescending)]))
          let expected = try #require(usual.rows(matching: query, context: FilterContext(now: 0)))
          let rows = try #require(cramped.rows(matching: query, context: FilterContext(now: 0)))
          #expect(Array(rows) == Array(expected), "\(column), descending \(isDescending)")
        }
      }
    }
  }

  @Test("Sorting equals a stable sort of the values", arguments: KeyField.all(for: .sort), [false, true])
  func sorting(column: KeyField, descending: Bool) throws {
    let keys = SampleKeys.make(3000)
    let table = SampleKeys.table(keys)
    let query = KeyQuery(sort: SortOrder([SortTerm(column, descending: descending)]))
    let rows = try #require(table.rows(matching: query, context: FilterContext(now: 0)))
    func value(_ key: APIKey) -> [UInt8]? {
      func digits(_ number: Int64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
      switch column {
      case .name:
        var bytes = Array((key.name ?? "").utf8)
        foldCase(&bytes)
        return bytes
      case .access: return [key.access.rawValue]
      case .permissions: return key.access == .full ? digits(.max) : key.permissions.map { digits(Int64($0.count)) }
      case .created: return key.created.map { digits($0.microseconds) }
      case .creator: return key.creator.map { Array($0.text.utf8) }
      case .lastFour: return key.lastFour.map { Array($0.utf8) }
      case .id: return Array(key.id.text.utf8)
      }
    }
    let values = keys.map(value)
    let expected = keys.indices.sorted { left, right in
      switch (values[left], values[right]) {
      case (nil, nil): return left < right
      case (nil, _): return false
      case (_, nil): return true
      case (let first?, let second?):
        if first == second { return left < right }
        return first.lexicographicallyPrecedes(second) != descending
      }
    }
    #expect(Array(rows) == expected)
  }
}
