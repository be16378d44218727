import CKeyScan

/// One bit a row of a chunk: what a condition found.
struct RowBits: Sendable {
  var words: [UInt64]
  let rows: Int

  init(rows: Int, all: Bool = false) {
    self.rows = rows
    words = [UInt64](repeating: all ? .max : 0, count: (rows + 63) / 64)
    if all { trim() }
  }

  private mutating func trim() {
    if rows & 63 != 0 { words[words.count - 1] &= (1 << UInt64(rows & 63)) - 1 }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
  func contains(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
  mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }
  mutating func remove(_ row: Int) { words[row >> 6] &= ~(1 << UInt64(row & 63)) }
  mutating func formUnion(_ other: RowBits) { for index in words.indices { words[index] |= other.words[index] } }
  mutating func formIntersection(_ other: RowBits) { for index in words.indices { words[index] &= other.words[index] } }
  mutating func subtract(_ other: RowBits) { for index in words.indices { words[index] &= ~other.words[index] } }
  mutating func invert() {
    for index in words.indices { words[index] = ~words[index] }
    trim()
  }

  /// Lets `scan` set bits for a column whose elements have the layout of `Word`, one for each row.
  mutating func scan<Element, Word>(
    _ column: [Element], as: Word.Type, _ scan: (UnsafePointer<Word>?, Int, UnsafeMutablePointer<UInt64>?) -> Void
  ) {
    let rows = rows
    column.withUnsafeBytes { values in
      words.withUnsafeMutableBufferPointer {
        scan(values.assumingMemoryBound(to: Word.self).baseAddress, rows, $0.baseAddress)
      }
    }
  }

  /// Adds `first` + the number of every set row.
  func appendRows(to list: inout [UInt32], first: Int) {
    list += [UInt32](unsafeUninitializedCapacity: count) { rows, initialized in
      if let base = rows.baseAddress { initialized = ck_rows(words, words.count, UInt32(first), base) }
    }
  }

  /// The rows of consecutive chunks, each numbered from a multiple of the chunk's capacity.
  static func list(_ chunks: [RowBits]) -> [UInt32] {
    let count = chunks.reduce(0) { $0 + $1.count }
    return [UInt32](unsafeUninitializedCapacity: count) { rows, initialized in
      for (index, bits) in chunks.enumerated() {
        guard let base = rows.baseAddress else { break }
        let first = UInt32(index << KeyColumns.shift)
        initialized += ck_rows(bits.words, bits.words.count, first, base + initialized)
      }
    }
  }
}
