import APIKeyModel
import TestSupport
import Testing

@testable import KeyTable

/// Work on chosen input: counted in steps, or so much of it that only what is linear ends.
@Suite("Hash collisions and search cost", .timeLimit(.minutes(5))) struct HashCollisionTests {
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

  @Test("Ids chosen without the hash secret do not collide", .tags(.s9))
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

  @Test("A search's cost counts name lengths and expression sizes", .tags(.s9))
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
