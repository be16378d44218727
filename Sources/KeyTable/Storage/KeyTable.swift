package import APIKeyModel
import CKeyScan

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
  /// The first row of each id that was damaged, by its repaired text.
  private var repairedRows: [[UInt8]: Int] = [:]
  private(set) var creators = CreatorIndexer()
  /// Bytes of the texts of every key that came, those of keys that were known already too: what a search has to read
  /// at most, apart from the fixed columns.
  package private(set) var textBytes = 0
  /// Bytes of texts that are copied at most to be sorted; offsets in them are 32 bits.
  var textRoom = 1 << 30
  private var fullCount = 0
  private var unknownCount = 0
  /// Keys without a date that could be understood.
  package private(set) var undatedCount = 0
  /// What of the keys is not as it should be.
  package private(set) var flaws = KeyFlaws()
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
    /// New keys that were not added, because the table may hold no more.
    package var leftOut = 0
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
    textBytes += batch.textBytes
    let numbers = creatorNumbers(batch)
    if batch.rare.opaqueIDs.isEmpty {
      appendRuns(batch, numbers)
    } else {
      for source in 0..<batch.count { appendOne(batch, source, numbers) }
    }
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

  /// Adds the keys whose id is new as long as the table has at most `limit` keys.
  @discardableResult
  package mutating func append(_ batch: KeyBatch, upTo limit: Int) -> AppendResult {
    if batch.count <= limit - count { return append(batch) }
    var result = AppendResult(added: 0, duplicates: 0, addedRows: count..<count)
    var next = 0
    // Keys that are known need no room.
    while next < batch.count, count < limit {
      let end = min(next + limit - count, batch.count)
      let part = append(batch.rows(next..<end))
      result.added += part.added
      result.duplicates += part.duplicates
      next = end
    }
    result.addedRows = result.addedRows.lowerBound..<count
    let rest = next..<batch.count
    result.leftOut = rest.count { row(of: batch.id(at: $0)) == nil }
    result.duplicates += rest.count - result.leftOut
    return result
  }

  /// The creators' numbers by row; ``KeyColumns/noCreator`` where not reported. Keys are counted when they are added.
  private mutating func creatorNumbers(_ batch: KeyBatch) -> [UInt32] {
    if batch.opaqueCreators.isEmpty {
      return [UInt32](unsafeUninitializedCapacity: batch.count) { numbers, count in
        for row in 0..<batch.count {
          let isMissing = batch.flags[row].rawValue & KeyBatch.Flags.noCreator.rawValue != 0
          numbers[row] = isMissing ? KeyColumns.noCreator : creators.number(of: batch.creators[row])
        }
        count = batch.count
      }
    }
    return (0..<batch.count).map { row in
      if batch.flags[row].contains(.noCreator) { return KeyColumns.noCreator }
      if let text = batch.opaqueCreators[row] { return creators.number(opaque: text) }
      return creators.number(of: batch.creators[row])
    }
  }

  /// Adds rows in runs as long as ids are new and the chunk has room.
  private mutating func appendRuns(_ batch: KeyBatch, _ numbers: [UInt32]) {
    var source = 0
    // After a duplicate, runs start short: a page that is all duplicates costs no more than one that is new.
    var length = batch.count
    while source < batch.count {
      let run = source..<min(source + min(length, KeyColumns.capacity - tail.count), batch.count)
      let first = count
      let tailCount = tail.count
      tail.ids.append(contentsOf: batch.ids[run])
      let sealed = self.sealed
      // Taken out for the time, so that the rows can be read while the index is written.
      var index = IdentifierIndex()
      swap(&index, &self.index)
      let added = tail.ids.withUnsafeBufferPointer { tailIDs in
        index.add(batch.ids[run], from: first) { row in
          let chunk = row >> KeyColumns.shift
          let offset = row & (KeyColumns.capacity - 1)
          return chunk < sealed.count ? sealed[chunk].columns.pointee.ids[offset] : tailIDs[offset]
        }
      }
      swap(&index, &self.index)
      tail.ids.removeLast(run.count - added)
      if added > 0 {
        count(batch, run.lowerBound..<run.lowerBound + added, numbers)
        tail.append(
          batch, rows: run.lowerBound..<run.lowerBound + added,
          creators: numbers[run.lowerBound..<run.lowerBound + added])
      }
      assert(tail.ids.count == tailCount + added && tail.count == tailCount + added)
      if added < run.count {
        source = run.lowerBound + added + 1
        length = 1
      } else {
        source = run.upperBound
        length *= 2
      }
      sealIfFull()
    }
  }

  /// Adds one row of a batch in which some ids are not UUIDs.
  private mutating func appendOne(_ batch: KeyBatch, _ source: Int, _ numbers: [UInt32]) {
    let row = count
    if let text = batch.rare.opaqueIDs[source] {
      let damaged = batch.rare.fields[source]?.damagedID
      let isNumber = !batch.forms.isEmpty && batch.forms[source].contains(.numberID)
      let bytes = KeyTable.opaqueKey(text, damaged: damaged, isNumber: isNumber)
      if opaqueRows[bytes] != nil { return }
      opaqueRows[bytes] = row
      // Whoever asks for it has the repaired text; the first of several is found.
      if damaged != nil, repairedRows[Array(text.utf8)] == nil { repairedRows[Array(text.utf8)] = row }
      tail.ids.append(UUID128(high: 0, low: 0))
    } else {
      let id = batch.ids[source]
      if index.number(of: id, idOf: uuid(at:)) != nil { return }
      tail.ids.append(id)
      let (sealed, tailIDs) = (self.sealed, tail.ids)
      _ = index.add([id], from: row) { row in
        let chunk = row >> KeyColumns.shift
        let offset = row & (KeyColumns.capacity - 1)
        return chunk < sealed.count ? sealed[chunk].columns.pointee.ids[offset] : tailIDs[offset]
      }
    }
    count(batch, source..<source + 1, numbers)
    tail.append(batch, rows: source..<source + 1, creators: numbers[source..<source + 1])
    sealIfFull()
  }

  /// What distinguishes an id: a number, and the JSON of a text that was repaired, follow bytes that no text has.
  private static func opaqueKey(_ text: String, damaged json: [UInt8]? = nil, isNumber: Bool = false) -> [UInt8] {
    if let json { return [0xFF] + json }
    return isNumber ? [0xFE] + Array(text.utf8) : Array(text.utf8)
  }

  /// Counts rows that are about to be added, by access and by creator.
  private mutating func count(_ batch: KeyBatch, _ rows: Range<Int>, _ numbers: [UInt32]) {
    let (restricted, unknown) = (KeyBatch.Flags.restricted.rawValue, KeyBatch.Flags.accessUnknown.rawValue)
    var seen: UInt8 = 0
    for flags in batch.flags[rows] {
      seen |= flags.rawValue
      unknownCount += flags.rawValue & unknown != 0 ? 1 : 0
      fullCount += flags.rawValue & (restricted | unknown) == 0 ? 1 : 0
    }
    if seen & KeyBatch.Flags.odd.rawValue != 0 { flaws += batch.flaws(in: rows) }
    if seen & KeyBatch.Flags.noCreated.rawValue != 0 {
      undatedCount += batch.flags[rows].count { $0.contains(.noCreated) }
    }
    creators.count(numbers[rows])
  }

  private mutating func sealIfFull() {
    guard tail.count == KeyColumns.capacity else { return }
    tail.seal()
    let next = KeyColumns.empty(like: tail)
    sealed.append(SealedColumns(tail))
    tail = next
  }

  /// Gives what a long load has used besides the table, its pages above all, back to the system.
  package static func returnSpareMemory() { ck_return_memory() }

  /// Bytes of memory that the process has now.
  package static var memoryInUse: Int { Int(ck_memory_in_use()) }

  package func row(of id: KeyIdentifier) -> Int? {
    switch id {
    case .uuid(let uuid), .spelled(let uuid, _): index.number(of: uuid, idOf: uuid(at:))
    case .opaque(let text):
      opaqueRows[KeyTable.opaqueKey(text)] ?? opaqueRows[KeyTable.opaqueKey(text, isNumber: true)]
        ?? repairedRows[Array(text.utf8)]
    }
  }

  private func uuid(at row: Int) -> UUID128 {
    let chunk = row >> KeyColumns.shift
    let offset = row & (KeyColumns.capacity - 1)
    return chunk < sealed.count ? sealed[chunk].columns.pointee.ids[offset] : tail.ids[offset]
  }

  var chunkCount: Int { sealed.count + (tail.count > 0 ? 1 : 0) }
  func chunk(_ index: Int) -> KeyColumns { index < sealed.count ? sealed[index].columns.pointee : tail }

  /// The table for queries that run beside the loop: without the indexes by id, so that they can go on growing in
  /// place. It finds no row by id.
  package var snapshot: KeyTable {
    var copy = self
    copy.index = IdentifierIndex()
    copy.opaqueRows = [:]
    copy.repairedRows = [:]
    return copy
  }

  /// Reads from the chunk of a row, without a copy of its columns.
  @inline(__always)
  func read<Value>(_ row: Int, _ body: (borrowing KeyColumns, Int) -> Value) -> Value {
    let chunk = row >> KeyColumns.shift
    let offset = row & (KeyColumns.capacity - 1)
    return chunk < sealed.count ? body(sealed[chunk].columns.pointee, offset) : body(tail, offset)
  }

  package func id(at row: Int) -> KeyIdentifier { read(row) { $0.id($1) } }

  /// Nil when not reported or not understood; an empty name is one.
  package func name(at row: Int) -> String? { read(row) { $0.name($1) } }

  /// The name, or what is shown instead of it: see ``APIKey/shownName``.
  package func shownName(at row: Int) -> String {
    guard let name = name(at: row), !name.isEmpty else { return self[row].shownName }
    return name
  }

  /// One row as a value, exactly as it was sent.
  package subscript(row: Int) -> APIKey {
    read(row) { columns, offset in
      let flags = columns.flags[offset]
      let rare = columns.rare.fields.isEmpty ? nil : columns.rare.fields[offset]
      let form = columns.form(offset)
      return APIKey(
        id: columns.id(offset), name: columns.name(offset), created: columns.createdDate(offset),
        createdText: columns.rare.createdTexts[offset], lastFour: columns.lastFourText(offset),
        creator: creator(at: row).map { columns.creatorID(offset, creatorID($0)) },
        restricted: flags.contains(.accessUnknown) ? nil : flags.contains(.restricted),
        permissions: columns.permissions(offset), absent: form.absent, notUnderstood: rare?.notUnderstood ?? [:],
        damaged: rare?.damaged ?? .none, idIsNumber: form.contains(.numberID))
    }
  }

  package func access(at row: Int) -> KeyAccess { read(row) { $0.access($1) } }

  /// Whether some field of the key was damaged or not understood.
  package func isOdd(at row: Int) -> Bool { read(row) { $0.flags[$1].contains(.odd) } }

  /// What of some keys is not as it should be.
  package func flaws(in rows: RowList) -> KeyFlaws {
    var flaws = KeyFlaws()
    if self.flaws.isEmpty { return flaws }
    for row in rows where isOdd(at: row) {
      let apiKey = self[row]
      let fields = apiKey.notUnderstood.count + (apiKey.created == nil && apiKey.createdText != nil ? 1 : 0)
      flaws.add(notUnderstood: fields, damaged: !apiKey.damaged.isEmpty)
    }
    return flaws
  }

  /// What the server sent for a field of one key.
  package func state(of field: KeyField, at row: Int) -> FieldState { self[row].state(of: field) }

  /// Different permissions listed; nil for full access and for a list that was not reported.
  package func permissionCount(at row: Int) -> Int? { read(row) { $0.permissionCount($1) } }

  package func created(at row: Int) -> CreatedDate? { read(row) { $0.createdDate($1) } }

  package func creator(at row: Int) -> CreatorIndex? {
    read(row) { columns, offset in
      let creator = columns.creators[offset]
      return creator == KeyColumns.noCreator ? nil : CreatorIndex(rawValue: creator)
    }
  }

  package func creatorID(_ index: CreatorIndex) -> KeyIdentifier { creators.identifiers[Int(index.rawValue)] }
  /// The creator with an id; nil where no key has it.
  package func creator(identifiedBy id: KeyIdentifier) -> CreatorIndex? {
    creators.number(identifying: id).map { CreatorIndex(rawValue: $0) }
  }
  package func keyCount(of creator: CreatorIndex) -> Int { creators.keyCounts[Int(creator.rawValue)] }
  /// Different creators seen.
  package var creatorCount: Int { creators.identifiers.count }

  package func lastFour(at row: Int) -> String? { read(row) { $0.lastFourText($1) } }

  package var accessCounts: (full: Int, limited: Int, unknown: Int) {
    (fullCount, count - fullCount - unknownCount, unknownCount)
  }

  /// Replaces the server's order; it holds each row once.
  mutating func setOrder(_ rows: [UInt32]) { order = rows }

  /// Every row in the server's order.
  package var serverOrder: RowList { order.map { RowList(rows: $0) } ?? RowList(count: count) }
}
