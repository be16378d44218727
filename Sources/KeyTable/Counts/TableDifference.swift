package import APIKeyModel

/// How a key differs from what it was. A key can differ in several ways.
package struct KeyChange: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }
  /// From limited to full access.
  package static let raised = KeyChange(rawValue: 1)
  /// From full to limited access.
  package static let lowered = KeyChange(rawValue: 2)
  /// To or from an access that the server does not report.
  package static let otherAccess = KeyChange(rawValue: 4)
  package static let permissionsAdded = KeyChange(rawValue: 8)
  package static let permissionsRemoved = KeyChange(rawValue: 16)
  /// To or from a list of permissions that the server does not give.
  package static let otherPermissions = KeyChange(rawValue: 32)
  package static let renamed = KeyChange(rawValue: 64)
  package static let creator = KeyChange(rawValue: 128)
  package static let created = KeyChange(rawValue: 256)
  package static let lastFour = KeyChange(rawValue: 512)

  /// The gravest first.
  package static let all: [KeyChange] = [
    .raised, .lowered, .otherAccess, .permissionsAdded, .permissionsRemoved, .otherPermissions, .renamed, .creator,
    .created, .lastFour,
  ]

  /// What differs in meaning: another spelling of a date, or another order of permissions, does not.
  ///
  /// Every field is compared here and nowhere else; the table only skips rows whose columns are the same.
  package init(from old: APIKey, to new: APIKey) {
    var change: KeyChange = []
    func isOddOtherwise(_ field: KeyField) -> Bool { old.notUnderstood[field] != new.notUnderstood[field] }
    if !KeyChange.areEqual(old.name, new.name) || isOddOtherwise(.name) { change.insert(.renamed) }
    if old.creator != new.creator || isOddOtherwise(.creator) { change.insert(.creator) }
    if old.created?.microseconds != new.created?.microseconds
      || (new.created == nil && !KeyChange.areEqual(old.createdText, new.createdText)) || isOddOtherwise(.created)
    {
      change.insert(.created)
    }
    if !KeyChange.areEqual(old.lastFour, new.lastFour) || isOddOtherwise(.lastFour) { change.insert(.lastFour) }
    switch (old.access, new.access) {
    case (.limited, .full): change.insert(.raised)
    case (.full, .limited): change.insert(.lowered)
    case (let before, let after) where before != after || isOddOtherwise(.access): change.insert(.otherAccess)
    case _ where isOddOtherwise(.permissions): change.insert(.otherPermissions)
    // Through full access, no list and an empty one are the same permissions.
    case (.full, .full) where (old.permissions?.count ?? 0) + (new.permissions?.count ?? 0) == 0: break
    default: change.formUnion(KeyChange(from: old.permissions, to: new.permissions))
    }
    self = change
  }

  private init(from old: PermissionSet?, to new: PermissionSet?) {
    guard let old, let new else {
      self = (old == nil) == (new == nil) ? [] : .otherPermissions
      return
    }
    self = []
    if old.has(moreThan: new) { insert(.permissionsRemoved) }
    if new.has(moreThan: old) { insert(.permissionsAdded) }
  }

  /// By bytes: `==` on strings is canonical equivalence.
  private static func areEqual(_ old: String?, _ new: String?) -> Bool {
    guard let old, let new else { return (old == nil) == (new == nil) }
    return old.utf8.elementsEqual(new.utf8)
  }
}

extension PermissionSet {
  /// Whether it lists a permission that the other one does not.
  fileprivate func has(moreThan other: PermissionSet) -> Bool {
    if mask.rawValue & ~other.mask.rawValue != 0 { return true }
    return others.contains { name in !other.others.contains { $0.utf8.elementsEqual(name.utf8) } }
  }
}

/// What differs between two tables of one list.
package struct TableDifference: Sendable {
  package struct Changed: Equatable, Sendable {
    /// Row of the older table.
    package let old: Int
    /// Row of the newer table.
    package let new: Int
    package let change: KeyChange
  }

  /// Rows of the older table whose keys the newer one does not have, in the server's order then.
  package internal(set) var gone: [Int] = []
  /// Rows of the newer table whose keys the older one did not have.
  package internal(set) var added: [Int] = []
  /// In the order of the newer table's rows.
  package internal(set) var changed: [Changed] = []
}

extension KeyTable {
  /// What became of the keys of an older table; linear, and quickest where both have them in about the same order.
  package func difference(from old: KeyTable) -> TableDifference {
    var difference = TableDifference()
    var isThere = RowSet()
    isThere.reserve(rows: old.count)
    var creatorsBefore = [UInt32?](repeating: nil, count: creatorCount)
    // The row of the next key, if it directly followed the one before it.
    var expected = 0
    let chunks = (0..<old.chunkCount).map { old.chunk($0) }
    // In place: a chunk that is taken out has each of its columns counted up and down.
    chunks.withUnsafeBufferPointer { before in
      for index in 0..<chunkCount {
        let columns = chunk(index)
        for offset in 0..<columns.count {
          let row = index << KeyColumns.shift + offset
          guard let oldRow = old.row(of: columns, offset, expected, before) else {
            difference.added.append(row)
            continue
          }
          expected = oldRow + 1
          isThere.insert(oldRow)
          let (oldChunk, oldOffset) = (oldRow >> KeyColumns.shift, oldRow & (KeyColumns.capacity - 1))
          if columns.isEqualExceptCreator(offset, before[oldChunk], oldOffset),
            isSameCreator(columns.creators[offset], before[oldChunk].creators[oldOffset], old, &creatorsBefore)
          {
            continue
          }
          let change = KeyChange(from: old[oldRow], to: self[row])
          if !change.isEmpty { difference.changed.append(.init(old: oldRow, new: row, change: change)) }
        }
      }
    }
    if isThere.count < old.count { difference.gone = old.serverOrder.filter { !isThere.contains($0) } }
    return difference
  }

  /// The row of a key of other columns: tried where it is expected, else looked up. `chunks` are those of this table.
  @inline(__always)
  private func row(
    of columns: borrowing KeyColumns, _ offset: Int, _ expected: Int, _ chunks: UnsafeBufferPointer<KeyColumns>
  ) -> Int? {
    let isUUID = columns.rare.opaqueIDs.isEmpty || columns.rare.opaqueIDs[offset] == nil
    guard isUUID else { return row(of: columns.id(offset)) }
    let id = columns.ids[offset]
    if expected < count {
      let there = chunks[expected >> KeyColumns.shift].ids[expected & (KeyColumns.capacity - 1)]
      // Zeros may mean another form.
      if there.high == id.high, there.low == id.low, id.high | id.low != 0 { return expected }
    }
    return row(of: .uuid(id))
  }

  /// Whether two numbers of creators, of this table and an older one, mean the same id. `known` keeps what was found.
  private func isSameCreator(_ new: UInt32, _ old: UInt32, _ table: KeyTable, _ known: inout [UInt32?]) -> Bool {
    if new == KeyColumns.noCreator || old == KeyColumns.noCreator { return new == old }
    if let number = known[Int(new)] { return number == old }
    let number = table.creators.number(identifying: creators.identifiers[Int(new)]) ?? KeyColumns.noCreator
    known[Int(new)] = number
    return number == old
  }

  /// Some rows as a table of their own, in the order given.
  package func keys(at rows: some Sequence<Int>) -> KeyTable {
    var table = KeyTable()
    var batch = KeyBatch()
    for row in rows {
      batch.append(self[row])
      if batch.count == KeyColumns.capacity {
        table.append(batch)
        batch = KeyBatch()
      }
    }
    table.append(batch)
    return table
  }
}

extension KeyColumns {
  /// Whether two rows hold the same in every column but the creator; false where one of them has a rare form.
  @inline(__always)
  fileprivate func isEqualExceptCreator(_ row: Int, _ other: borrowing KeyColumns, _ otherRow: Int) -> Bool {
    guard flags[row].rawValue == other.flags[otherRow].rawValue, created[row] == other.created[otherRow],
      masks[row].rawValue == other.masks[otherRow].rawValue, lastFour[row] == other.lastFour[otherRow],
      rare.isEmpty || !rare.has(row), other.rare.isEmpty || !other.rare.has(otherRow)
    else { return false }
    let (range, otherRange) = (nameRange(row), other.nameRange(otherRow))
    return names[range].elementsEqual(other.names[otherRange])
  }
}
