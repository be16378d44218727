package import APIKeyModel

/// New keys at their positions in the server's order.
extension KeyTable {
  /// Keys that are adjacent in the server's order.
  package struct Insertion: Sendable {
    package var keys: KeyBatch
    /// How many keys of the server's order, as it is before anything is inserted, come first.
    package var place: Int

    package init(keys: KeyBatch, place: Int) {
      self.keys = keys
      self.place = place
    }
  }

  /// Adds the keys whose id is new, each where it belongs; `runs` are sorted by place.
  @discardableResult
  package mutating func insert(_ runs: [Insertion]) -> AppendResult {
    let before = count
    let old = order
    var result = AppendResult(added: 0, duplicates: 0, addedRows: before..<before)
    var added: [(place: Int, rows: Range<Int>)] = []
    for run in runs {
      let part = append(run.keys)
      let rows = part.addedRows
      result.added += part.added
      result.duplicates += part.duplicates
      if !rows.isEmpty { added.append((run.place, rows)) }
    }
    result.addedRows = before..<count
    // At the bottom is where they are.
    guard added.contains(where: { $0.place < before }) else { return result }
    var merged: [UInt32] = []
    merged.reserveCapacity(count)
    var next = 0
    func take(upTo end: Int) {
      if let old { merged += old[next..<end] } else { merged += UInt32(next)..<UInt32(end) }
      next = end
    }
    for (place, rows) in added {
      take(upTo: place)
      merged += rows.lazy.map { UInt32($0) }
    }
    take(upTo: before)
    setOrder(merged)
    return result
  }
}
