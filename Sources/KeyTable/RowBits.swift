/// One bit a row of a chunk: what a condition found.
struct RowBits {
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
  mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }
  mutating func formUnion(_ other: RowBits) { for index in words.indices { words[index] |= other.words[index] } }
  mutating func formIntersection(_ other: RowBits) { for index in words.indices { words[index] &= other.words[index] } }
  mutating func invert() {
    for index in words.indices { words[index] = ~words[index] }
    trim()
  }

  /// Sets the bit of every value that passes; written so that the compiler can keep the word in a register.
  mutating func insert<Value>(where passes: (Value) -> Bool, in column: [Value]) {
    column.withUnsafeBufferPointer { values in
      for index in words.indices {
        let start = index * 64
        var word: UInt64 = 0
        for bit in 0..<min(64, rows - start) where passes(values[start + bit]) { word |= 1 << UInt64(bit) }
        words[index] |= word
      }
    }
  }

  /// Adds `first` + the number of every set row.
  func appendRows(to list: inout [UInt32], first: Int) {
    for (index, word) in words.enumerated() {
      var left = word
      while left != 0 {
        list.append(UInt32(first + index * 64 + left.trailingZeroBitCount))
        left &= left - 1
      }
    }
  }
}
