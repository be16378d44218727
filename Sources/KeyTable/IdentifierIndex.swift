import APIKeyModel

/// Finds the number of a UUID: open addressing in 32-bit slots that hold number + 1; the ids themselves are elsewhere.
///
/// One flat table, which is copied when a shared index grows: what is handed to queries has none (see
/// ``KeyTable/snapshot``).
struct IdentifierIndex: Sendable {
  private var slots: [UInt32] = []
  private var count = 0
  /// Against ids chosen so that they collide.
  private static let seed = UInt64.random(in: .min ... .max)

  @inline(__always)
  private static func hash(_ id: UUID128, _ seed: UInt64) -> UInt64 {
    let mixed = (id.high ^ seed) &* 0x9E37_79B9_7F4A_7C15 ^ id.low &* 0xC2B2_AE3D_27D4_EB4F
    return (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93
  }

  /// The number of an id; `idOf` gives the id of a number.
  func number(of id: UUID128, idOf: (Int) -> UUID128) -> Int? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: IdentifierIndex.hash(id, IdentifierIndex.seed) >> 20) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if idOf(number) == id { return number }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Gives `ids` the numbers from `first` on, until one of them is known already; returns how many were added.
  ///
  /// `idOf` must know the new ids under their new numbers.
  @inline(__always)
  mutating func add(_ ids: ArraySlice<UUID128>, from first: Int, idOf: (Int) -> UUID128) -> Int {
    makeRoom(for: ids.count, idOf: idOf)
    let seed = IdentifierIndex.seed
    let added = slots.withUnsafeMutableBufferPointer { slots in
      let mask = slots.count - 1
      return ids.withUnsafeBufferPointer { ids in
        for (offset, id) in ids.enumerated() {
          var slot = Int(truncatingIfNeeded: IdentifierIndex.hash(id, seed) >> 20) & mask
          while slots[slot] != 0 {
            if idOf(Int(slots[slot]) - 1) == id { return offset }
            slot = (slot + 1) & mask
          }
          slots[slot] = UInt32(first + offset + 1)
        }
        return ids.count
      }
    }
    count += added
    return added
  }

  /// Keeps the table at most 7/10 full.
  private mutating func makeRoom(for more: Int, idOf: (Int) -> UUID128) {
    guard (count + more) * 10 > slots.count * 7 else { return }
    var capacity = max(slots.count, 64)
    while (count + more) * 10 > capacity * 7 { capacity *= 2 }
    let old = slots
    let seed = IdentifierIndex.seed
    slots = [UInt32](repeating: 0, count: capacity)
    slots.withUnsafeMutableBufferPointer { slots in
      let mask = capacity - 1
      for entry in old where entry != 0 {
        var slot = Int(truncatingIfNeeded: IdentifierIndex.hash(idOf(Int(entry) - 1), seed) >> 20) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = entry
      }
    }
  }
}
