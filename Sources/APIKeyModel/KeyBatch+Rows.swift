/// Reading a batch row by row.
extension KeyBatch {
  /// The id of a row.
  package func id(at row: Int) -> KeyIdentifier {
    if rare.opaqueIDs.isEmpty, forms.isEmpty, rare.fields.isEmpty { return .uuid(ids[row]) }
    return KeyBatch.identifier(
      ids[row], opaque: rare.opaqueIDs[row], mixed: rare.fields[row]?.mixedID,
      isCapital: form(at: row).contains(.capitalID))
  }

  /// An id as it was sent, from what is kept of it.
  package static func identifier(
    _ uuid: UUID128, opaque: String?, mixed: String?, isCapital: Bool
  ) -> KeyIdentifier {
    if let opaque { return .opaque(opaque) }
    if let mixed { return .spelled(uuid, mixed) }
    return isCapital ? .spelled(uuid, uuid.description.uppercased()) : .uuid(uuid)
  }

  private func form(at row: Int) -> RowForm { forms.isEmpty ? .usual : forms[row] }

  /// The first row with an id; nil where there is none.
  package func row(of id: KeyIdentifier) -> Int? {
    switch id {
    case .uuid(let uuid), .spelled(let uuid, _):
      guard !rare.opaqueIDs.isEmpty else { return ids.firstIndex { $0.high == uuid.high && $0.low == uuid.low } }
      return ids.indices.first { ids[$0] == uuid && rare.opaqueIDs[$0] == nil }
    case .opaque: return rare.opaqueIDs.lazy.filter { KeyIdentifier.opaque($0.value) == id }.map(\.key).min()
    }
  }

  /// One row as a value.
  package subscript(row: Int) -> APIKey {
    let rowFlags = flags[row]
    let start = row == 0 ? 0 : Int(nameEnds[row - 1])
    let permissions: PermissionSet? =
      rowFlags.contains(.noPermissionList) ? nil : rare.permissionLists[row] ?? PermissionSet(mask: masks[row])
    let restricted: Bool? = rowFlags.contains(.accessUnknown) ? nil : rowFlags.contains(.restricted)
    let fields = rare.fields[row]
    let form = form(at: row)
    let creator = KeyBatch.identifier(
      creators[row], opaque: opaqueCreators[row], mixed: fields?.mixedCreator,
      isCapital: form.contains(.capitalCreator))
    return APIKey(
      id: id(at: row),
      name: rowFlags.contains(.noName) ? nil : String(decoding: names[start..<Int(nameEnds[row])], as: UTF8.self),
      created: rowFlags.contains(.noCreated)
        ? nil : CreatedDate(microseconds: created[row], form: createdForms[row]),
      createdText: rare.createdTexts[row],
      lastFour: rowFlags.contains(.noLastFour) ? nil : rare.otherLastFour[row] ?? PackedLastFour(lastFour[row]).text,
      creator: rowFlags.contains(.noCreator) ? nil : creator,
      restricted: restricted, permissions: permissions, absent: form.absent,
      notUnderstood: fields?.notUnderstood ?? [:], damaged: fields?.damaged ?? .none,
      idIsNumber: form.contains(.numberID))
  }

  /// How many of its keys are not as they should be.
  package var flaws: KeyFlaws { flaws(in: 0..<count) }

  package func flaws(in rows: Range<Int>) -> KeyFlaws {
    var flaws = KeyFlaws()
    for row in rows where flags[row].contains(.odd) {
      let fields = rare.fields[row]
      // A text that is no date has a field of its own.
      let hasNoDate = flags[row].contains(.noCreated) && rare.createdTexts[row] != nil
      flaws.add(
        notUnderstood: (fields?.notUnderstood.count ?? 0) + (hasNoDate ? 1 : 0),
        damaged: fields?.damaged.isEmpty == false)
    }
    return flaws
  }
}
