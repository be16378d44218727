import APIKeyModel
import Foundation
import TestSupport
import Testing

/// Dates from a grammar, against Python's datetime: `reference/dates.py` has both.
@Suite(.timeLimit(.minutes(20))) struct DateReaderTests {
  private static let python = "/usr/bin/python3"
  private static let count = 20_000

  private static func lines(seed: UInt64) throws -> [Substring] {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/dates.py")
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

  private static func text(hex: Substring) -> String {
    let digits = Array(hex.utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) ?? 0
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "Dates as servers and people write them agree with Python", .tags(.t5),
    .enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs /usr/bin/python3"))
  func agreement() throws {
    let seed = UInt64.random(in: 0..<1 << 32)
    let lines = try Self.lines(seed: seed)
    try #require(lines.count > Self.count)
    var (refused, irregular) = (0, 0)
    var wrong: [String] = []
    for line in lines {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      let text = Self.text(hex: parts[0])
      let date = CreatedDate(text)
      let found = date.map { String($0.microseconds) } ?? "refused"
      if found != parts[1] { wrong.append("\(text): \(found), not \(parts[1])") }
      guard let date else {
        refused += 1
        continue
      }
      if date.form == .irregular { irregular += 1 }
      // What is written again must be what was read.
      if date.form != .irregular, date.canonicalText != text { wrong.append("\(text) became \(date.canonicalText)") }
    }
    #expect(wrong.isEmpty, "seed \(seed): \(wrong.count) wrong, such as \(wrong.prefix(5))")
    #expect(refused > lines.count / 10 && irregular > lines.count / 10)
    print("figure T5: \(lines.count) forms, \(wrong.count) wrong, \(refused) refused by both (seed \(seed))")
  }

  @Test(
    "A date names as much time as its smallest unit", .tags(.t5),
    arguments: [
      ("20260131", 86_400), ("2026-031", 86_400), ("2026-W05-6", 86_400), ("2026-01-31T10Z", 3600),
      ("2026-01-31T10:15Z", 60), ("20260131T101500Z", 1),
    ])
  func spans(text: String, seconds: Int64) {
    var text = text
    let reading = text.withUTF8 { CreatedDate.reading(utf8: $0) }
    #expect(reading?.span == seconds * 1_000_000)
  }

  @Test("Years before 1970 are written with four digits", .tags(.t5))
  func earlyYears() {
    #expect(CreatedDate("0001-01-01T00:00:00Z")?.canonicalText == "0001-01-01T00:00:00Z")
    #expect(CivilTime(seconds: -1).isoText == "1969-12-31T23:59:59")
    #expect(CreatedDate("0987-06-05T04:03:02.1Z")?.canonicalText == "0987-06-05T04:03:02.1Z")
  }
}
