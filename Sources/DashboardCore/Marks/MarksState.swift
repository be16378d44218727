package import APIKeyModel

/// Marked keys, by id: a mark stays with its key whatever the filter shows, and however the list is sorted.
package struct MarksState: Equatable, Sendable {
  package private(set) var ids: Set<KeyIdentifier> = []
  /// Where a range to be marked begins; nil where none was begun.
  package private(set) var rangeStart: KeyIdentifier?

  package init() {}

  package var count: Int { ids.count }
  package var isEmpty: Bool { ids.isEmpty }
  package func contains(_ id: KeyIdentifier) -> Bool { ids.contains(id) }

  /// Marks a key or removes its mark; true where it is marked now.
  @discardableResult
  mutating func toggle(_ id: KeyIdentifier) -> Bool {
    if ids.remove(id) != nil { return false }
    ids.insert(id)
    return true
  }

  mutating func insert(_ added: some Sequence<KeyIdentifier>) { ids.formUnion(added) }

  /// Removes every mark, and a range that was begun.
  mutating func clear() {
    ids = []
    rangeStart = nil
  }

  mutating func startRange(at id: KeyIdentifier?) { rangeStart = id }

  /// Forgets the range that was begun; gives its first key.
  @discardableResult
  mutating func endRange() -> KeyIdentifier? {
    defer { rangeStart = nil }
    return rangeStart
  }

  /// Keys that are no longer in the list lose their marks; gives how many did.
  @discardableResult
  mutating func removeAll(where isGone: (KeyIdentifier) -> Bool) -> Int {
    let lost = ids.filter(isGone)
    ids.subtract(lost)
    if let start = rangeStart, isGone(start) { rangeStart = nil }
    return lost.count
  }
}
