import APIKeyModel
import TestSupport
import Testing

@testable import KeyTable

@Suite("The limit of a table", .timeLimit(.minutes(5)))
struct TableLimitTests {
  @Test("A full table takes what fits and counts the rest", .tags(.s9))
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
}
