import APIKeyModel

/// A row in which every field was reported in its usual form, as it lies in memory: for writers of many rows.
package struct PlainRow {
  package var id: UUID128
  /// UTF-8 that lives as long as the call it was given to.
  package var name: UnsafeBufferPointer<UInt8>
  /// Microseconds since the epoch.
  package var created: Int64
  package var createdForm: CreatedDate.Form
  /// Four ASCII characters, the first in the lowest byte.
  package var lastFour: UInt32
  package var creator: UUID128
  package var isRestricted: Bool
  /// Nil where the server sent null.
  package var permissions: PermissionMask?
}

extension KeyTable {
  private static let unusualFlags =
    KeyBatch.Flags([.accessUnknown, .permissionsAbsent, .noCreator, .noLastFour, .noCreated]).rawValue

  /// Calls `body` with a row and gives back what it said; false, without a call, where a field of the row has a rare
  /// form or was not reported.
  package func withPlainRow(_ row: Int, _ body: (PlainRow) -> Bool) -> Bool {
    read(row) { columns, offset in
      let flags = columns.flags[offset]
      guard flags.rawValue & KeyTable.unusualFlags == 0, columns.createdForms[offset] != .irregular,
        columns.rare.isEmpty || !columns.rare.has(offset),
        case .uuid(let creator) = creators.identifiers[Int(columns.creators[offset])]
      else { return false }
      let range = columns.nameRange(offset)
      return columns.names.withUnsafeBufferPointer { names in
        body(
          PlainRow(
            id: columns.ids[offset], name: UnsafeBufferPointer(rebasing: names[range]),
            created: columns.created[offset],
            createdForm: columns.createdForms[offset], lastFour: columns.lastFour[offset], creator: creator,
            isRestricted: flags.rawValue & KeyBatch.Flags.restricted.rawValue != 0,
            permissions: flags.rawValue & KeyBatch.Flags.noPermissionList.rawValue != 0 ? nil : columns.masks[offset]))
      }
    }
  }
}
