import APIKeyModel
import TestSupport
import Testing

@testable import KeyTable

/// Work on chosen input: counted in steps, or so much of it that only what is linear ends.
@Suite struct LinearWorkTests {
  /// What a hash is attacked with by somebody who knows the code: ids that differ where it may not look.
  static let families: [(name: String, id: @Sendable (UInt64) -> UUID128)] = {
    /// The number that undoes a multiplication by an odd number.
    func inverse(_ factor: UInt64) -> UInt64 {
      var result = factor
      for _ in 0..<6 { result = result &* (2 &- factor &* result) }
      return result
    }
    // The factors of version 0.1, and of the last step now.
    let first = inverse(0x9E37_79B9_7F4A_7C15)
    let second = inverse(0xC2B2_AE3D_27D4_EB4F)
    let last = inverse(0xD6E8_FEB8_6659_FD93)
    return [
      ("the upper bits of both halves", { UUID128(high: $0 << 44, low: $0 << 44) }),
      ("the uppermost bits of both halves", { UUID128(high: 5 ^ $0 << 48, low: 7 ^ $0 << 48) }),
      ("the upper bits of one half", { UUID128(high: $0 << 48, low: 7) }),
      ("the upper bits of the other half", { UUID128(high: 7, low: $0 << 48) }),
      ("numbers in a row", { UUID128(high: 0, low: $0) }),
      ("numbers in a row, above", { UUID128(high: $0, low: 0) }),
      ("steps of 2^32", { UUID128(high: $0 >> 32, low: $0 << 32) }),
      ("steps of a large odd number", { UUID128(high: 1, low: $0 &* 0x9E37_79B9_7F4A_7C15) }),
      ("both halves alike", { UUID128(high: $0, low: $0) }),
      ("halves that add up", { UUID128(high: $0, low: 0 &- $0) }),
      ("halves that cancelled in 0.1", { UUID128(high: $0 &* first, low: $0 &* second) }),
      ("what the last step makes a row", { UUID128(high: $0 &* last, low: $0 &* last &* last) }),
      ("few bits", { UUID128(high: ($0 & 0xFF) << 56, low: ($0 >> 8) << 20) }),
      ("Gray code", { UUID128(high: $0 ^ $0 >> 1, low: ($0 ^ $0 >> 1) << 32) }),
    ]
  }()

  private func steps(_ ids: [UUID128], _ secret: IdentifierIndex.Secret) -> Double {
    var index = IdentifierIndex(secret: secret)
    #expect(index.add(ids[...], from: 0, idOf: { ids[$0] }) == ids.count)
    return Double(index.steps(hashOf: { secret.hash(ids[$0]) })) / Double(ids.count)
  }

  @Test("Ids chosen by somebody who knows the code, and not the secret, do not collide", .tags(.s9))
  func families() {
    var random = SystemRandomNumberGenerator()
    var worst = (steps: 0.0, name: "")
    for (name, id) in Self.families {
      for _ in 0..<4 {
        let secret = IdentifierIndex.Secret(using: &random)
        let steps = steps((0..<30_000).map { id(UInt64($0)) }, secret)
        #expect(steps < 4, "\(name): \(steps) slots for an id")
        if steps > worst.steps { worst = (steps, name) }
      }
    }
    print(
      "figure S9 ids: \(Self.families.count) families × 4 secrets, at most \(worst.steps) slots for an id (\(worst.name))"
    )
  }

  @Test("Ids that collide under one secret do not collide under another", .tags(.s9))
  func otherSecret() {
    var random = SplitMix(state: .random(in: 0...UInt64.max))
    let guessed = IdentifierIndex.Secret(using: &random)
    // All in one of the 64 tables, and there in one of 256 places.
    var ids: [UUID128] = []
    while ids.count < 200 {
      let id = UUID128(high: random.next(), low: random.next())
      let hash = guessed.hash(id)
      if hash >> 58 == 0, hash >> 20 & 0xFF == 0 { ids.append(id) }
    }
    // Which shows that this way to count would tell.
    #expect(steps(ids, guessed) > 40)
    #expect(steps(ids, IdentifierIndex.Secret(using: &random)) < 4)
  }

  @Test("One name of zeros among many short ones is sorted in time of its own length", .tags(.s9))
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

  @Test("Names with zeros and common beginnings are sorted as texts are", .tags(.s9))
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

  @Test("Texts that are too long to be copied at once are sorted as others are", .tags(.s9))
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

  @Test("A table that may hold no more takes what there is room for, and counts the rest", .tags(.s9))
  func ceiling() {
    var random = SplitMix(state: .random(in: 0...UInt64.max))
    for _ in 0..<200 {
      let limit = Int.random(in: 0...60, using: &random)
      var table = KeyTable()
      var known: [Int] = []
      for _ in 0..<4 {
        let numbers = (0..<Int.random(in: 0...40, using: &random)).map { _ in Int.random(in: 0...80, using: &random) }
        var batch = KeyBatch()
        for number in numbers {
          batch.append(
            APIKey(id: number % 5 == 0 ? .opaque("\(number)") : .uuid(UUID128(high: 3, low: UInt64(number))), name: "n")
          )
        }
        var (added, leftOut) = (0, 0)
        for number in numbers where !known.contains(number) {
          if known.count < limit {
            known.append(number)
            added += 1
          } else {
            leftOut += 1
          }
        }
        let before = table.count
        let result = table.append(batch, upTo: limit)
        #expect(result.added == added && result.leftOut == leftOut)
        #expect(result.duplicates == numbers.count - added - leftOut)
        #expect(result.addedRows == before..<known.count && table.count == known.count)
      }
    }
  }

  @Test("A search counts the length of names and the size of expressions before it runs at once", .tags(.s9))
  func work() throws {
    func table(_ name: String, _ count: Int) -> KeyTable {
      var batch = KeyBatch()
      for number in 0..<count { batch.append(APIKey(id: .uuid(UUID128(high: 4, low: UInt64(number))), name: name)) }
      var table = KeyTable()
      table.append(batch)
      return table
    }
    func work(_ filter: String, _ table: KeyTable) throws -> Int {
      table.work(of: KeyQuery(filter: try Filter(parsing: filter)))
    }
    let usual = table("prod-ci-deploy-1", 20_000)
    let long = table(String(repeating: "n", count: 65_536), 1_000)
    // What the dashboard does at once is less than 64,000,000 steps.
    #expect(try work("prod", usual) < 64_000_000 && work("/^prod-[0-9]+$/", usual) < 64_000_000)
    #expect(try work("/^prod-[0-9]+$/", long) > 64_000_000 && work("prod", long) > 64_000_000)
    #expect(try work("/(.{1,100}){1,9}z/", usual) > 64_000_000)
  }
}
