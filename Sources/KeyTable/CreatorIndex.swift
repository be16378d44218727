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
  private var uuids: [UUID128: UInt32] = [:]
  private var opaque: [[UInt8]: UInt32] = [:]

  /// The number of a creator, with one more key counted.
  mutating func count(_ id: KeyIdentifier) -> UInt32 {
    let next = UInt32(identifiers.count)
    let index: UInt32
    switch id {
    case .uuid(let uuid):
      index = uuids[uuid] ?? next
      if index == next { uuids[uuid] = next }
    case .opaque(let text):
      let bytes = Array(text.utf8)
      index = opaque[bytes] ?? next
      if index == next { opaque[bytes] = next }
    }
    if index == next {
      identifiers.append(id)
      keyCounts.append(0)
    }
    keyCounts[Int(index)] += 1
    return index
  }
}
