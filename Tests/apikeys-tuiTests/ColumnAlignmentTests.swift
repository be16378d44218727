import TestSupport
import Testing

@testable import TerminalCore

/// Columns of the real list on a real emulator, with names in every script.
@Suite("Column alignment", .serialized, .timeLimit(.minutes(20)))
struct ColumnAlignmentTests {
  /// Scalars that the emulator draws as wide as we do. What it is too old for is left out: its error would hide ours.
  private static func scalars() throws -> [Unicode.Scalar] {
    let probe = try #require(TerminalEmulator(columns: 20, rows: 1))
    let scalars = stride(from: UInt32(0x20), to: 0x3_0000, by: 3).compactMap { value -> Unicode.Scalar? in
      guard let scalar = Unicode.Scalar(value) else { return nil }
      probe.write("\r\u{1B}[K" + DisplayText("x\(scalar)", charset: .utf8).string)
      return probe.caret.column == DisplayText("x\(scalar)", charset: .utf8).width ? scalar : nil
    }
    try #require(scalars.count > 20_000)
    return scalars
  }

  /// Records with random names of up to 15 scalars, one in four a combining mark.
  private static func records(_ count: Int, seed: UInt64) throws -> [String] {
    let scalars = try scalars()
    let marks = Array("\u{301}\u{302}\u{323}\u{5B0}\u{E31}\u{FE0F}\u{200D}".unicodeScalars)
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return (0..<count).map { number in
      var name = String.UnicodeScalarView()
      for _ in 0..<next(16) { name.append(next(4) == 0 ? marks[next(marks.count)] : scalars[next(scalars.count)]) }
      return "{\"id\":\"id\(number)\",\"name\":\(HostileText.json(String(name))),\"restricted\":true,"
        + "\"last_four_digits\":\"wxyz\",\"permissions\":[\"calls.view\"]}"
    }
  }

  @Test("No column drifts in 10,000 rows of random names", .tags(.a5))
  func rows() throws {
    let seed = UInt64.random(in: 0 ... .max)
    let count = 10_000
    let file = try HostileKeyFile(ColumnAlignmentTests.records(count, seed: seed))
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--from", file.path], columns: 110, rows: 60)
    try session.waitUntil("the first keys", timeout: .seconds(30)) { $0.contains { $0.contains("wxyz") } }
    try session.send("L")
    try session.waitUntil("all keys", timeout: .seconds(60)) { $0.contains { $0.contains("keys in the file") } }
    try session.waitUntilQuiet(for: .milliseconds(100))
    func cell(_ row: Int, _ column: Int) -> Unicode.Scalar? {
      session.emulator.scalars(row: row, column: column).first.flatMap { Unicode.Scalar($0) }
    }
    /// Where a word starts in a row of cells; nil where it is not.
    func column(of word: String, row: Int) -> Int? {
      let letters = Array(word.unicodeScalars)
      return (0...(110 - letters.count)).first { start in
        letters.indices.allSatisfy { cell(row, start + $0) == letters[$0] }
      }
    }
    let header = try #require((0..<60).first { column(of: "Access", row: $0) != nil })
    let place = try #require(column(of: "Access", row: header))
    var seen = 0
    var drifted: [String] = []
    var page = 0
    while seen < count, page < 1000 {
      page += 1
      var onPage = 0
      for row in (header + 1)..<60 {
        guard let found = column(of: "limited", row: row) else { break }
        onPage += 1
        if found != place { drifted.append(session.screen[row]) }
      }
      seen += onPage
      let before = session.screen
      try session.send("\u{6}")
      try session.waitUntil("the next page", timeout: .seconds(20)) { $0 != before || seen >= count }
      try session.waitUntilQuiet(for: .milliseconds(15))
      if session.screen == before { break }
    }
    print(
      "figure A5: \(drifted.count) of \(seen) rows off by a column, of \(count) random names (seed \(seed)), on libvterm"
    )
    #expect(seen >= count, "seed \(seed)")
    #expect(drifted.isEmpty, "seed \(seed): \(drifted.prefix(5))")
  }
}
