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
  var rare = RareShapes()

  static let noCreator = UInt32.max

  /// What few rows have, by row.
  struct RareShapes: Sendable {
    var opaqueIDs: [Int: String] = [:]
    var createdTexts: [Int: String] = [:]
    var otherLastFour: [Int: String] = [:]
    var permissionLists: [Int: PermissionSet] = [:]
  }

  var count: Int { flags.count }

  func nameRange(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : Int(nameEnds[row - 1]))..<Int(nameEnds[row])
  }

  func id(_ row: Int) -> KeyIdentifier {
    rare.opaqueIDs.isEmpty ? .uuid(ids[row]) : rare.opaqueIDs[row].map { .opaque($0) } ?? .uuid(ids[row])
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

  /// Adds row `source` of a batch.
  mutating func append(_ batch: KeyBatch, row source: Int, creator: UInt32) {
    let row = count
    ids.append(batch.ids[source])
    let start = source == 0 ? 0 : Int(batch.nameEnds[source - 1])
    names.append(contentsOf: batch.names[start..<Int(batch.nameEnds[source])])
    nameEnds.append(UInt32(names.count))
    created.append(batch.created[source])
    createdForms.append(batch.createdForms[source])
    lastFour.append(batch.lastFour[source])
    creators.append(creator)
    masks.append(batch.masks[source])
    flags.append(batch.flags[source])
    if !batch.opaqueIDs.isEmpty { rare.opaqueIDs[row] = batch.opaqueIDs[source] }
    if !batch.createdTexts.isEmpty { rare.createdTexts[row] = batch.createdTexts[source] }
    if !batch.otherLastFour.isEmpty { rare.otherLastFour[row] = batch.otherLastFour[source] }
    if !batch.permissionLists.isEmpty { rare.permissionLists[row] = batch.permissionLists[source] }
  }

  /// Gives back the room that growing left over; called when the chunk is full.
  mutating func seal() {
    names = names.withUnsafeBufferPointer { Array($0) }
  }
}

/// A full chunk: never changes again, so tables share it.
final class SealedColumns: Sendable {
  let columns: KeyColumns
  init(_ columns: KeyColumns) { self.columns = columns }
}
