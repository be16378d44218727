/// The keys of one page or one file chunk as columns: what decoding writes and the table reads, with no object a key.
///
/// Row `i` of every column belongs together. Rare shapes live in side tables by row, so that the common row costs
/// only its fixed columns.
package struct KeyBatch: Sendable {
  /// Bits of ``flags``.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// `restricted` was true.
    package static let restricted = Flags(rawValue: 1)
    /// `restricted` was not reported, or not understood.
    package static let accessUnknown = Flags(rawValue: 2)
    /// There is no list of permissions: it was not reported, or not understood.
    package static let noPermissionList = Flags(rawValue: 4)
    /// Likewise of the other fields.
    package static let noName = Flags(rawValue: 8)
    package static let noCreator = Flags(rawValue: 16)
    package static let noLastFour = Flags(rawValue: 32)
    package static let noCreated = Flags(rawValue: 64)
    /// Some field was damaged, or not understood.
    package static let odd = Flags(rawValue: 128)
  }

  /// UUID form of the id; (0, 0) with an entry in ``RareShapes/opaqueIDs`` for other forms.
  package private(set) var ids: [UUID128] = []
  /// Every name, end to end, valid UTF-8.
  package private(set) var names: [UInt8] = []
  /// Where the name of row `i` ends in ``names``; it starts where the one before ends.
  package private(set) var nameEnds: [UInt32] = []
  /// Microseconds since the epoch; 0 with ``Flags/noCreated``.
  package private(set) var created: [Int64] = []
  package private(set) var createdForms: [CreatedDate.Form] = []
  /// Four ASCII bytes, the first in the lowest byte; 0 with an entry in ``RareShapes/otherLastFour`` for other lengths.
  package private(set) var lastFour: [UInt32] = []
  package private(set) var creators: [UUID128] = []
  package private(set) var opaqueCreators: [Int: String] = [:]
  package private(set) var masks: [PermissionMask] = []
  package private(set) var flags: [Flags] = []
  /// Empty as long as each row has the usual form.
  package private(set) var forms: [RowForm] = []
  package private(set) var rare = RareShapes()

  package init() {}

  package var count: Int { flags.count }
  package var isEmpty: Bool { flags.isEmpty }

  /// Bytes of its names, and of the texts of rare shapes.
  package var textBytes: Int { names.count + rare.textBytes + RareShapes.bytes(of: opaqueCreators) }

  package mutating func reserveCapacity(_ rows: Int) {
    ids.reserveCapacity(rows)
    names.reserveCapacity(rows * 28)
    nameEnds.reserveCapacity(rows)
    created.reserveCapacity(rows)
    createdForms.reserveCapacity(rows)
    lastFour.reserveCapacity(rows)
    creators.reserveCapacity(rows)
    masks.reserveCapacity(rows)
    flags.reserveCapacity(rows)
  }

  /// One row as borrowed bytes, for decoders. Strings are valid UTF-8 that lives until ``append(_:)`` returns.
  package struct RawRow {
    package var id: UnsafeBufferPointer<UInt8>
    /// The value of `id` if the decoder read it as a UUID; nil proves nothing.
    package var idValue: UUID128?
    /// Nil when not reported or not understood; so are those that follow.
    package var name: UnsafeBufferPointer<UInt8>?
    package var created: UnsafeBufferPointer<UInt8>?
    package var lastFour: UnsafeBufferPointer<UInt8>?
    package var creator: UnsafeBufferPointer<UInt8>?
    package var creatorValue: UUID128?
    package var restricted: Bool?
    package var permissions: RawPermissions

    package init(
      id: UnsafeBufferPointer<UInt8>, idValue: UUID128? = nil, name: UnsafeBufferPointer<UInt8>?,
      created: UnsafeBufferPointer<UInt8>?,
      lastFour: UnsafeBufferPointer<UInt8>?, creator: UnsafeBufferPointer<UInt8>?,
      creatorValue: UUID128? = nil, restricted: Bool?, permissions: RawPermissions
    ) {
      self.id = id
      self.idValue = idValue
      self.name = name
      self.created = created
      self.lastFour = lastFour
      self.creator = creator
      self.creatorValue = creatorValue
      self.restricted = restricted
      self.permissions = permissions
    }
  }

  /// The `permissions` field of one row.
  package enum RawPermissions {
    /// Not reported, or not understood.
    case none
    /// Known names in catalogue order, each once.
    case mask(PermissionMask)
    /// Any other list.
    case list(PermissionSet)
  }

  /// Adds one row from borrowed bytes.
  package mutating func append(_ row: RawRow) {
    let index = count
    var rowFlags: Flags = []
    if let uuid = row.idValue { ids.append(uuid) } else { appendOtherID(row.id, at: index) }
    if let name = row.name { names.append(contentsOf: name) } else { rowFlags.insert(.noName) }
    nameEnds.append(UInt32(names.count))
    appendCreated(row.created, at: index, flags: &rowFlags)
    appendLastFour(row.lastFour, at: index, flags: &rowFlags)
    if let creator = row.creator {
      if let uuid = row.creatorValue { creators.append(uuid) } else { appendOtherCreator(creator, at: index) }
    } else {
      creators.append(UUID128(high: 0, low: 0))
      rowFlags.insert(.noCreator)
    }
    switch row.restricted {
    case .some(true): rowFlags.insert(.restricted)
    case .some(false): break
    case .none: rowFlags.insert(.accessUnknown)
    }
    switch row.permissions {
    case .none:
      masks.append([])
      rowFlags.insert(.noPermissionList)
    case .mask(let mask): masks.append(mask)
    case .list(let set):
      masks.append(set.mask)
      if !set.isCanonical { rare.permissionLists[index] = set }
    }
    flags.append(rowFlags)
    if !forms.isEmpty, forms.count <= index { forms.append([]) }
  }

  /// Sets how the last row was sent, and what else is known about it.
  package mutating func describeLast(form: RowForm, rare fields: RareFields?) {
    let row = count - 1
    if !form.isEmpty { add(form, at: row) }
    guard var fields else { return }
    if !fields.notUnderstood.isEmpty || !fields.damaged.isEmpty { flags[row].insert(.odd) }
    fields.mixedID = rare.fields[row]?.mixedID
    fields.mixedCreator = rare.fields[row]?.mixedCreator
    rare.fields[row] = fields
  }

  private mutating func add(_ form: RowForm, at row: Int) {
    if forms.count <= row { forms.append(contentsOf: repeatElement([], count: row + 1 - forms.count)) }
    forms[row].formUnion(form)
  }

  private mutating func appendOtherID(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
    guard let (uuid, spelling) = UUID128.spelled(utf8: text) else {
      ids.append(UUID128(high: 0, low: 0))
      rare.opaqueIDs[index] = String(decoding: text, as: UTF8.self)
      return
    }
    ids.append(uuid)
    switch spelling {
    case .lower: break
    case .upper: add(.capitalID, at: index)
    case .mixed: rare.fields[index, default: RareFields()].mixedID = String(decoding: text, as: UTF8.self)
    }
  }

  private mutating func appendOtherCreator(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
    guard let (uuid, spelling) = UUID128.spelled(utf8: text) else {
      creators.append(UUID128(high: 0, low: 0))
      opaqueCreators[index] = String(decoding: text, as: UTF8.self)
      return
    }
    creators.append(uuid)
    switch spelling {
    case .lower: break
    case .upper: add(.capitalCreator, at: index)
    case .mixed: rare.fields[index, default: RareFields()].mixedCreator = String(decoding: text, as: UTF8.self)
    }
  }

  private mutating func appendCreated(_ text: UnsafeBufferPointer<UInt8>?, at index: Int, flags: inout Flags) {
    if let text, let date = CreatedDate(utf8: text) {
      created.append(date.microseconds)
      createdForms.append(date.form)
      if date.form == .irregular { rare.createdTexts[index] = String(decoding: text, as: UTF8.self) }
      return
    }
    created.append(0)
    createdForms.append(.irregular)
    flags.insert(.noCreated)
    guard let text else { return }
    rare.createdTexts[index] = String(decoding: text, as: UTF8.self)
    flags.insert(.odd)
  }

  private mutating func appendLastFour(_ text: UnsafeBufferPointer<UInt8>?, at index: Int, flags: inout Flags) {
    guard let text else {
      lastFour.append(0)
      flags.insert(.noLastFour)
      return
    }
    if text.count == 4, text.allSatisfy({ $0 > 0 && $0 < 0x80 }) {
      lastFour.append(UInt32(text[0]) | UInt32(text[1]) << 8 | UInt32(text[2]) << 16 | UInt32(text[3]) << 24)
    } else {
      lastFour.append(0)
      rare.otherLastFour[index] = String(decoding: text, as: UTF8.self)
    }
  }

  /// Adds one key.
  package mutating func append(_ apiKey: APIKey) {
    func withBytes(_ text: String?, _ body: (UnsafeBufferPointer<UInt8>?) -> Void) {
      guard var text else { return body(nil) }
      text.withUTF8 { body($0) }
    }
    var copy = self
    self = KeyBatch()
    let permissions: RawPermissions = apiKey.permissions.map { .list($0) } ?? .none
    withBytes(apiKey.id.text) { id in
      withBytes(apiKey.name) { name in
        withBytes(apiKey.createdWireText) { created in
          withBytes(apiKey.lastFour) { lastFour in
            withBytes(apiKey.creator?.text) { creator in
              let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
              copy.append(
                RawRow(
                  id: id ?? none, name: name, created: created, lastFour: lastFour, creator: creator,
                  restricted: apiKey.restricted, permissions: permissions))
            }
          }
        }
      }
    }
    var rare = RareFields()
    rare.notUnderstood = apiKey.notUnderstood
    rare.damaged = apiKey.damaged
    var form = RowForm(absent: apiKey.absent)
    if apiKey.idIsNumber { form.insert(.numberID) }
    copy.describeLast(form: form, rare: rare == RareFields() ? nil : rare)
    self = copy
  }

  /// Adds the rows of another batch.
  package mutating func append(contentsOf other: KeyBatch) {
    let first = count
    let nameStart = UInt32(names.count)
    ids += other.ids
    names += other.names
    nameEnds += other.nameEnds.map { $0 + nameStart }
    created += other.created
    createdForms += other.createdForms
    lastFour += other.lastFour
    creators += other.creators
    masks += other.masks
    flags += other.flags
    if !forms.isEmpty || !other.forms.isEmpty {
      forms.append(contentsOf: repeatElement([], count: first - forms.count))
      forms += other.forms
      forms.append(contentsOf: repeatElement([], count: count - forms.count))
    }
    for (row, text) in other.opaqueCreators { opaqueCreators[first + row] = text }
    rare.append(other.rare, from: first)
  }

  /// Some of the rows, in the order given.
  package func rows(_ selected: some Collection<Int>) -> KeyBatch {
    var batch = KeyBatch()
    batch.reserveCapacity(selected.count)
    for row in selected {
      let start = row == 0 ? 0 : Int(nameEnds[row - 1])
      let index = batch.count
      batch.ids.append(ids[row])
      batch.names.append(contentsOf: names[start..<Int(nameEnds[row])])
      batch.nameEnds.append(UInt32(batch.names.count))
      batch.created.append(created[row])
      batch.createdForms.append(createdForms[row])
      batch.lastFour.append(lastFour[row])
      batch.creators.append(creators[row])
      batch.masks.append(masks[row])
      batch.flags.append(flags[row])
      if !forms.isEmpty { batch.forms.append(forms[row]) }
      if !opaqueCreators.isEmpty { batch.opaqueCreators[index] = opaqueCreators[row] }
      batch.rare.add(row, of: rare, at: index)
    }
    return batch
  }

  /// The first `count` rows, the last of them first.
  package func reversed(first count: Int) -> KeyBatch {
    var batch = KeyBatch()
    batch.ids = ids[..<count].reversed()
    batch.created = created[..<count].reversed()
    batch.createdForms = createdForms[..<count].reversed()
    batch.lastFour = lastFour[..<count].reversed()
    batch.creators = creators[..<count].reversed()
    batch.masks = masks[..<count].reversed()
    batch.flags = flags[..<count].reversed()
    if !forms.isEmpty { batch.forms = forms[..<count].reversed() }
    batch.names.reserveCapacity(count == 0 ? 0 : Int(nameEnds[count - 1]))
    batch.nameEnds.reserveCapacity(count)
    for row in (0..<count).reversed() {
      batch.names.append(contentsOf: names[(row == 0 ? 0 : Int(nameEnds[row - 1]))..<Int(nameEnds[row])])
      batch.nameEnds.append(UInt32(batch.names.count))
    }
    batch.opaqueCreators = RareShapes.reversed(opaqueCreators, first: count)
    batch.rare = rare.reversed(first: count)
    return batch
  }
}

/// Four ASCII characters in one word, the first in the lowest byte.
package struct PackedLastFour: Hashable, Sendable {
  package let rawValue: UInt32
  package init(_ rawValue: UInt32) { self.rawValue = rawValue }
  package var text: String {
    String(decoding: (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> UInt32($0 * 8)) }, as: UTF8.self)
  }
}
