import Foundation
import TestSupport
import Testing

/// Terminals of any size, and sizes that change faster than anybody looks.
@Suite("Terminal sizes", .serialized, .timeLimit(.minutes(5)))
struct TerminalSizeTests {
  @Test("Every size from 1 by 1 to 40 by 12, an unknown size, and 1000 by 500 work", .tags(.d6))
  func everySize() throws {
    let file = try KeyFile(count: 30)
    let session = try Dashboard.open(file.path, columns: 80, rows: 24)
    var sizes = (1...12).flatMap { rows in (1...40).map { (columns: $0, rows: rows) } }
    sizes += [(1000, 500), (1, 500), (1000, 1), (80, 24)]
    for (number, size) in sizes.enumerated() {
      let before = session.rawBytes.count
      session.resize(columns: size.columns, rows: size.rows)
      try session.wait(for: "a frame of \(size)", timeout: .seconds(30)) { session.rawBytes.count > before }
      // Whatever is open must live in that size too.
      switch number % 7 {
      case 0: try session.send("?")
      case 1: try session.send("\u{1B}j")
      case 2: try session.send("/k")
      case 3: try session.send("\u{1B}p")
      case 4: try session.send("\u{1B}\t")
      case 5: try session.send("\u{1B}:he")
      default: try session.send("\u{1B}\u{1B}")
      }
    }
    // Keys are heeded in the few sizes that can be drawn in, and which of them arrive there is a matter of time: each can
    // have opened something over what was open, and q closes what is open before it leaves.
    for _ in 0..<20 {
      try session.send("\u{1B}")
      try session.waitUntilQuiet(for: .milliseconds(100))
    }
    try session.waitUntil("the dashboard") {
      $0.contains { $0.contains("complete") || $0.contains("in the file;") }
    }
    try session.waitUntilQuiet(for: .milliseconds(100))
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit(timeout: .seconds(30))) == 0)

    // Sizes at the start, 0 by 0 included, which is taken for 80 by 24.
    let starts = [(0, 0), (1, 1), (2, 1), (1, 2), (39, 7), (40, 8), (40, 12), (79, 15), (80, 16), (1000, 500)]
    for (columns, rows) in starts {
      let session = try PtySession(
        program: TestProducts.path("apikeys-tui"), arguments: ["--from", file.path], columns: columns, rows: rows)
      try session.waitUntil("a frame of \(columns) by \(rows)", timeout: .seconds(30)) { _ in session.isAlternateScreen
      }
      try session.waitUntilQuiet(for: .milliseconds(100))
      if columns == 0 {
        #expect(session.screen.contains { $0.contains("complete") || $0.contains("in the file;") })
      }
      try session.send("q")
      #expect(PtySession.exitCode(of: try session.waitForExit(timeout: .seconds(30))) == 0, "\(columns) by \(rows)")
    }
    print("figure D6: \(sizes.count) sizes in one session and \(starts.count) at the start, 0 crashes")
  }

  @Test("Rapid resizes are drawn a bounded number of times, the last one correctly", .tags(.d7))
  func storm() throws {
    let file = try KeyFile(count: 30)
    let session = try Dashboard.open(file.path, columns: 100, rows: 30)
    func residentPages() throws -> Int {
      let text = try String(contentsOfFile: "/proc/\(session.processIdentifier)/statm", encoding: .utf8)
      return try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }
    // What all sizes need is there before it is measured.
    for size in [(140, 45), (60, 20), (100, 30)] {
      session.resize(columns: size.0, rows: size.1)
      try session.waitUntilQuiet(for: .milliseconds(100))
    }
    let memory = try residentPages()
    let before = session.rawBytes.count
    let start = ContinuousClock.now
    for number in 1...1000 {
      session.resize(columns: 60 + number % 80, rows: 20 + number % 25)
      // One a millisecond; what the program writes is read meanwhile.
      let next = start + .milliseconds(number)
      let left = next - ContinuousClock.now
      if left > .zero { _ = session.bytesWritten(within: left) }
    }
    let took = ContinuousClock.now - start
    session.resize(columns: 111, rows: 33)
    try session.waitUntilQuiet(for: .milliseconds(200))
    let storm = session.rawBytes[before...]
    // A redraw after a resize clears the screen; nothing else does.
    let redraws = String(decoding: storm, as: UTF8.self).ranges(of: "\u{1B}[H\u{1B}[2J").count
    let grown = (try residentPages() - memory) * Int(getpagesize()) / 1024
    print(
      "figure D7: 1000 resizes in \(Int(took / .milliseconds(1))) ms: \(redraws) redraws, memory grew by \(grown) KiB")
    #expect(redraws > 0)
    #expect(Double(redraws) <= 60 * max(1, took / .seconds(1)) + 2)
    // The last frame is that of a program that started in this size.
    let fresh = try Dashboard.open(file.path, columns: 111, rows: 33)
    func timeless(_ screen: [String]) -> [String] {
      screen.map { $0.replacing(/[0-9]{2}:[0-9]{2}:[0-9]{2}Z/, with: "") }
    }
    #expect(timeless(session.screen) == timeless(fresh.screen))
    #expect(session.caret == fresh.caret)
    if !TestProducts.isSanitized { #expect(grown < 4096) }
    for end in [session, fresh] {
      try end.send("q")
      #expect(PtySession.exitCode(of: try end.waitForExit()) == 0)
    }
  }
}
