import Foundation
import TestSupport
import Testing

/// What the dashboard does not do: ask for more than the screen needs, write while nothing changes, redraw what stays.
@Suite("What an idle dashboard does not do", .serialized, .timeLimit(.minutes(5)))
struct IdleTests {
  @Test("The dashboard makes one or two requests at start, and none while idle", arguments: [(120, 40), (80, 24)])
  func rest(columns: Int, rows: Int) throws {
    let log = try ScratchFile("requests.log")
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--demo", "--log-file", log.path],
      environment: ["TZ": "UTC"], columns: columns, rows: rows)
    try session.waitUntil("the first keys", timeout: .seconds(30)) { $0.contains { $0.contains("loaded, more") } }
    try session.waitUntilQuiet()
    let requests = try log.lines()
    #expect((1...2).contains(requests.count), "\(requests)")
    // RESTRAINT_SECONDS=60 rests for a whole minute.
    let seconds = ProcessInfo.processInfo.environment["RESTRAINT_SECONDS"].flatMap { Int($0) } ?? 3
    let written = session.bytesWritten(within: .seconds(seconds))
    print(
      "figure: idle \(seconds) s at \(columns)x\(rows): \(written) bytes, \(try log.lines().count - requests.count) requests"
    )
    #expect(written == 0)
    #expect(try log.lines() == requests)
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
  }

  @Test("down (Down) redraws two rows, the detail and the position, and nothing else")
  func down() throws {
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--demo"], environment: ["TZ": "UTC"], columns: 120,
      rows: 40)
    try session.waitUntil("the first keys", timeout: .seconds(30)) { $0.contains { $0.contains("loaded, more") } }
    try session.waitUntilQuiet()
    try session.send("j")
    try session.waitUntilQuiet()
    let before = cells(session)
    let start = session.caret
    let bytes = session.rawBytes.count
    try session.send("j")
    try session.waitUntil("the next row") { _ in session.caret.row == start.row + 1 }
    try session.waitUntilQuiet()
    print("figure: a Down with its detail at 120x40: \(session.rawBytes.count - bytes) bytes")
    let divider = try #require((0..<120).first { session.emulator.scalars(row: 10, column: $0) == [0x2502] })
    let after = cells(session)
    let changed = Set(
      (0..<40).filter { row in (0..<divider).contains { before[row][$0] != after[row][$0] } })
    #expect(changed.isSubset(of: [start.row, start.row + 1, 39]), "\(changed)")
    #expect(changed.isSuperset(of: [start.row, start.row + 1]))
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
  }

  /// Every cell: its scalars, and whether it is reversed.
  private func cells(_ session: PtySession) -> [[[UInt32]]] {
    (0..<session.emulator.rows).map { row in
      (0..<session.emulator.columns).map { column in
        session.emulator.scalars(row: row, column: column)
          + (session.emulator.isReverse(row: row, column: column) ? [1] : [])
      }
    }
  }
}
