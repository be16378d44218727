import APIKeyModel
import Testing

@testable import KeyTable

@Suite("A snapshot that is read while the table grows")
struct SnapshotTests {
  private static let rows = 200_000

  private static func batch(_ numbers: Range<Int>) -> KeyBatch {
    var batch = KeyBatch()
    for number in numbers { batch.append(APIKey(id: .uuid(UUID128(high: 7, low: UInt64(number))), name: "k")) }
    return batch
  }

  /// Bytes that one more page takes while `held` keeps something of the table.
  private static func growth<Held>(of table: inout KeyTable, holding held: Held) -> Int {
    let page = batch(table.count..<table.count + 100)
    let before = KeyTable.memoryInUse
    table.append(page)
    return withExtendedLifetime(held) { KeyTable.memoryInUse - before }
  }

  @Test("It does not make the table copy its indexes, as a copy of the table does")
  func growth() {
    var table = KeyTable()
    // One page into a new chunk, so that little of the chunk that grows is there to be copied.
    let sealed = SnapshotTests.rows / KeyColumns.capacity * KeyColumns.capacity
    for start in stride(from: 0, to: sealed, by: 10_000) {
      table.append(SnapshotTests.batch(start..<min(start + 10_000, sealed)))
    }
    table.append(SnapshotTests.batch(sealed..<sealed + 100))
    let withSnapshot = SnapshotTests.growth(of: &table, holding: table.snapshot)
    let withCopy = SnapshotTests.growth(of: &table, holding: table)
    print(
      "figure snapshot: \(table.count) rows, a page takes \(withSnapshot) B beside a snapshot, \(withCopy) B beside a copy"
    )
    #expect(withSnapshot < 500_000)
    #expect(withCopy > 1_000_000)
    #expect(table.row(of: .uuid(UUID128(high: 7, low: UInt64(sealed) + 250))) == sealed + 250)
  }
}
