import APIKeyModel
import Foundation
import TestSupport
import Testing

@testable import KeyTable

/// What differs between two tables, against a reading of it key by key.
@Suite(.timeLimit(.minutes(5))) struct TableDifferenceTests {
  private static let names = ["a", "b", "prod", "ü", "e\u{301}", "\u{e9}", ""]
  private static let permissions = ["calls.view", "calls.create", "phones.import", "x.y", "members.view"]

  /// A key with everything made by chance; some have ids and creators that are no UUIDs.
  private static func key(_ number: Int, _ random: inout SplitMix) -> APIKey {
    func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }
    func text<Text>(_ texts: [Text]) -> Text { texts[Int.random(in: 0..<texts.count, using: &random)] }
    let opaqueID: KeyIdentifier = .opaque("key_\(number)")
    var key = APIKey(
      id: number.isMultiple(of: 7) ? opaqueID : .uuid(UUID128(high: 5, low: UInt64(number))), name: text(names))
    key.created = chance(5) ? nil : CreatedDate(seconds: 1_700_000_000 + Int64.random(in: 0..<3, using: &random))
    key.lastFour = chance(5) ? nil : text(["0000", "abcd", "toolong"])
    let creators: [KeyIdentifier] = [.uuid(UUID128(high: 1, low: 1)), .uuid(UUID128(high: 1, low: 2)), .opaque("me")]
    key.creator = chance(5) ? nil : text(creators)
    key.restricted = text([true, true, false, nil])
    key.permissions = chance(4) ? nil : PermissionSet(permissions.shuffled(using: &random).filter { _ in chance(2) })
    return key
  }

  private static func table(_ keys: [APIKey]) -> KeyTable {
    var table = KeyTable()
    var batch = KeyBatch()
    for key in keys { batch.append(key) }
    table.append(batch)
    return table
  }

  /// The kinds by another way: from what a reader would see of both keys.
  private static func expected(_ old: APIKey, _ new: APIKey) -> KeyChange {
    var change: KeyChange = []
    if Array(old.shownName.utf8) != Array(new.shownName.utf8) { change.insert(.renamed) }
    if old.creator.map({ Array($0.text.utf8) }) != new.creator.map({ Array($0.text.utf8) }) { change.insert(.creator) }
    if old.created?.seconds != new.created?.seconds { change.insert(.created) }
    if old.lastFour != new.lastFour { change.insert(.lastFour) }
    guard old.restricted == new.restricted else {
      switch (old.restricted, new.restricted) {
      case (true, false): change.insert(.raised)
      case (false, true): change.insert(.lowered)
      default: change.insert(.otherAccess)
      }
      return change
    }
    if let before = old.permissions, let after = new.permissions {
      let (left, right) = (Set(before.list), Set(after.list))
      if !left.subtracting(right).isEmpty { change.insert(.permissionsRemoved) }
      if !right.subtracting(left).isEmpty { change.insert(.permissionsAdded) }
    } else if old.permissions != nil || new.permissions != nil {
      let lists = (old.permissions?.list ?? []) + (new.permissions?.list ?? [])
      // Full access is every permission, whether a list that is empty stands beside it or none.
      if old.restricted != false || !lists.isEmpty { change.insert(.otherPermissions) }
    }
    return change
  }

  @Test("The difference of two lists equals a key by key comparison", .tags(.t11), arguments: 0..<40)
  func random(seed: UInt64) {
    var random = SplitMix(state: seed)
    let old = (0..<Int.random(in: 0..<300, using: &random)).map { Self.key($0, &random) }
    var new: [APIKey] = []
    for key in old {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: continue
      case 1:
        var other = Self.key(0, &random)
        other.id = key.id
        new.append(other)
      case 2:
        var renamed = key
        renamed.name = (renamed.name ?? "") + "x"
        new.append(renamed)
      default: new.append(key)
      }
    }
    new += (1000..<1000 + Int.random(in: 0..<20, using: &random)).map { Self.key($0, &random) }
    if seed.isMultiple(of: 2) { new.shuffle(using: &random) }
    let difference = Self.table(new).difference(from: Self.table(old))
    let before = Dictionary(uniqueKeysWithValues: old.map { ($0.id.text, $0) })
    let after = Set(new.map(\.id.text))
    #expect(difference.gone == old.indices.filter { !after.contains(old[$0].id.text) })
    #expect(difference.added == new.indices.filter { before[new[$0].id.text] == nil })
    var changed: [TableDifference.Changed] = []
    for (row, key) in new.enumerated() {
      guard let was = before[key.id.text], let oldRow = old.firstIndex(where: { $0.id == key.id }) else { continue }
      let change = Self.expected(was, key)
      if !change.isEmpty { changed.append(.init(old: oldRow, new: row, change: change)) }
    }
    #expect(difference.changed == changed)
    let gone = Self.table(old).keys(at: difference.gone)
    #expect((0..<gone.count).map { gone[$0] } == difference.gone.map { old[$0] })
  }

  @Test("Another spelling of a date, or another order of permissions, is no difference", .tags(.t11))
  func spelling() {
    var old = APIKey(id: .opaque("a"), name: "n", restricted: true, permissions: PermissionSet(["calls.view", "x.y"]))
    var new = old
    new.permissions = PermissionSet(["x.y", "calls.view", "calls.view"])
    old.created = CreatedDate("2026-01-02T03:04:05Z")
    new.created = CreatedDate("2026-01-02T05:04:05+02:00")
    #expect(Self.table([new]).difference(from: Self.table([old])).changed.isEmpty)
    new.created = CreatedDate("2026-01-02T05:04:05+01:00")
    #expect(Self.table([new]).difference(from: Self.table([old])).changed.map(\.change) == [.created])
  }

  @Test("A reordered list over several chunks differs only in what changed", .tags(.t11))
  func shuffled() {
    var random = SplitMix(state: 1)
    var keys: [APIKey] = []
    for number in 0..<40_000 { keys.append(Self.key(number, &random)) }
    let old = Self.table(keys)
    keys.shuffle(using: &random)
    #expect(Self.table(keys).difference(from: old).changed.isEmpty)
    keys[20_000].name = keys[20_000].shownName + "x"
    let difference = Self.table(keys).difference(from: old)
    #expect(difference.changed.map(\.new) == [20_000] && difference.changed.map(\.change) == [.renamed])
    #expect(difference.gone.isEmpty && difference.added.isEmpty)
  }
}
