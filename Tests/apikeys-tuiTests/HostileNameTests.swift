import Foundation
import TestSupport
import Testing

/// Names that try to leave their cell: inert, one row each, columns straight, on an emulated screen.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HostileNameTests {
  private static let names = [
    "plain", "\u{1B}[2J\u{1B}[H\u{1B}]0;owned\u{07}", "\u{1B}[?1049l\u{1B}c", "\u{9B}31mred",
    "\u{202E}desrever\u{202C}",
    "new\nline", "carriage\rreturn", "tab\tstop", "back\u{08}\u{08}space", "nul\u{0}byte", "\u{7F}delete",
    "zero\u{200B}width\u{FEFF}", "a" + String(repeating: "\u{301}", count: 5000),
    String(repeating: "w", count: 65_000),
    "日本語の鍵の名前", "한국어 키 이름", "emoji 🔑🗝️ 👩‍👩‍👧‍👦 🏳️‍🌈", "flag 🇯🇵🇩🇪", "نص عربي", "tag\u{E0041}\u{E007F}",
    String(repeating: "漢", count: 3000), "\u{FFFD}\u{FFFF}", "", " ", "full access, limited", "\u{2028}\u{2029}", "end",
  ]

  private static let page: String = {
    let records = names.enumerated().map { index, name -> String in
      let text = name.unicodeScalars.map { scalar -> String in
        scalar.utf16.map { String(format: "\\u%04x", $0) }.joined()
      }.joined()
      return "{\"id\":\"00000000-0000-4000-8000-\(String(format: "%012d", index))\",\"name\":\"\(text)\","
        + "\"created_date\":\"2026-01-02T03:04:05Z\",\"last_four_digits\":\"\(String(format: "%04d", index))\","
        + "\"creator_id\":null,\"restricted\":\(!index.isMultiple(of: 2)),\"permissions\":[]}"
    }
    return "{\"data\":[\(records.joined(separator: ","))],\"has_more\":false,\"first_id\":null,\"last_id\":null}"
  }()

  @Test("Hostile names stay within their cells", arguments: [(120, 40), (80, 48), (40, 40)])
  func cells(columns: Int, rows: Int) async throws {
    let server = try await FaultServer { _, _ in .http(HostileNameTests.page) }
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url],
      environment: ["APIKEYS_TOKEN": "test-token", "TZ": "UTC"], columns: columns, rows: rows)
    let count = HostileNameTests.names.count
    try session.waitUntil("every key", timeout: .seconds(20)) { screen in
      screen.contains { $0.contains("\(count) keys, complete") }
    }
    try session.waitUntilQuiet()
    #expect(session.isAlternateScreen && session.isCursorVisible)

    let header = try #require(session.screen.firstIndex { $0.contains("Name") && $0.contains("Access") })
    let access = try #require(cell(of: "Access", row: header, in: session))
    let shown = min(count, rows - header - 3)
    var seen = 0
    for row in header + 1..<session.screen.count where seen < shown {
      let word = text(row: row, columns: access..<min(access + 7, columns), in: session)
      guard word == "full" || word == "limited" else { break }
      #expect(word == (seen.isMultiple(of: 2) ? "full" : "limited"), "row \(row): \(session.screen[row])")
      seen += 1
    }
    // Half of 48 rows belongs to the detail; every row of the list is a key's.
    #expect(seen == count || seen >= 20, "\(seen) rows\n\(session.screen.joined(separator: "\n"))")
    for forbidden in ["\u{1B}]", "\u{1B}c", "\u{9B}", "\u{202E}", "\u{200B}", "\u{2028}"] {
      let isThere = contains(session.rawBytes, Array(forbidden.utf8))
      #expect(!isThere, "\(forbidden.unicodeScalars.map(\.value))")
    }
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    await server.close()
  }

  /// The cell where a text begins in a row of cells.
  private func cell(of wanted: String, row: Int, in session: PtySession) -> Int? {
    let width = wanted.unicodeScalars.count
    return (0...max(session.emulator.columns - width, 0)).first {
      text(row: row, columns: $0..<$0 + width, in: session) == wanted
    }
  }

  private func text(row: Int, columns: Range<Int>, in session: PtySession) -> String {
    var view = String.UnicodeScalarView()
    for column in columns {
      let scalars = session.emulator.scalars(row: row, column: column)
      if scalars.isEmpty { view.append(" ") }
      view.append(contentsOf: scalars.compactMap { Unicode.Scalar($0) })
    }
    while view.last == " " { view.removeLast() }
    return String(view)
  }

  private func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard bytes.count >= wanted.count else { return false }
    return (0...bytes.count - wanted.count).contains { bytes[$0...].starts(with: wanted) }
  }
}
