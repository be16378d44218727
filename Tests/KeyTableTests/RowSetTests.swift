import TestSupport
import Testing

@testable import KeyTable

@Suite("Sets of rows", .timeLimit(.minutes(5)))
struct RowSetTests {
  @Test("RowSet holds what a Set of the same rows holds after random inserts and removals")
  func random() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    var rows = RowSet()
    var expected: Set<Int> = []
    for _ in 0..<5000 {
      let row = Int(random.next() % 300)
      if random.next() % 3 == 0 {
        rows.remove(row)
        expected.remove(row)
      } else {
        rows.insert(row)
        expected.insert(row)
      }
    }
    let found = (0..<400).filter {
      rows.words.indices.contains($0 >> 6) && rows.words[$0 >> 6] >> UInt64($0 & 63) & 1 == 1
    }
    #expect(Set(found) == expected, "seed \(seed)")
  }
}
