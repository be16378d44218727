import APIKeyModel

/// Every key loaded so far, as columns: a value that is cheap to copy and to grow while copies are held.
///
/// Rows are numbered 0..<``count`` in the order they arrived and never move; keys are unique by id. The order on the
/// server can differ from the row order once keys were added at the top (see ``serverOrder``).
package struct KeyTable: Sendable {
  private(set) var sealed: [SealedColumns] = []
  private(set) var tail = KeyColumns()
  private var index = IdentifierIndex()
  /// By bytes: `==` on strings is canonical equivalence, which would make two different ids one.
  private var opaqueRows: [[UInt8]: Int] = [:]
  private(set) var creators = CreatorIndexer()
  private var fullCount = 0
  private var unknownCount = 0
  /// The rows in the server's order; nil while that is 0..<count.
  private(set) var order: [UInt32]?

  package init() {}

  package var count: Int { sealed.count << KeyColumns.shift + tail.count }
  package var isEmpty: Bool { count == 0 }

  /// What an append did.
  package struct AppendResult: Equatable, Sendable {
    /// Keys that were new.
    package var added: Int
    /// Keys whose id was there already; the row that was there stays as it is.
    package var duplicates: Int
    /// The new rows.
    package var addedRows: Range<Int>
  }

  /// Where appended keys come in the server's order.
  package enum Position: Sendable {
    case bottom
    /// Before every key so far; in the batch's order among themselves.
    case top
  }

  /// Adds the keys whose id is new.
  @discardableResult
  package mutating func append(_ batch: KeyBatch, at position: Position = .bottom) -> AppendResult {
    let before = count
    for source in 0..<batch.count { appendIfNew(batch, source) }
    let added = before..<count
    let newRows = added.lazy.map { UInt32($0) }
    switch position {
    case .bottom:
      if order != nil { order?.append(contentsOf: newRows) }
    case .top:
      if before > 0, !added.isEmpty {
        order = Array(newRows) + (order ?? (0..<UInt32(before)).map { $0 })
      }
    }
    return AppendResult(added: added.count, duplicates: batch.count - added.count, addedRows: added)
  }

  private mutating func appendIfNew(_ batch: KeyBatch, _ source: Int) {
    let row = count
    if let text = batch.opaqueIDs.isEmpty ? nil : batch.opaqueIDs[source] {
      let bytes = Array(text.utf8)
      if opaqueRows[bytes] != nil { return }
      opaqueRows[bytes] = row
    } else {
      let id = batch.ids[source]
      if index.row(of: id, idOf: uuid(at:)) != nil { return }
    }
    let rowFlags = batch.flags[source]
    var creator = KeyColumns.noCreator
    if !rowFlags.contains(.noCreator) {
      let opaque = batch.opaqueCreators.isEmpty ? nil : batch.opaqueCreators[source]
      creator = creators.count(opaque.map { .opaque($0) } ?? .uuid(batch.creators[source]))
    }
    if rowFlags.contains(.accessUnknown) {
      unknownCount += 1
    } else if !rowFlags.contains(.restricted) {
      fullCount += 1
    }
    tail.append(batch, row: source, creator: creator)
    if batch.opaqueIDs[source] == nil {
      let tail = self.tail.ids
      let sealed = self.sealed
      index.insert(batch.ids[source], row: row) { row in
        let chunk = row >> KeyColumns.shift
        let offset = row & (KeyColumns.capacity - 1)
        return chunk < sealed.count ? sealed[chunk].columns.ids[offset] : tail[offset]
      }
    }
    if tail.count == KeyColumns.capacity {
      tail.seal()
      sealed.append(SealedColumns(tail))
      tail = KeyColumns()
    }
  }

  package mutating func removeAll() { self = KeyTable() }

  package func row(of id: KeyIdentifier) -> Int? {
    switch id {
    case .uuid(let uuid): index.row(of: uuid, idOf: uuid(at:))
    case .opaque(let text): opaqueRows[Array(text.utf8)]
    }
  }

  private func uuid(at row: Int) -> UUID128 {
    let chunk = row >> KeyColumns.shift
    let offset = row & (KeyColumns.capacity - 1)
    return chunk < sealed.count ? sealed[chunk].columns.ids[offset] : tail.ids[offset]
  }

  var chunkCount: Int { sealed.count + (tail.count > 0 ? 1 : 0) }
  func chunk(_ index: Int) -> KeyColumns { index < sealed.count ? sealed[index].columns : tail }

  /// The chunk of a row, and the row's number in it.
  func locate(_ row: Int) -> (columns: KeyColumns, offset: Int) {
    (chunk(row >> KeyColumns.shift), row & (KeyColumns.capacity - 1))
  }

  package func id(at row: Int) -> KeyIdentifier {
    let (columns, offset) = locate(row)
    return columns.id(offset)
  }

  package func name(at row: Int) -> String {
    let (columns, offset) = locate(row)
    return String(decoding: columns.names[columns.nameRange(offset)], as: UTF8.self)
  }

  /// One row as a value, exactly as it was sent.
  package subscript(row: Int) -> APIKey {
    let (columns, offset) = locate(row)
    let flags = columns.flags[offset]
    return APIKey(
      id: columns.id(offset), name: name(at: row), created: created(at: row),
      createdText: columns.rare.createdTexts[offset], lastFour: columns.lastFourText(offset),
      creator: creator(at: row).map(creatorID),
      restricted: flags.contains(.accessUnknown) ? nil : flags.contains(.restricted),
      permissions: columns.permissions(offset), permissionsAbsent: flags.contains(.permissionsAbsent))
  }

  package func access(at row: Int) -> KeyAccess {
    let (columns, offset) = locate(row)
    return columns.access(offset)
  }

  /// Different permissions listed; nil for full access and for a list that was not reported.
  package func permissionCount(at row: Int) -> Int? {
    let (columns, offset) = locate(row)
    return columns.permissionCount(offset)
  }

  package func created(at row: Int) -> CreatedDate? {
    let (columns, offset) = locate(row)
    if columns.flags[offset].contains(.noCreated) { return nil }
    return CreatedDate(microseconds: columns.created[offset], form: columns.createdForms[offset])
  }

  package func creator(at row: Int) -> CreatorIndex? {
    let (columns, offset) = locate(row)
    let creator = columns.creators[offset]
    return creator == KeyColumns.noCreator ? nil : CreatorIndex(rawValue: creator)
  }

  package func creatorID(_ index: CreatorIndex) -> KeyIdentifier { creators.identifiers[Int(index.rawValue)] }
  package func keyCount(of creator: CreatorIndex) -> Int { creators.keyCounts[Int(creator.rawValue)] }
  /// Different creators seen.
  package var creatorCount: Int { creators.identifiers.count }

  package func lastFour(at row: Int) -> String? {
    let (columns, offset) = locate(row)
    return columns.lastFourText(offset)
  }

  package var accessCounts: (full: Int, limited: Int, unknown: Int) {
    (fullCount, count - fullCount - unknownCount, unknownCount)
  }

  /// Every row in the server's order.
  package var serverOrder: RowList { order.map { RowList(rows: $0) } ?? RowList(count: count) }
}
