import APIKeyModel

/// Up to ``KeyColumns/capacity`` consecutive rows as columns: the unit that is copied when a shared table grows.
///
/// Row numbers in here count from the first row of the chunk.
struct KeyColumns: Sendable {
  static let shift = 14
  static let capacity = 1 << shift

  var ids: [UUID128] = []
  /// Every name end to end, valid UTF-8.
  var names: [UInt8] = []
  var nameEnds: [UInt32] = []
  /// Microseconds since the epoch.
  var created: [Int64] = []
  var createdForms: [CreatedDate.Form] = []
  var lastFour: [UInt32] = []
  /// Index into the table's creators; ``noCreator`` where not reported.
  var creators: [UInt32] = []
  var masks: [PermissionMask] = []
  var flags: [KeyBatch.Flags] = []
  /// Empty as long as each row has the usual form.
  var forms: [RowForm] = []
  var rare = RareShapes()

  static let noCreator = UInt32.max

  var count: Int { flags.count }

  func nameRange(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : Int(nameEnds[row - 1]))..<Int(nameEnds[row])
  }

  func form(_ row: Int) -> RowForm { forms.isEmpty ? .usual : forms[row] }

  @inline(__always)
  func createdDate(_ row: Int) -> CreatedDate? {
    flags[row].contains(.noCreated) ? nil : CreatedDate(microseconds: created[row], form: createdForms[row])
  }

  func id(_ row: Int) -> KeyIdentifier {
    if rare.opaqueIDs.isEmpty, rare.fields.isEmpty, forms.isEmpty { return .uuid(ids[row]) }
    return KeyBatch.identifier(
      ids[row], opaque: rare.opaqueIDs[row], mixed: rare.fields[row]?.mixedID,
      isCapital: form(row).contains(.capitalID))
  }

  /// A creator's id as this row has it, which may have other letters than the creator of another row.
  func creatorID(_ row: Int, _ id: KeyIdentifier) -> KeyIdentifier {
    guard case .uuid(let uuid) = id else { return id }
    return KeyBatch.identifier(
      uuid, opaque: nil, mixed: rare.fields[row]?.mixedCreator, isCapital: form(row).contains(.capitalCreator))
  }

  func name(_ row: Int) -> String? {
    flags[row].contains(.noName) ? nil : String(decoding: names[nameRange(row)], as: UTF8.self)
  }

  func access(_ row: Int) -> KeyAccess {
    if flags[row].contains(.accessUnknown) { return .unknown }
    return flags[row].contains(.restricted) ? .limited : .full
  }

  func lastFourText(_ row: Int) -> String? {
    flags[row].contains(.noLastFour) ? nil : rare.otherLastFour[row] ?? PackedLastFour(lastFour[row]).text
  }

  func permissions(_ row: Int) -> PermissionSet? {
    flags[row].contains(.noPermissionList) ? nil : rare.permissionLists[row] ?? PermissionSet(mask: masks[row])
  }

  /// Different permissions listed; nil for full access and for a list that was not reported.
  func permissionCount(_ row: Int) -> Int? {
    if access(row) == .full || flags[row].contains(.noPermissionList) { return nil }
    return rare.permissionLists.isEmpty ? masks[row].count : rare.permissionLists[row]?.count ?? masks[row].count
  }

  /// Adds some rows of a batch; their ids are there already, and their creators have numbers.
  mutating func append(_ batch: KeyBatch, rows: Range<Int>, creators numbers: ArraySlice<UInt32>) {
    let first = count
    let start = rows.lowerBound == 0 ? 0 : Int(batch.nameEnds[rows.lowerBound - 1])
    let shift = UInt32(truncatingIfNeeded: names.count &- start)
    names.append(contentsOf: batch.names[start..<Int(batch.nameEnds[rows.upperBound - 1])])
    nameEnds.append(contentsOf: batch.nameEnds[rows].lazy.map { $0 &+ shift })
    created.append(contentsOf: batch.created[rows])
    createdForms.append(contentsOf: batch.createdForms[rows])
    lastFour.append(contentsOf: batch.lastFour[rows])
    creators.append(contentsOf: numbers)
    masks.append(contentsOf: batch.masks[rows])
    flags.append(contentsOf: batch.flags[rows])
    if !forms.isEmpty || !batch.forms.isEmpty { appendForms(batch, rows, from: first) }
    if batch.rare.isEmpty { return }
    // By whichever is shorter: a batch whose rows come one by one must not be scanned whole for each of them.
    func take<Value>(_ side: [Int: Value], into target: inout [Int: Value]) {
      if rows.count < side.count {
        for row in rows { if let value = side[row] { target[first + row - rows.lowerBound] = value } }
      } else {
        for (row, value) in side where rows.contains(row) { target[first + row - rows.lowerBound] = value }
      }
    }
    take(batch.rare.opaqueIDs, into: &rare.opaqueIDs)
    take(batch.rare.createdTexts, into: &rare.createdTexts)
    take(batch.rare.otherLastFour, into: &rare.otherLastFour)
    take(batch.rare.permissionLists, into: &rare.permissionLists)
    take(batch.rare.fields, into: &rare.fields)
  }

  private mutating func appendForms(_ batch: KeyBatch, _ rows: Range<Int>, from first: Int) {
    forms.append(contentsOf: repeatElement([], count: first - forms.count))
    if batch.forms.isEmpty {
      forms.append(contentsOf: repeatElement([], count: rows.count))
    } else {
      forms.append(contentsOf: batch.forms[rows])
    }
  }

  /// An empty chunk with the room that a full one of the same data took.
  static func empty(like full: KeyColumns) -> KeyColumns {
    var columns = KeyColumns()
    columns.ids.reserveCapacity(capacity)
    columns.names.reserveCapacity(full.names.count + full.names.count / 16)
    columns.nameEnds.reserveCapacity(capacity)
    columns.created.reserveCapacity(capacity)
    columns.createdForms.reserveCapacity(capacity)
    columns.lastFour.reserveCapacity(capacity)
    columns.creators.reserveCapacity(capacity)
    columns.masks.reserveCapacity(capacity)
    columns.flags.reserveCapacity(capacity)
    return columns
  }

  /// Gives back the room that growing left over; called when the chunk is full.
  mutating func seal() {
    func trim<Element>(_ column: inout [Element]) {
      if column.capacity > column.count + column.count / 32 {
        column = column.withUnsafeBufferPointer { Array($0) }
      }
    }
    trim(&ids)
    trim(&names)
    trim(&nameEnds)
    trim(&created)
    trim(&createdForms)
    trim(&lastFour)
    trim(&creators)
    trim(&masks)
    trim(&flags)
    trim(&forms)
  }
}

extension RareShapes {
  // Inlined: else all of it is copied for each row that is asked about.
  @inline(__always)
  var isEmpty: Bool {
    opaqueIDs.isEmpty && createdTexts.isEmpty && otherLastFour.isEmpty && permissionLists.isEmpty && fields.isEmpty
  }

  @inline(__always)
  func has(_ row: Int) -> Bool {
    opaqueIDs[row] != nil || createdTexts[row] != nil || otherLastFour[row] != nil || permissionLists[row] != nil
      || fields[row] != nil
  }
}

/// A full chunk: never changes again, so tables share it.
///
/// The columns are reached through a pointer, so that a row is read in place: a property of a class is copied, all its
/// arrays counted up and down, for each row. `nonisolated(unsafe)`: what it points to is written before anyone has it.
final class SealedColumns: Sendable {
  nonisolated(unsafe) let columns: UnsafePointer<KeyColumns>

  init(_ columns: KeyColumns) {
    let memory = UnsafeMutablePointer<KeyColumns>.allocate(capacity: 1)
    memory.initialize(to: columns)
    self.columns = UnsafePointer(memory)
  }

  deinit {
    let memory = UnsafeMutablePointer(mutating: columns)
    memory.deinitialize(count: 1)
    memory.deallocate()
  }
}
