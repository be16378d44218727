import APIKeyModel

/// A creator's number in one table: dense, in the order creators were first seen.
package struct CreatorIndex: Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The creators of a table, each stored once.
struct CreatorIndexer: Sendable {
  private(set) var identifiers: [KeyIdentifier] = []
  private(set) var keyCounts: [Int] = []
  /// The UUIDs by number; zeros where the id has another form.
  private var uuids: [UUID128] = []
  private var index = IdentifierIndex()
  private var opaque: [[UInt8]: UInt32] = [:]

  /// The UUID of a number; zeros where the id has another form.
  func uuid(of number: UInt32) -> UUID128 { uuids[Int(number)] }

  /// The number of a creator; a new one gets the next.
  mutating func number(of uuid: UUID128) -> UInt32 {
    if let known = index.number(of: uuid, idOf: { uuids[$0] }) { return UInt32(known) }
    let number = add(.uuid(uuid), uuid)
    let known = uuids
    _ = index.add([uuid], from: number, idOf: { known[$0] })
    return UInt32(number)
  }

  /// The same for a creator whose id has another form.
  mutating func number(opaque text: String) -> UInt32 {
    let bytes = Array(text.utf8)
    if let known = opaque[bytes] { return known }
    let number = UInt32(add(.opaque(text), UUID128(high: 0, low: 0)))
    opaque[bytes] = number
    return number
  }

  /// The number of a creator that was seen.
  func number(identifying id: KeyIdentifier) -> UInt32? {
    switch id {
    case .uuid(let uuid), .spelled(let uuid, _): index.number(of: uuid, idOf: { uuids[$0] }).map { UInt32($0) }
    case .opaque(let text): opaque[Array(text.utf8)]
    }
  }

  /// Counts one key for each number; ``KeyColumns/noCreator`` is passed over.
  mutating func count(_ numbers: ArraySlice<UInt32>) {
    for number in numbers where number != KeyColumns.noCreator { keyCounts[Int(number)] += 1 }
  }

  private mutating func add(_ id: KeyIdentifier, _ uuid: UUID128) -> Int {
    identifiers.append(id)
    uuids.append(uuid)
    keyCounts.append(0)
    return identifiers.count - 1
  }
}
