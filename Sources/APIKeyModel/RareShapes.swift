/// What few rows have, by row: the side tables beside the columns of a batch, or of a chunk of the table.
package struct RareShapes: Sendable {
  /// Ids that are not UUIDs.
  package var opaqueIDs: [Int: String] = [:]
  /// The written date where the form is irregular or no date was understood.
  package var createdTexts: [Int: String] = [:]
  /// Last digits that are not four ASCII characters.
  package var otherLastFour: [Int: String] = [:]
  /// The list as sent, where the mask alone does not say it.
  package var permissionLists: [Int: PermissionSet] = [:]
  package var fields: [Int: RareFields] = [:]

  package init() {}

  /// Bytes of its texts, dates left out.
  var textBytes: Int {
    RareShapes.bytes(of: opaqueIDs) + RareShapes.bytes(of: otherLastFour)
      + fields.values.reduce(0) { $0 + $1.textBytes }
      + permissionLists.values.reduce(0) { $0 + $1.others.reduce(0) { $0 + $1.utf8.count } }
  }

  static func bytes(of side: [Int: String]) -> Int {
    side.isEmpty ? 0 : side.values.reduce(0) { $0 + $1.utf8.count }
  }

  /// Adds those of other rows, the first of which becomes row `first`.
  mutating func append(_ other: RareShapes, from first: Int) {
    for (row, text) in other.opaqueIDs { opaqueIDs[first + row] = text }
    for (row, text) in other.createdTexts { createdTexts[first + row] = text }
    for (row, text) in other.otherLastFour { otherLastFour[first + row] = text }
    for (row, set) in other.permissionLists { permissionLists[first + row] = set }
    for (row, rare) in other.fields { fields[first + row] = rare }
  }

  /// Adds what one row of others has, as what row `index` has.
  mutating func add(_ row: Int, of other: RareShapes, at index: Int) {
    if !other.opaqueIDs.isEmpty { opaqueIDs[index] = other.opaqueIDs[row] }
    if !other.createdTexts.isEmpty { createdTexts[index] = other.createdTexts[row] }
    if !other.otherLastFour.isEmpty { otherLastFour[index] = other.otherLastFour[row] }
    if !other.permissionLists.isEmpty { permissionLists[index] = other.permissionLists[row] }
    if !other.fields.isEmpty { fields[index] = other.fields[row] }
  }

  /// Those of the first `count` rows, the last of them first.
  func reversed(first count: Int) -> RareShapes {
    var shapes = RareShapes()
    shapes.opaqueIDs = RareShapes.reversed(opaqueIDs, first: count)
    shapes.createdTexts = RareShapes.reversed(createdTexts, first: count)
    shapes.otherLastFour = RareShapes.reversed(otherLastFour, first: count)
    shapes.permissionLists = RareShapes.reversed(permissionLists, first: count)
    shapes.fields = RareShapes.reversed(fields, first: count)
    return shapes
  }

  static func reversed<Value>(_ side: [Int: Value], first count: Int) -> [Int: Value] {
    if side.isEmpty { return [:] }
    return Dictionary(
      uniqueKeysWithValues: side.lazy.filter { $0.key < count }.map { (count - 1 - $0.key, $0.value) })
  }
}
