import APIKeyModel
import Testing

@testable import KeyTable

@Suite("Tallies of permissions, creators and months", .timeLimit(.minutes(5)))
struct TallyTests {
  private func table(_ keys: [APIKey]) -> KeyTable {
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    var table = KeyTable()
    table.append(batch)
    return table
  }

  private func key(
    _ number: UInt64, _ date: String?, creator: String? = nil, isFull: Bool = false, _ permissions: [String] = []
  ) -> APIKey {
    APIKey(
      id: .uuid(UUID128(high: 1, low: number)), name: "k", created: date.flatMap { CreatedDate($0) },
      creator: creator.map { KeyIdentifier($0) }, restricted: !isFull,
      permissions: isFull ? nil : PermissionSet(permissions))
  }

  @Test("PermissionTally counts listed permissions, full access and unknown permissions apart")
  func permissions() {
    let tallies = table([
      key(1, nil, ["calls.view", "own.thing"]), key(2, nil, ["calls.view"]), key(3, nil, isFull: true),
    ]).permissionPivot()
    #expect(tallies.count == PermissionCatalog.count + 1)
    let view = tallies.first { $0.name == "calls.view" }
    #expect(view == PermissionTally(name: "calls.view", inCatalog: true, listed: 2, throughFullAccess: 1))
    #expect(view?.keys == 3)
    #expect(tallies.last == PermissionTally(name: "own.thing", inCatalog: false, listed: 1, throughFullAccess: 1))
  }

  @Test("CreatorTally groups keys by creator, most keys first and unreported creators last")
  func creators() {
    let table = table([
      key(1, "2024-01-01T00:00:00Z"), key(2, "2024-01-01T00:00:00Z"), key(3, "2024-01-01T00:00:00Z"),
      key(4, "2023-05-01T00:00:00Z", creator: "a"), key(5, "2024-05-01T00:00:00Z", creator: "b", isFull: true),
      key(6, "2022-05-01T00:00:00Z", creator: "b"),
    ])
    let tallies = table.creatorGroups()
    #expect(tallies.map(\.keys) == [2, 1, 3] && tallies.last?.creator == nil)
    #expect(tallies.first?.creator == CreatorIndex(rawValue: 1) && tallies.first?.fullAccess == 1)
    #expect(tallies.first?.oldest?.canonicalText == "2022-05-01T00:00:00Z")
    #expect(tallies.first?.newest?.canonicalText == "2024-05-01T00:00:00Z")
    #expect(table.creatorGroups(within: RowList(rows: [3])).map(\.keys) == [1])
  }

  @Test("MonthTally counts months in order and leaves out keys without a date")
  func months() {
    let tallies = table([
      key(1, "2024-01-31T23:59:59Z"), key(2, "2023-12-01T00:00:00Z"), key(3, "2024-01-01T00:00:00Z"), key(4, nil),
    ]).createdHistogram()
    #expect(tallies.map(\.text) == ["2023-12", "2024-01"] && tallies.map(\.keys) == [1, 2])
    #expect(tallies[1].number - tallies[0].number == 1)
    #expect(MonthTally(year: 12, month: 3, keys: 0).text == "0012-03")
  }
}
