import APIKeyModel
import Testing

@testable import ReferenceServer

@Suite("Seeding", .timeLimit(.minutes(5)))
struct KeySeedTests {
  @Test("The same seed gives the same keys, whatever the count; another seed gives others")
  func deterministic() throws {
    let small = try KeyDatabase(path: ":memory:")
    let large = try KeyDatabase(path: ":memory:")
    #expect(try small.seed(count: 100, seed: 9) == 100)
    #expect(try large.seed(count: 400, seed: 9) == 400)
    #expect(try large.seed(count: 100, seed: 9) == 0)
    #expect(try large.keyCount() == 400)
    let first = (0..<100).map { KeySeed(seed: 9).key($0) }
    #expect(first == (0..<100).map { KeySeed(seed: 9).key($0) })
    #expect(Set(first.map(\.id)).isDisjoint(with: (0..<100).map { KeySeed(seed: 10).key($0).id }))
    #expect(first[0].id.description == "e58df79a-c22c-428e-96e6-cb5b24d76a2d")
  }

  @Test("Seeded keys have realistic access, creators, dates and permissions")
  func realistic() {
    let keys = (0..<20_000).map { KeySeed(seed: 1).key($0) }
    #expect(Set(keys.map(\.id)).count == keys.count)
    let full = keys.filter { !$0.restricted }
    #expect((4_700...5_300).contains(full.count))
    #expect(full.allSatisfy { $0.permissions == nil || $0.permissions == "[]" })
    #expect(full.contains { $0.permissions == nil } && full.contains { $0.permissions == "[]" })
    let creators = Dictionary(grouping: keys, by: \.creator).mapValues(\.count).values.sorted()
    #expect(creators.count == 24)
    #expect((creators.last ?? 0) > 5 * (creators.first ?? 0))
    let years = Set(keys.map { CivilTime(seconds: $0.created).date.year })
    #expect(years == [2023, 2024, 2025])
    #expect(Set(keys.map(\.created)).count < keys.count)
    let outside = keys.filter { $0.permissions?.contains("phones.import") == true }.count
    #expect((100...600).contains(outside))
    #expect(Set(keys.compactMap(\.permissions)).count > 500)
    #expect(keys.allSatisfy { $0.lastFour.utf8.count == 4 })
  }
}
