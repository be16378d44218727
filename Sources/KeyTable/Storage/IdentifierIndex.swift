import APIKeyModel
import CKeyScan

/// Finds the number of a UUID: open addressing in many small tables, so that growing never takes long.
///
/// A table holds number + 1 in 32-bit slots, and a byte of the hash beside each: the ids themselves are elsewhere, and
/// are looked at only where that byte agrees. It is copied when a shared index grows: what is handed to queries has
/// none (see ``KeyTable/snapshot``).
struct IdentifierIndex: Sendable {
  private var tables: [Table] = []
  private static let tableBits: UInt64 = 6
  /// Against ids chosen so that they collide: two secret factors of 128 bits, one for each half of an id.
  ///
  /// The upper half of the sum of products is strongly universal: for whoever does not know the factors, two ids agree
  /// in so many of its bits no more often than by chance (Lemire and Kaser, "Strongly universal string hashing is
  /// fast").
  struct Secret: Sendable {
    private let highUpper: UInt64
    private let highLower: UInt64
    private let lowUpper: UInt64
    private let lowLower: UInt64
    private let start: UInt64

    init(using random: inout some RandomNumberGenerator) {
      highUpper = random.next()
      highLower = random.next()
      lowUpper = random.next()
      lowLower = random.next()
      start = random.next()
    }

    @inline(__always)
    func hash(_ id: UUID128) -> UInt64 {
      let first = id.high.multipliedFullWidth(by: highLower)
      let second = id.low.multipliedFullWidth(by: lowLower)
      let (_, carry) = first.low.addingReportingOverflow(second.low)
      let products = first.high &+ second.high &+ id.high &* highUpper &+ id.low &* lowUpper
      let sum = products &+ start &+ (carry ? 1 : 0)
      // Consecutive ids would fill consecutive slots: harmless, but for tables that are searched from slot to slot.
      return (sum ^ sum >> 32) &* 0xD6E8_FEB8_6659_FD93
    }
  }

  private static let processSecret: Secret = {
    var random = SystemRandomNumberGenerator()
    return Secret(using: &random)
  }()
  private let secret: Secret

  init(secret: Secret = IdentifierIndex.processSecret) { self.secret = secret }

  @inline(__always)
  private static func table(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> (64 - tableBits)) }

  /// By their fields: the operator is a call into another module.
  @inline(__always)
  private static func areEqual(_ left: UUID128, _ right: UUID128) -> Bool {
    left.high == right.high && left.low == right.low
  }

  /// The number of an id; `idOf` gives the id of a number.
  func number(of id: UUID128, idOf: (Int) -> UUID128) -> Int? {
    guard !tables.isEmpty else { return nil }
    let hash = secret.hash(id)
    return tables[IdentifierIndex.table(of: hash)].number(of: id, hash, idOf)
  }

  /// Gives `ids` the numbers from `first` on, until one of them is known already; returns how many were added.
  ///
  /// `idOf` must know the new ids under their new numbers.
  @inline(__always)
  mutating func add(_ ids: ArraySlice<UUID128>, from first: Int, idOf: (Int) -> UUID128) -> Int {
    if tables.isEmpty {
      tables = (0..<1 << IdentifierIndex.tableBits).map { Table(fullness: 72 + UInt32($0) / 2) }
    }
    let secret = secret
    return ids.withUnsafeBufferPointer { ids in
      for (offset, id) in ids.enumerated() {
        // Slots are anywhere in memory: they are sent for some ids ahead.
        if offset & 15 == 0 {
          prefetch(ids[offset..<min(offset + 32, ids.count)].dropFirst(offset == 0 ? 0 : 16))
        }
        let hash = secret.hash(id)
        let table = IdentifierIndex.table(of: hash)
        if tables[table].isFull { tables[table].grow { secret.hash(idOf($0)) } }
        guard tables[table].insert(id, hash, number: first + offset, idOf) else { return offset }
      }
      return ids.count
    }
  }

  @inline(__always)
  private func prefetch(_ ids: Slice<UnsafeBufferPointer<UUID128>>) {
    for id in ids {
      let hash = secret.hash(id)
      tables[IdentifierIndex.table(of: hash)].prefetch(hash)
    }
  }

  /// Slots that are looked at to find every id once: one for each where none are in the way of others.
  func steps(hashOf: (Int) -> UInt64) -> Int { tables.reduce(0) { $0 + $1.steps(hashOf) } }

  private struct Table {
    private var tags: [UInt8] = []
    private var slots: [UInt32] = []
    private var count = 0
    /// In 128ths. It differs from table to table, so that no two of them grow with the same page.
    private let fullness: UInt32

    init(fullness: UInt32) { self.fullness = fullness }

    var isFull: Bool { (count + 1) << 7 > slots.count * Int(fullness) }

    /// Never 0, which is an empty slot's.
    @inline(__always)
    private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash) | 0x80 }

    @inline(__always)
    private static func slot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 20) }

    @inline(__always)
    func prefetch(_ hash: UInt64) {
      if slots.isEmpty { return }
      let slot = Table.slot(hash) & (slots.count - 1)
      tags.withUnsafeBufferPointer { ck_prefetch($0.baseAddress.map { $0 + slot }) }
      slots.withUnsafeBufferPointer { ck_prefetch($0.baseAddress.map { $0 + slot }) }
    }

    @inline(__always)
    func number(of id: UUID128, _ hash: UInt64, _ idOf: (Int) -> UUID128) -> Int? {
      if slots.isEmpty { return nil }
      let mask = slots.count - 1
      let tag = Table.tag(hash)
      var slot = Table.slot(hash) & mask
      while tags[slot] != 0 {
        if tags[slot] == tag {
          let number = Int(slots[slot]) - 1
          if IdentifierIndex.areEqual(idOf(number), id) { return number }
        }
        slot = (slot + 1) & mask
      }
      return nil
    }

    /// False where the id is known. There must be room.
    @inline(__always)
    mutating func insert(_ id: UUID128, _ hash: UInt64, number: Int, _ idOf: (Int) -> UUID128) -> Bool {
      let mask = slots.count - 1
      let tag = Table.tag(hash)
      var slot = Table.slot(hash) & mask
      while tags[slot] != 0 {
        if tags[slot] == tag, IdentifierIndex.areEqual(idOf(Int(slots[slot]) - 1), id) { return false }
        slot = (slot + 1) & mask
      }
      tags[slot] = tag
      slots[slot] = UInt32(number + 1)
      count += 1
      return true
    }

    func steps(_ hashOf: (Int) -> UInt64) -> Int {
      slots.indices.reduce(0) { sum, place in
        if slots[place] == 0 { return sum }
        return sum + ((place - Table.slot(hashOf(Int(slots[place]) - 1))) & (slots.count - 1)) + 1
      }
    }

    mutating func grow(_ hashOf: (Int) -> UInt64) {
      let entries = entries
      // All ids before any slot: reads that wait for nothing but memory are done many at a time.
      let hashes = entries.map { hashOf(Int($0) - 1) }
      let capacity = max(slots.count * 2, 16)
      let mask = capacity - 1
      var (newTags, newSlots) = ([UInt8](repeating: 0, count: capacity), [UInt32](repeating: 0, count: capacity))
      newTags.withUnsafeMutableBufferPointer { tags in
        newSlots.withUnsafeMutableBufferPointer { slots in
          for (entry, hash) in zip(entries, hashes) {
            var slot = Table.slot(hash) & mask
            while tags[slot] != 0 { slot = (slot + 1) & mask }
            tags[slot] = Table.tag(hash)
            slots[slot] = entry
          }
        }
      }
      (tags, slots) = (newTags, newSlots)
    }

    /// The slots in use.
    private var entries: [UInt32] {
      [UInt32](unsafeUninitializedCapacity: count + 1) { entries, filled in
        for slot in slots {
          entries[filled] = slot
          filled += slot == 0 ? 0 : 1
        }
      }
    }
  }
}
