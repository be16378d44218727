import APIKeyModel
import Foundation
import GRDB

/// The body of a page, written row by row.
///
/// Not with `KeyJSON`, which is for terminals and files and escapes what a terminal would obey: a server sends names as they
/// are stored, and the decoder is tested with JSON that its counterpart did not write.
struct PageBody {
  private var json: JSONBytes
  private let reversed: Bool
  /// The items of a page that is read backwards, until they can be written in order.
  private var items: [JSONBytes] = []
  private var first: UUID128?
  private var last: UUID128?
  private(set) var count = 0

  init(json: JSONBytes, reversed: Bool) {
    self.json = json
    self.reversed = reversed
  }

  /// Adds a row of `id, name, created, last_four, creator, restricted, permissions`.
  mutating func append(_ row: Row) throws {
    let id = try row.withUnsafeData(atIndex: 0) { PageBody.uuid($0) }
    if reversed {
      var item = JSONBytes(capacity: 320)
      try PageBody.write(row, id, to: &item)
      items.append(item)
      first = id
      if last == nil { last = id }
    } else {
      if count > 0 { json.raw(",") }
      try PageBody.write(row, id, to: &json)
      if first == nil { first = id }
      last = id
    }
    count += 1
  }

  /// The whole body. `totals` are the number of the page (nil beside a cursor) and the number of pages.
  mutating func finished(hasMore: Bool, totals: (page: Int?, pages: Int)?) -> [UInt8] {
    for (index, item) in items.reversed().enumerated() {
      if index > 0 { json.raw(",") }
      item.bytes.withUnsafeBytes { json.raw($0) }
    }
    json.raw("],\"has_more\":")
    json.raw(hasMore ? "true" : "false")
    json.raw(",\"first_id\":")
    PageBody.write(first, to: &json)
    json.raw(",\"last_id\":")
    PageBody.write(last, to: &json)
    if let totals {
      json.raw(",\"current_page\":")
      json.raw(totals.page.map { String($0) } ?? "null")
      json.raw(",\"total_pages\":")
      json.raw(String(totals.pages))
    }
    json.raw("}")
    return json.bytes
  }

  private static func write(_ id: UUID128?, to json: inout JSONBytes) {
    if let id { json.uuid(id) } else { json.raw("null") }
  }

  static func uuid(_ data: Data?) -> UUID128 {
    data?.withUnsafeBytes { UUID128(bytes: $0) } ?? UUID128(high: 0, low: 0)
  }

  private static func write(_ row: Row, _ id: UUID128, to json: inout JSONBytes) throws {
    json.raw("{\"id\":")
    json.uuid(id)
    json.raw(",\"name\":")
    try row.withUnsafeData(atIndex: 1) { $0?.withUnsafeBytes { json.string($0) } ?? json.raw("\"\"") }
    json.raw(",\"created_date\":")
    json.date(seconds: row[2])
    json.raw(",\"last_four_digits\":")
    try row.withUnsafeData(atIndex: 3) { $0?.withUnsafeBytes { json.string($0) } ?? json.raw("\"\"") }
    json.raw(",\"creator_id\":")
    json.uuid(try row.withUnsafeData(atIndex: 4) { uuid($0) })
    json.raw(",\"restricted\":")
    json.raw((row[5] as Bool) ? "true" : "false")
    json.raw(",\"permissions\":")
    // Stored as the JSON array itself.
    try row.withUnsafeData(atIndex: 6) { $0?.withUnsafeBytes { json.raw($0) } ?? json.raw("null") }
    json.raw("}")
  }
}
