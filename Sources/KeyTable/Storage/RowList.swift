import CKeyScan

/// Row numbers of a table in the order they are shown.
///
/// "Every row as it arrived" takes no memory.
package struct RowList: Sendable, Equatable, RandomAccessCollection {
  private enum Storage: Sendable, Equatable {
    case all(Int)
    case rows([UInt32])
  }
  private let storage: Storage

  /// 0..<count.
  package init(count: Int) { storage = .all(count) }
  package init(rows: [UInt32]) { storage = .rows(rows) }

  package var startIndex: Int { 0 }
  package var endIndex: Int {
    switch storage {
    case .all(let count): count
    case .rows(let rows): rows.count
    }
  }
  package subscript(position: Int) -> Int {
    switch storage {
    case .all: position
    case .rows(let rows): Int(rows[position])
    }
  }

  /// True when it is 0..<count without an array.
  package var isIdentity: Bool { if case .all = storage { true } else { false } }

  /// The index of a row; nil if it is not in the list. Quick where rows ascend, a fast scan elsewhere.
  package func place(of row: Int) -> Int? {
    switch storage {
    case .all(let count): return row >= 0 && row < count ? row : nil
    case .rows(let rows):
      guard let row = UInt32(exactly: row) else { return nil }
      let place = ck_index_of(rows, rows.count, row)
      return place < rows.count ? place : nil
    }
  }

  /// The rows as an array.
  package var array: [UInt32] {
    switch storage {
    case .all(let count): (0..<UInt32(count)).map { $0 }
    case .rows(let rows): rows
    }
  }
}

/// A set of row numbers, one bit each.
package struct RowSet: Sendable, Equatable, ExpressibleByArrayLiteral {
  private(set) var words: [UInt64] = []

  package init() {}
  package init(_ rows: some Sequence<Int>) { for row in rows { insert(row) } }
  package init(arrayLiteral rows: Int...) { self.init(rows) }

  /// Makes room for rows below a number.
  mutating func reserve(rows: Int) { words.reserveCapacity((rows + 63) / 64) }

  package mutating func insert(_ row: Int) {
    while words.count <= row >> 6 { words.append(0) }
    words[row >> 6] |= 1 << UInt64(row & 63)
  }
  package mutating func remove(_ row: Int) {
    if row >> 6 < words.count { words[row >> 6] &= ~(1 << UInt64(row & 63)) }
  }
  package func contains(_ row: Int) -> Bool {
    row >= 0 && row >> 6 < words.count && words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }
  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
}
