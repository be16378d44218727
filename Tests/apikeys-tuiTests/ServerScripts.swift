import Foundation
import TestSupport

/// Bodies that a server of this kind sends.
enum PageBody {
  static func identifier(_ number: Int) -> String {
    "00000000-0000-4000-8000-" + String(String(1_000_000_000_000 + number).dropFirst())
  }

  static func record(_ number: Int, name: String? = nil) -> String {
    "{\"id\":\"\(identifier(number))\",\"name\":\"\(name ?? "key \(number)")\","
      + "\"created_date\":\"2023-11-07T05:31:56Z\",\"last_four_digits\":\"ab12\",\"creator_id\":null,"
      + "\"restricted\":true,\"permissions\":[\"calls.view\"]}"
  }

  static func page(_ numbers: Range<Int>, more: Bool) -> String {
    let ids =
      numbers.isEmpty
      ? ("null", "null") : ("\"\(identifier(numbers.lowerBound))\"", "\"\(identifier(numbers.upperBound - 1))\"")
    return "{\"data\":[\(numbers.map { record($0) }.joined(separator: ","))],\"has_more\":\(more),"
      + "\"first_id\":\(ids.0),\"last_id\":\(ids.1)}"
  }

  /// The page that a request head asks for, of a list of `count` keys.
  static func page(for head: String, of count: Int) -> String {
    let query = head.prefix { $0 != "\r" && $0 != "\n" }
    func value(_ name: String) -> Substring? {
      query.firstRange(of: "\(name)=").map { query[$0.upperBound...].prefix { $0 != "&" && $0 != " " } }
    }
    let limit = value("limit").flatMap { Int($0) } ?? 50
    let isAscending = value("order") == "asc"
    let after = (value("after")?.suffix(12)).flatMap { Int($0) }
    // Numbers are ids in the order of `desc`; `asc` is the same list from its end.
    if isAscending {
      let end = after ?? count
      let start = max(end - limit, 0)
      let records = (start..<end).reversed().map { record($0) }.joined(separator: ",")
      let ids = start == end ? ("null", "null") : ("\"\(identifier(end - 1))\"", "\"\(identifier(start))\"")
      return "{\"data\":[\(records)],\"has_more\":\(start > 0),\"first_id\":\(ids.0),\"last_id\":\(ids.1)}"
    }
    let start = after.map { $0 + 1 } ?? 0
    let end = min(start + limit, count)
    return page(start..<max(start, end), more: end < count)
  }

  /// What `after` a request head names; nil on the first page.
  static func cursor(_ head: String) -> String? {
    head.firstRange(of: "after=").map { String(head[$0.upperBound...].prefix { $0 != "&" && $0 != " " }) }
  }
}

/// A directory that goes with the test.
final class Scratch: Sendable {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("program-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false) }
  deinit { do { try FileManager.default.removeItem(at: url) } catch { print("left behind: \(url.path)") } }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: path(name)))
    guard chmod(path(name), mode) == 0 else { throw CocoaError(.fileWriteUnknown) }
    return path(name)
  }
}
