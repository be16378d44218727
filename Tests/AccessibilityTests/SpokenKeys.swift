import Foundation

/// A file of keys whose rows are known to the word.
struct SpokenKeys: ~Copyable {
  private let directory: URL
  private static let created = 1_699_335_116.0
  var path: String { directory.appendingPathComponent("keys.ndjson").path }

  init(count: Int) throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    let lines = (0..<count).map { number in
      "{\"id\":\"00000000-0000-4000-8000-\(SpokenKeys.digits(number, 12))\",\"name\":\"key\(number)\","
        + "\"created_date\":\"2023-11-07T05:31:56Z\",\"last_four_digits\":\"\(SpokenKeys.digits(number, 4))\","
        + "\"creator_id\":\"8f00beda-0000-4000-9000-000000000001\",\"restricted\":\(SpokenKeys.isLimited(number)),"
        + "\"permissions\":\(SpokenKeys.isLimited(number) ? "[\"calls.view\",\"stats.view\"]" : "null")}\n"
    }
    try lines.joined().write(toFile: path, atomically: false, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }  // What is left over harms nothing.

  private static func isLimited(_ number: Int) -> Bool { !number.isMultiple(of: 4) }
  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: count - text.count) + text
  }

  /// A row of the list, as cursor focus shows it on a wide screen.
  func row(_ number: Int, isMarked: Bool = false) -> String {
    let days = Int((Date().timeIntervalSince1970 - SpokenKeys.created) / 86_400)
    let age = days < 1000 ? "\(days)" : "\(days / 1000),\(SpokenKeys.digits(days % 1000, 3))"
    let access = SpokenKeys.isLimited(number) ? "limited, 2 permissions" : "full access"
    return "key\(number)\(isMarked ? ", marked" : "") \(access) \(age) days ago 8f00beda "
      + SpokenKeys.digits(number, 4)
  }
}
