import APIKeyModel
import Testing

@testable import KeyTable

@Suite("A snapshot that is read while the table grows")
struct SnapshotTests {
  private static func table(_ ids: [KeyIdentifier]) -> KeyTable {
    var table = KeyTable()
    var batch = KeyBatch()
    for id in ids { batch.append(APIKey(id: id, name: "k")) }
    table.append(batch)
    return table
  }

  @Test("It has the rows, and shares no index with the table: the next page would copy it")
  func indexes() {
    let ids: [KeyIdentifier] = [.uuid(UUID128(high: 7, low: 1)), KeyIdentifier("opaque")]
    let table = SnapshotTests.table(ids)
    let snapshot = table.snapshot
    #expect(ids.indices.map { snapshot.id(at: $0) } == ids)
    for (row, id) in ids.enumerated() {
      #expect(table.row(of: id) == row)
      #expect(snapshot.row(of: id) == nil)
    }
  }

  @Test("It does not change when the table grows")
  func growth() {
    var table = SnapshotTests.table([.uuid(UUID128(high: 7, low: 1))])
    let snapshot = table.snapshot
    var batch = KeyBatch()
    batch.append(APIKey(id: .uuid(UUID128(high: 7, low: 2)), name: "later"))
    table.append(batch)
    #expect(table.count == 2)
    #expect(snapshot.count == 1)
  }
}
