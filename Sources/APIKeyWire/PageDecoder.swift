import APIKeyModel
import CSimdJSON

/// What a body held.
package struct DecodedPage: Sendable {
  /// Which JSON stood at the top.
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
  /// False where the body does not say.
  package var hasMore: Bool
  package var hasMoreWasGiven: Bool
  /// True where a saved list says `"complete": false`.
  package var isMarkedIncomplete: Bool
  package var lastID: KeyIdentifier?
  package var totalPages: Int?
  /// Records that could not be read, and what was wrong with the first.
  package var unreadable: Int
  package var unreadableReason: String?
}

/// Why a body is no page of keys, in words that follow "not understood: ".
package struct DecodingProblem: Error, Equatable, Sendable {
  package let reason: String
}

/// Decodes pages record by record into columns: one bad record does not hide the rest.
///
/// Uses simdjson (the maintained JSON parser of this field) through a C face; not shared between threads.
package final class PageDecoder {
  private let parser: OpaquePointer
  /// Largest body taken, in bytes.
  package static let maximumBytes = 16 * 1024 * 1024

  /// Nil when memory is out.
  package init?(maximumBytes: Int = PageDecoder.maximumBytes) {
    // The names are C strings for the length of the call; the parser copies them.
    let copies = PermissionCatalog.names.map { Array($0.utf8CString) }
    var created: OpaquePointer?
    func withPointers(_ index: Int, _ pointers: inout [UnsafePointer<CChar>?]) {
      if index == copies.count {
        created = apikeys_parser_create(pointers, pointers.count, maximumBytes + 64)
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
    parser = created
  }

  deinit { apikeys_parser_destroy(parser) }

  /// Bytes that must be readable behind a body given to ``decode(padded:length:)``.
  package static var padding: Int { apikeys_parser_padding() }

  /// Decodes a body. `body` gets padding appended while it is parsed.
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

  /// Decodes `length` bytes that are followed by ``padding`` readable ones.
  package func decode(padded bytes: UnsafePointer<UInt8>?, length: Int) throws(DecodingProblem) -> DecodedPage {
    guard let bytes, length > 0 else { throw DecodingProblem(reason: "the answer is empty") }
    var page = apikeys_page()
    if let complaint = apikeys_parser_parse(parser, bytes, length, &page) {
      throw DecodingProblem(reason: String(cString: complaint))
    }
    if let problem = page.problem { throw DecodingProblem(reason: String(cString: problem)) }
    var keys = KeyBatch()
    keys.reserveCapacity(page.count)
    let (unreadable, reason) = add(page, to: &keys)
    return DecodedPage(
      root: page.root == APIKEYS_ROOT_PAGE ? .page : page.root == APIKEYS_ROOT_ARRAY ? .array : .record,
      keys: keys, hasMore: page.has_more, hasMoreWasGiven: page.has_more_present,
      isMarkedIncomplete: page.marked_incomplete, lastID: PageDecoder.identifier(page.last_id),
      totalPages: page.total_pages >= 0 ? Int(page.total_pages) : nil, unreadable: unreadable, unreadableReason: reason)
  }

  /// Adds a document's records; how many could not be read, and why the first could not.
  private func add(_ page: apikeys_page, to keys: inout KeyBatch) -> (unreadable: Int, reason: String?) {
    var unreadable = 0
    var reason: String?
    let texts = apikeys_parser_texts(parser)
    for record in UnsafeBufferPointer(start: page.records, count: page.count) {
      if let field = record.bad_field {
        unreadable += 1
        if reason == nil {
          let found = record.found.map { String(cString: $0) } ?? "odd"
          reason = "record \(keys.count + unreadable): \(String(cString: field)) is \(found)"
        }
        continue
      }
      keys.append(PageDecoder.row(record, texts))
    }
    return (unreadable, reason)
  }

  /// Decodes lines of one record each, all at once; returns how many lines, all of them added to `keys`, or 0 with
  /// nothing added and the bytes as they were where one of them is anything else.
  ///
  /// `bytes[0]` and `bytes[length]` are not part of the lines and are overwritten: the lines stand between them, and
  /// ``padding`` readable bytes follow.
  package func decodeLines(_ bytes: UnsafeMutablePointer<UInt8>, length: Int, to keys: inout KeyBatch) -> Int {
    var page = apikeys_page()
    let lines = apikeys_parser_parse_lines(parser, bytes, length, &page)
    if lines > 0 { _ = add(page, to: &keys) }
    return lines
  }

  /// The same for one line by itself; what is wrong with it, if anything.
  package func decodeLine(_ bytes: UnsafePointer<UInt8>, length: Int, to keys: inout KeyBatch) -> String? {
    var page = apikeys_page()
    if let complaint = apikeys_parser_parse(parser, bytes, length, &page) { return String(cString: complaint) }
    if let problem = page.problem { return String(cString: problem) }
    let before = keys.count
    let reason = add(page, to: &keys).reason
    return keys.count > before ? nil : reason ?? "it holds no key"
  }

  private static func row(_ record: apikeys_record, _ texts: UnsafePointer<apikeys_text>?) -> KeyBatch.RawRow {
    let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let permissions: KeyBatch.RawPermissions
    switch UInt32(record.permissions) {
    case APIKEYS_PERMISSIONS_ABSENT.rawValue: permissions = .absent
    case APIKEYS_PERMISSIONS_NULL.rawValue: permissions = .null
    case APIKEYS_PERMISSIONS_MASK.rawValue: permissions = .mask(PermissionMask(rawValue: record.mask))
    default:
      permissions = .list(
        PermissionSet(
          (record.list_start..<record.list_start + record.list_count).map {
            String(decoding: buffer(texts?[$0]) ?? empty, as: UTF8.self)
          }))
    }
    return KeyBatch.RawRow(
      id: buffer(record.id) ?? empty, idValue: record.id_is_uuid ? uuid(record.id_value) : nil,
      name: buffer(record.name) ?? empty, created: buffer(record.created), lastFour: buffer(record.last_four),
      creator: buffer(record.creator), creatorValue: record.creator_is_uuid ? uuid(record.creator_value) : nil,
      restricted: record.restricted < 0 ? nil : record.restricted == 1, permissions: permissions)
  }

  private static func uuid(_ value: apikeys_uuid) -> UUID128 { UUID128(high: value.high, low: value.low) }

  private static func buffer(_ text: apikeys_text?) -> UnsafeBufferPointer<UInt8>? {
    guard let text, let bytes = text.bytes else { return nil }
    return UnsafeBufferPointer(start: bytes, count: text.length)
  }

  private static func identifier(_ text: apikeys_text) -> KeyIdentifier? {
    buffer(text).map { KeyIdentifier(String(decoding: $0, as: UTF8.self)) }
  }

  /// The sentence of an error answer: the server's own, else nil.
  package func errorMessage(_ body: inout [UInt8]) -> String? {
    let length = body.count
    guard length > 0, length <= PageDecoder.maximumBytes else { return nil }
    body.append(contentsOf: repeatElement(0, count: PageDecoder.padding))
    defer { body.removeLast(PageDecoder.padding) }
    return body.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return nil }
      var message = apikeys_text()
      guard apikeys_parser_error_message(parser, base, length, &message) else { return nil }
      return PageDecoder.buffer(message).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
