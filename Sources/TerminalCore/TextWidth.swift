/// Columns that text takes in a terminal, as ncurses lays it out.
package enum TextWidth {
  /// 0, 1 or 2.
  package static func columns(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value == 0 ? 0 : 1 }
    if contains(value, WidthTable.zero) { return 0 }
    return contains(value, WidthTable.double) ? 2 : 1
  }

  /// False for a scalar that the table does not have: its width in a terminal is unknown.
  static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x300 || !contains(scalar.value, WidthTable.unknown)
  }

  package static func columns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  private static func contains(_ value: UInt32, _ ranges: [(first: UInt32, last: UInt32)]) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].first <= value
  }
}
