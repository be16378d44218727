import APIKeyModel

/// Finds the row of a UUID: open addressing in 32-bit slots that hold row + 1.
///
/// The index is a short list of tables whose sizes double. All but the last are immutable and shared, so that adding
/// to a copied index copies at most ``tailRows`` slots' worth.
struct IdentifierIndex: Sendable {
  private static let tailRows = KeyColumns.capacity
  /// Against ids chosen so that they collide.
  private static let seed = UInt64.random(in: .min ... .max)

  /// One immutable table.
  private final class Level: Sendable {
    let slots: [UInt32]
    let rows: Int
    init(slots: [UInt32], rows: Int) {
      self.slots = slots
      self.rows = rows
    }
  }

  private var levels: [Level] = []
  private var tail = [UInt32](repeating: 0, count: tailRows * 2)
  private var tailCount = 0

  private static func hash(_ id: UUID128) -> UInt64 {
    let mixed = (id.high ^ seed) &* 0x9E37_79B9_7F4A_7C15 ^ id.low &* 0xC2B2_AE3D_27D4_EB4F
    return (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93
  }

  /// The row of an id; `idOf` gives the id of a row number.
  func row(of id: UUID128, idOf: (Int) -> UUID128) -> Int? {
    let hash = IdentifierIndex.hash(id)
    if let row = IdentifierIndex.find(id, hash, in: tail, idOf) { return row }
    for level in levels {
      if let row = IdentifierIndex.find(id, hash, in: level.slots, idOf) { return row }
    }
    return nil
  }

  private static func find(_ id: UUID128, _ hash: UInt64, in slots: [UInt32], _ idOf: (Int) -> UUID128) -> Int? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash >> 20) & mask
    while slots[slot] != 0 {
      let row = Int(slots[slot]) - 1
      if idOf(row) == id { return row }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Adds an id that is not there yet.
  mutating func insert(_ id: UUID128, row: Int, idOf: (Int) -> UUID128) {
    IdentifierIndex.place(row, IdentifierIndex.hash(id), in: &tail)
    tailCount += 1
    guard tailCount == IdentifierIndex.tailRows else { return }
    // The tail joins every smaller or equal table, as a binary counter carries.
    var merged = [tail]
    var rows = tailCount
    while let last = levels.last, last.rows <= rows {
      merged.append(last.slots)
      rows += last.rows
      levels.removeLast()
    }
    if merged.count == 1 {
      levels.append(Level(slots: tail, rows: rows))
    } else {
      var capacity = 1
      while capacity * 3 < rows * 4 { capacity *= 2 }
      var slots = [UInt32](repeating: 0, count: capacity)
      for table in merged {
        for slot in table where slot != 0 {
          let row = Int(slot) - 1
          IdentifierIndex.place(row, IdentifierIndex.hash(idOf(row)), in: &slots)
        }
      }
      levels.append(Level(slots: slots, rows: rows))
    }
    tail = [UInt32](repeating: 0, count: IdentifierIndex.tailRows * 2)
    tailCount = 0
  }

  private static func place(_ row: Int, _ hash: UInt64, in slots: inout [UInt32]) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash >> 20) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(row + 1)
  }
}
