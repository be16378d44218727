/// Spelling suggestions.
package enum NearestNames {
  /// Up to three names within two edits, or that start with the text; nearest first.
  static func to(_ text: String, in names: [String]) -> [String] {
    let typed = Array(text.lowercased().utf8.prefix(64))
    let rated = names.enumerated().compactMap { position, name -> (distance: Int, position: Int, name: String)? in
      let bytes = Array(name.utf8)
      if typed.count > 1, bytes.starts(with: typed) { return (1, position, name) }
      let distance = distance(typed, bytes)
      return distance <= max(1, min(2, typed.count / 2)) ? (distance, position, name) : nil
    }
    var seen: Set<String> = []
    return rated.sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }
      .filter { seen.insert($0.name).inserted }.prefix(3).map(\.name)
  }

  /// The edits between two short texts: only the first 64 bytes of each are compared.
  package static func distance(_ left: String, _ right: String) -> Int {
    distance(Array(left.utf8.prefix(64)), Array(right.utf8.prefix(64)))
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var line = [row + 1]
      for (column, other) in right.enumerated() {
        var best = min(previous[column] + (byte == other ? 0 : 1), previous[column + 1] + 1, line[column] + 1)
        if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
          best = min(best, before[column - 1] + 1)
        }
        line.append(best)
      }
      before = previous
      previous = line
    }
    return previous[right.count]
  }
}
