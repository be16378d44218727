package import APIKeyModel

/// A row in which every field was reported in its usual form, as it lies in memory: for writers of many rows.
package struct RegularRow {
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
  /// The raw values, read once: in another module each is a call.
  private static let unusualFlags =
    KeyBatch.Flags([.accessUnknown, .noName, .noCreator, .noLastFour, .noCreated, .odd]).rawValue
  private static let restrictedFlag = KeyBatch.Flags.restricted.rawValue
  private static let noListFlag = KeyBatch.Flags.noPermissionList.rawValue
  private static let irregularForm = CreatedDate.Form.irregular.rawValue

  /// Calls `body` with a row and returns its result; false, without a call, where a field of the row has a rare
  /// form or was not reported.
  package func withRegularRow(_ row: Int, _ body: (RegularRow) -> Bool) -> Bool {
    let chunk = row >> KeyColumns.shift
    let offset = row & (KeyColumns.capacity - 1)
    if chunk < sealed.count { return withRegularRow(of: sealed[chunk].columns, offset, body) }
    return withUnsafePointer(to: tail) { withRegularRow(of: $0, offset, body) }
  }

  /// By pointer: each column is read in place.
  private func withRegularRow(
    of columns: UnsafePointer<KeyColumns>, _ offset: Int, _ body: (RegularRow) -> Bool
  ) -> Bool {
    let flags = columns.pointee.flags[offset].rawValue
    let form = columns.pointee.createdForms[offset]
    guard flags & KeyTable.unusualFlags == 0, form.rawValue != KeyTable.irregularForm,
      columns.pointee.forms.isEmpty || columns.pointee.forms[offset].isEmpty,
      columns.pointee.rare.isEmpty || !columns.pointee.rare.has(offset)
    else { return false }
    let creator = creators.uuid(of: columns.pointee.creators[offset])
    // Zeros mean another form.
    if creator.high | creator.low == 0 { return false }
    let range = columns.pointee.nameRange(offset)
    return columns.pointee.names.withUnsafeBufferPointer { names in
      body(
        RegularRow(
          id: columns.pointee.ids[offset], name: UnsafeBufferPointer(rebasing: names[range]),
          created: columns.pointee.created[offset], createdForm: form, lastFour: columns.pointee.lastFour[offset],
          creator: creator, isRestricted: flags & KeyTable.restrictedFlag != 0,
          permissions: flags & KeyTable.noListFlag != 0 ? nil : columns.pointee.masks[offset]))
    }
  }
}
