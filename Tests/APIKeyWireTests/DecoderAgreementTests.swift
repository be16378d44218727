import APIKeyModel
import Foundation
import TestSupport
import Testing

@testable import APIKeyWire

/// Documents from a grammar, against Python's reading of JSON: `reference/pages.py` has both.
@Suite(.timeLimit(.minutes(20))) struct DecoderAgreementTests {
  private static let python = "/usr/bin/python3"
  private static let count = 20_000

  /// The lines that the script prints.
  private static func documents(seed: Int) throws -> [Substring] {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/pages.py")
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: python)
    process.arguments = [script.path(), String(seed), String(count)]
    process.standardOutput = output
    try process.run()
    let data = try #require(try output.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  private static func shown(_ text: String?) -> String {
    text.map { "=" + $0.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() } ?? "-"
  }

  private static func shown(_ flag: Bool) -> String { flag ? "True" : "False" }

  /// One field, in the script's words.
  private static func description(_ field: KeyField, of key: APIKey) -> String {
    if key.absent.contains(field) { return "absent" }
    if let odd = key.notUnderstood[field] { return "?\(shown(odd.json).dropFirst())/\(odd.bytes)" }
    let sign = key.damaged.contains(field) ? "~" : ""
    return switch field {
    case .id: key.idIsNumber ? "#" + shown(key.id.text).dropFirst() : sign + shown(key.id.text)
    case .name: sign + shown(key.name)
    case .created: sign + shown(key.createdWireText)
    case .lastFour: sign + shown(key.lastFour)
    case .creator: sign + shown(key.creator?.text)
    case .access: key.restricted.map(shown) ?? "-"
    case .permissions: key.permissions.map { "\(sign)[\($0.list.map(shown).joined(separator: ","))]" } ?? "-"
    }
  }

  /// What was decoded, in the script's words.
  private static func description(_ body: inout [UInt8], _ decoder: PageDecoder) -> String {
    guard let page = try? decoder.decode(&body) else { return "refused" }  // Refusals are compared too.
    let keys = (0..<page.keys.count).map { row in
      let key = page.keys[row]
      return KeyField.allCases.map { description($0, of: key) }.joined(separator: ":")
    }
    let tail =
      " more=\(page.hasMoreWasGiven ? shown(page.hasMore) : "None") last=\(shown(page.lastID?.text))"
      + " total=\(page.totalPages.map(String.init) ?? "None") cut=\(shown(page.isMarkedIncomplete))"
    return "\(page.root)\(page.root == .page ? tail : "") unreadable=\(page.unreadable) \(keys.joined(separator: ";"))"
  }

  @Test(
    "Documents from a grammar are read as Python reads them", .tags(.e5, .t1),
    .enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs /usr/bin/python3"), arguments: [1, 2])
  func agreement(seed: Int) throws {
    let decoder = try #require(PageDecoder())
    let lines = try Self.documents(seed: seed)
    #expect(lines.count == Self.count)
    var refused = 0
    for (number, line) in lines.enumerated() {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      let bytes = [UInt8](try #require(Data(base64Encoded: String(parts[0]))))
      var body = bytes
      let found = Self.description(&body, decoder)
      #expect(body == bytes)
      try #require(
        found == parts[1], "document \(number) of seed \(seed): \(String(decoding: bytes.prefix(3000), as: UTF8.self))")
      if found == "refused" { refused += 1 }
    }
    // The grammar has to make both kinds.
    #expect(refused > Self.count / 20 && refused < Self.count / 2)
    print("figure E5: \(lines.count) documents read as Python reads them, \(refused) of them refused")
  }
}
