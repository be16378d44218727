package import APIKeyModel
import CKeyJSON

/// What a body held.
package struct DecodedPage: Sendable {
  /// The kind of JSON at the top level.
  package enum Root: Sendable {
    /// `{"data":[...]}`
    case page
    /// `[...]`
    case array
    /// One key.
    case record
  }

  package var root: Root
  package var keys: KeyBatch
  /// False if the body does not state it.
  package var hasMore: Bool
  package var hasMoreWasGiven: Bool
  /// True if a saved list has `"complete": false`.
  package var isMarkedIncomplete: Bool
  package var lastID: KeyIdentifier?
  package var totalPages: Int?
  /// Records that could not be read, and what was wrong with the first.
  package var unreadable: Int
  package var unreadableReason: String?
  /// Some of its records have a list in `data`, and may be pages.
  package var mayHoldPages: Bool
}

/// Why a body is no page of keys, in words that follow "not understood: ".
package struct DecodingProblem: Error, Equatable, Sendable {
  package let reason: String
}

/// Decodes pages record by record into columns: one bad record does not hide the rest, and one bad field not its
/// record. Only what is no object, or has no id, is unreadable.
///
/// The document is read once, by a C decoder without a tree; of duplicate members the last counts, and a
/// byte order mark is skipped. Not shared between threads.
package final class PageDecoder {
  let decoder: OpaquePointer
  private let maximumBytes: Int
  /// Largest body taken, in bytes.
  package static let maximumBytes = 16 * 1024 * 1024
  /// The longest text kept of one field, in bytes of UTF-8; a field with more is not understood.
  package static let longestText = Int(KEYJSON_LONGEST_TEXT)
  /// The most permissions of one key, and how many bytes their names may have together; likewise.
  package static let mostPermissions = Int(KEYJSON_MOST_PERMISSIONS)
  package static let longestList = Int(KEYJSON_LONGEST_LIST)

  /// Nil when memory is out.
  package init?(maximumBytes: Int = PageDecoder.maximumBytes) {
    // The names are C strings for the length of the call; the decoder copies them.
    let copies = PermissionCatalog.names.map { Array($0.utf8CString) }
    var created: OpaquePointer?
    func withPointers(_ index: Int, _ pointers: inout [UnsafePointer<CChar>?]) {
      if index == copies.count {
        created = keyjson_create(pointers, pointers.count)
        return
      }
      copies[index].withUnsafeBufferPointer { buffer in
        pointers.append(buffer.baseAddress)
        withPointers(index + 1, &pointers)
      }
    }
    var pointers: [UnsafePointer<CChar>?] = []
    withPointers(0, &pointers)
    guard let created else { return nil }
    decoder = created
    self.maximumBytes = maximumBytes
  }

  deinit { keyjson_destroy(decoder) }

  /// Bytes that must be readable after a body given to ``decode(padded:length:)``; what they hold does not matter.
  package static var padding: Int { Int(KEYJSON_PADDING) }

  /// Decodes a body. `body` gets padding appended while it is read.
  package func decode(_ body: inout [UInt8]) throws(DecodingProblem) -> DecodedPage {
    let length = body.count
    body.append(contentsOf: repeatElement(0, count: PageDecoder.padding))
    defer { body.removeLast(PageDecoder.padding) }
    let result: Result<DecodedPage, DecodingProblem> = body.withUnsafeBufferPointer { bytes in
      do throws(DecodingProblem) {
        return .success(try decode(padded: bytes.baseAddress, length: length))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Decodes `length` bytes that are followed by ``padding`` readable ones. With `isSaved`, a page whose `has_more` is
  /// neither true nor false holds its keys all the same, and does not state whether there are more.
  package func decode(
    padded bytes: UnsafePointer<UInt8>?, length: Int, isSaved: Bool = false
  ) throws(DecodingProblem) -> DecodedPage {
    guard let bytes, length > 0 else { throw DecodingProblem(reason: "there is nothing in it") }
    guard length <= maximumBytes else {
      throw DecodingProblem(reason: "it is larger than \(maximumBytes) bytes")
    }
    keyjson_begin(decoder, bytes, length)
    var rows = Rows()
    // A key in the usual shape takes at least so many bytes.
    rows.keys.reserveCapacity(min(length / 250 + 1, 100_000))
    var record = keyjson_record()
    while true {
      switch keyjson_next(decoder, &record) {
      case KEYJSON_STEP_RECORD: rows.add(record, self)
      case KEYJSON_STEP_AGAIN: rows = Rows()
      case KEYJSON_STEP_END: return try page(rows, isSaved: isSaved)
      default: throw DecodingProblem(reason: errorText)
      }
    }
  }

  /// The records of a document.
  private struct Rows {
    var keys = KeyBatch()
    var unreadable = 0
    var reason: String?
    var mayHoldPages = false

    mutating func add(_ record: keyjson_record, _ decoder: PageDecoder) {
      if record.has_data_list { mayHoldPages = true }
      if record.trouble == UInt8(KEYJSON_FINE.rawValue) { return decoder.add(record, to: &keys) }
      unreadable += 1
      if reason == nil { reason = "record \(keys.count + unreadable): \(PageDecoder.trouble(record))" }
    }
  }

  /// The page, when its document was read whole.
  private func page(_ rows: Rows, isSaved: Bool) throws(DecodingProblem) -> DecodedPage {
    let page = keyjson_page_of(decoder).pointee
    if let problem = page.problem, !(isSaved && page.has_odd_has_more) {
      throw DecodingProblem(reason: String(cString: problem))
    }
    return DecodedPage(
      root: page.root == KEYJSON_ROOT_PAGE ? .page : page.root == KEYJSON_ROOT_ARRAY ? .array : .record,
      keys: rows.keys, hasMore: page.has_more, hasMoreWasGiven: page.has_more_present,
      isMarkedIncomplete: page.marked_incomplete, lastID: PageDecoder.identifier(page.last_id),
      totalPages: page.total_pages >= 0 ? Int(page.total_pages) : nil, unreadable: rows.unreadable,
      unreadableReason: rows.reason, mayHoldPages: rows.mayHoldPages)
  }

  /// Decodes one line of a file; what is wrong with it, if anything. Of a list in a line the records that can be read
  /// are added all the same; a line of white space is nothing.
  ///
  /// ``padding`` readable bytes follow the line: others of the file will do.
  package func decodeLine(_ bytes: UnsafePointer<UInt8>, length: Int, to keys: inout KeyBatch) -> String? {
    switch decodeText(bytes, length: length, to: &keys) {
    case .key, .blank: return nil
    case .unreadable(let reason), .unfinished(let reason), .several(let reason): return reason
    case .page(let page, _):
      // A list within a line may hold records that cannot be read: the others are taken, and the line is counted.
      keys.append(contentsOf: page.keys)
      return page.unreadableReason ?? (page.keys.isEmpty ? "it holds no key" : nil)
    }
  }

  /// Adds the key that a JSON text is, the common text of a file; false, with nothing added, where it is anything else.
  package func decodeKey(_ bytes: UnsafePointer<UInt8>, length: Int, to keys: inout KeyBatch) -> Bool {
    keyjson_begin(decoder, bytes, length)
    var record = keyjson_record()
    // A record is handed out when the text was read to its end.
    guard keyjson_next(decoder, &record) == KEYJSON_STEP_RECORD,
      keyjson_page_of(decoder).pointee.root == KEYJSON_ROOT_RECORD,
      record.trouble == UInt8(KEYJSON_FINE.rawValue)
    else { return false }
    add(record, to: &keys)
    return true
  }

  /// Decodes one JSON text of a file. A key is added to `keys`; those of a page or a list are in what is returned.
  ///
  /// ``padding`` readable bytes follow the text: others of the file will do.
  package func decodeText(_ bytes: UnsafePointer<UInt8>, length: Int, to keys: inout KeyBatch) -> FileText {
    if decodeKey(bytes, length: length, to: &keys) { return .key }
    keyjson_begin(decoder, bytes, length)
    var record = keyjson_record()
    let step = keyjson_next(decoder, &record)
    if step == KEYJSON_STEP_RECORD, keyjson_page_of(decoder).pointee.root == KEYJSON_ROOT_RECORD {
      return .unreadable("record 1: \(PageDecoder.trouble(record))")
    }
    if step == KEYJSON_STEP_FAILED { return failedText }
    do throws(DecodingProblem) {
      let page = try decode(padded: bytes, length: length, isSaved: true)
      return .page(page, marks(bytes))
    } catch {
      return keyjson_has_failed(decoder) ? failedText : .unreadable(error.reason)
    }
  }

  /// Why the document is not JSON, for people who did not write it.
  var errorText: String {
    var offset = 0
    return switch keyjson_error_of(decoder, &offset) {
    case KEYJSON_EMPTY: "there is nothing in it"
    case KEYJSON_ENDS_EARLY: "it ends too early, after \(offset) bytes"
    case KEYJSON_BAD_ESCAPE: "it is not JSON (byte \(offset + 1): a backslash in a text without a meaning)"
    case KEYJSON_BAD_NUMBER: "it is not JSON (byte \(offset + 1): a number that is none)"
    case KEYJSON_MORE_BEHIND: "it is not one JSON text (byte \(offset + 1): something follows it)"
    case KEYJSON_TOO_DEEP: "it is nested too deep (byte \(offset + 1))"
    case KEYJSON_NO_MEMORY: "there is not enough memory for it"
    default: "it is not JSON (byte \(offset + 1))"
    }
  }

  /// What is wrong with an unreadable record.
  private static func trouble(_ record: keyjson_record) -> String {
    let subject = record.bad_field.map { String(cString: $0) } ?? "record"
    let what =
      switch keyjson_trouble(UInt32(record.trouble)) {
      case KEYJSON_NOTHING: "is missing"
      case KEYJSON_NULL: "is null"
      case KEYJSON_BOOLEAN: "is true or false"
      case KEYJSON_NUMBER: "is a number"
      case KEYJSON_TEXT: "is a text"
      case KEYJSON_LIST: "is a list"
      case KEYJSON_OBJECT: "is an object"
      case KEYJSON_BLANK: "is empty"
      case KEYJSON_TOO_LONG: "has more than \(longestText) bytes"
      default: "is odd"
      }
    return "\(subject) \(what)"
  }

  /// Adds a record that has an id.
  private func add(_ record: keyjson_record, to keys: inout KeyBatch) {
    keys.append(PageDecoder.row(record))
    if record.marks != UInt32(KEYJSON_USUAL) || record.id_is_number { describe(record, in: &keys) }
  }

  /// Sets, for the row added last, what its values do not show.
  private func describe(_ record: keyjson_record, in keys: inout KeyBatch) {
    func fields(_ mark: Int) -> KeyFieldSet {
      KeyFieldSet(rawValue: UInt8(truncatingIfNeeded: record.marks >> UInt32(mark.trailingZeroBitCount)))
    }
    var form = RowForm(absent: KeyFieldSet.all.subtracting(fields(Int(KEYJSON_PRESENT))))
    if record.id_is_number { form.insert(.numberID) }
    let (odd, repaired) = (fields(Int(KEYJSON_ODD)), fields(Int(KEYJSON_REPAIRED)))
    guard !odd.isEmpty || !repaired.isEmpty else { return keys.describeLast(form: form, rare: nil) }
    var rare = RareFields()
    rare.damaged = repaired
    withUnsafeBytes(of: record.raw) { raw in
      let texts = raw.bindMemory(to: keyjson_text.self)
      for (index, field) in KeyField.allCases.enumerated() where odd.contains(field) {
        rare.notUnderstood[field] = notUnderstood(texts[index])
      }
      if repaired.contains(.id), let json = PageDecoder.buffer(texts[0]) { rare.damagedID = Array(json) }
    }
    keys.describeLast(form: form, rare: rare)
  }

  /// What was kept of a field: a saved list has it for fields that were not understood when it was read.
  private func notUnderstood(_ json: keyjson_text) -> NotUnderstood? {
    var text = keyjson_text()
    var bytes: Int64 = 0
    if keyjson_is_kept(decoder, json, &text, &bytes), let kept = PageDecoder.buffer(text) {
      return NotUnderstood(json: String(decoding: kept, as: UTF8.self), bytes: Int(bytes))
    }
    return PageDecoder.buffer(json).map { NotUnderstood(json: $0) }
  }

  private static func row(_ record: keyjson_record) -> KeyBatch.RawRow {
    let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let permissions: KeyBatch.RawPermissions
    switch keyjson_permissions(UInt32(record.permissions)) {
    case KEYJSON_PERMISSIONS_NONE: permissions = .none
    case KEYJSON_PERMISSIONS_MASK: permissions = .mask(PermissionMask(rawValue: record.mask))
    default:
      let list = UnsafeBufferPointer(start: record.list, count: record.list_count)
      permissions = .list(PermissionSet(list.map { String(decoding: buffer($0) ?? empty, as: UTF8.self) }))
    }
    return KeyBatch.RawRow(
      id: buffer(record.id) ?? empty, idValue: record.id_is_uuid ? uuid(record.id_value) : nil,
      name: buffer(record.name), created: buffer(record.created), lastFour: buffer(record.last_four),
      creator: buffer(record.creator), creatorValue: record.creator_is_uuid ? uuid(record.creator_value) : nil,
      restricted: record.restricted < 0 ? nil : record.restricted == 1, permissions: permissions)
  }

  private static func uuid(_ value: keyjson_uuid) -> UUID128 { UUID128(high: value.high, low: value.low) }

  private static func buffer(_ text: keyjson_text) -> UnsafeBufferPointer<UInt8>? {
    text.bytes.map { UnsafeBufferPointer(start: $0, count: text.length) }
  }

  private static func identifier(_ text: keyjson_text) -> KeyIdentifier? {
    buffer(text).map { KeyIdentifier(String(decoding: $0, as: UTF8.self)) }
  }

  /// The sentence of an error response: the server's own, else nil.
  package func errorMessage(_ body: inout [UInt8]) -> String? {
    let length = body.count
    guard length > 0, length <= PageDecoder.maximumBytes else { return nil }
    body.append(contentsOf: repeatElement(0, count: PageDecoder.padding))
    defer { body.removeLast(PageDecoder.padding) }
    return body.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return nil }
      var message = keyjson_text()
      guard keyjson_error_message(decoder, base, length, &message) else { return nil }
      return PageDecoder.buffer(message).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
