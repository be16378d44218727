import APIKeyModel

/// New keys at their places in the server's order.
extension KeyTable {
  /// Keys that stand together in the server's order.
  package struct Insertion: Sendable {
    package var keys: KeyBatch
    /// How many keys of the server's order, as it is before anything is inserted, come first.
    package var place: Int

    package init(keys: KeyBatch, place: Int) {
      self.keys = keys
      self.place = place
    }
  }

  /// Adds the keys whose id is new, each where it belongs; `runs` go by place.
  package mutating func insert(_ runs: [Insertion]) {
    let before = count
    let old = order
    var added: [(place: Int, rows: Range<Int>)] = []
    for run in runs {
      let rows = append(run.keys).addedRows
      if !rows.isEmpty { added.append((run.place, rows)) }
    }
    // At the bottom is where they are.
    guard added.contains(where: { $0.place < before }) else { return }
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
  }
}
