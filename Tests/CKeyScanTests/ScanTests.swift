import APIKeyModel
import CKeyScan
import TestSupport
import Testing

@testable import KeyTable

/// The vectorised scans against the plainest way to say the same.
@Suite(.timeLimit(.minutes(5))) struct ScanTests {
  private static func bits(_ rows: Int, _ scan: (UnsafeMutablePointer<UInt64>?) -> Void) -> [Bool] {
    var bits = RowBits(rows: rows)
    bits.words.withUnsafeMutableBufferPointer { scan($0.baseAddress) }
    return (0..<rows).map(bits.contains)
  }

  @Test("Names of every length hold the needles they hold, and no needle spans two names")
  func names() {
    var random = SplitMix(state: 3)
    // Names and needles are valid UTF-8, as everything in a table is.
    let letters = ["a", "b", "A", "B", "z", "é", "É"].map { Array($0.utf8) }
    for _ in 0..<200 {
      let names = (0..<Int(random.next() % 90) + 1).map { _ in
        (0..<Int(random.next() % 80)).flatMap { _ in letters[Int(random.next() % UInt64(letters.count))] }
      }
      let text = names.flatMap { $0 }
      var ends: [UInt32] = []
      for name in names { ends.append((ends.last ?? 0) + UInt32(name.count)) }
      let needle = (0..<Int(random.next() % 6) + 1).flatMap { _ in letters[Int(random.next() % 6)] }
      for fold in [false, true] {
        var wanted = needle
        if fold { foldCase(&wanted) }
        let found = ScanTests.bits(names.count) {
          ck_scan(text, text.count, ends, names.count, wanted, wanted.count, fold ? 1 : 0, $0)
        }
        let expected = names.map { name -> Bool in
          var name = name
          if fold { foldCase(&name) }
          return name.count >= wanted.count
            && (0...(name.count - wanted.count)).contains { name[$0..<$0 + wanted.count].elementsEqual(wanted) }
        }
        #expect(found == expected, "\(String(decoding: wanted, as: UTF8.self)) folded \(fold)")
      }
    }
  }

  @Test("Conditions on columns are what they say, for every number of rows", arguments: [1, 63, 64, 65, 200, 1000])
  func columns(rows: Int) {
    var random = SplitMix(state: UInt64(rows))
    let words = (0..<rows).map { _ in random.next() & random.next() & random.next() }
    let mask: UInt64 = 0x8000_0000_0100_0401
    #expect(ScanTests.bits(rows) { ck_any_bit(words, rows, mask, $0) } == words.map { $0 & mask != 0 })
    #expect(
      ScanTests.bits(rows) { ck_count_between(words, rows, 7, 9, $0) }
        == words.map { (7...9).contains($0.nonzeroBitCount) })
    let dates = words.map { Int64(bitPattern: $0) >> 3 }
    let (from, to) = (dates[rows / 2], dates[rows / 3])
    #expect(
      ScanTests.bits(rows) { ck_in_range(dates, rows, from, to, $0) } == dates.map { $0 >= from && $0 < to })
    #expect(
      ScanTests.bits(rows) { ck_in_range(dates, rows, .min, to, $0) } == dates.map { $0 < to })
    let bytes = words.map { UInt8(truncatingIfNeeded: $0) }
    #expect(ScanTests.bits(rows) { ck_flags_equal(bytes, rows, 3, 1, $0) } == bytes.map { $0 & 3 == 1 })
    let small = words.map { UInt32(truncatingIfNeeded: $0) }
    #expect(
      ScanTests.bits(rows) { ck_words_equal(small, rows, 8, 0xFF, 0x20, 0x61, $0) }
        == small.map { ($0 >> 8 & 0xFF) | 0x20 == 0x61 })
    let numbers = words.map { $0 & 1 == 0 ? UInt32($0 >> 60) : UInt32.max }
    let table: [UInt8] = [1, 0, 1, 0, 0, 1]
    #expect(
      ScanTests.bits(rows) { ck_in_table(numbers, rows, table, table.count, $0) }
        == numbers.map { $0 < 6 && table[Int($0)] == 1 })
  }
}
