import Glibc
import TestSupport
import Testing

/// Sessions of the real dashboard, and what one leaves behind.
enum Dashboard {
  /// A dashboard on a file of keys, drawn and at rest.
  static func open(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 100, rows: Int = 30
  ) throws -> PtySession {
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--from", path] + arguments, environment: environment,
      columns: columns, rows: rows)
    try waitUntilReady(session)
    return session
  }

  /// Waits until every key is there and nothing more is drawn.
  static func waitUntilReady(_ session: PtySession) throws {
    try session.waitUntil("the keys", timeout: .seconds(30)) { screen in
      session.isAlternateScreen && screen.contains { $0.contains("complete") || $0.contains("in the file;") }
    }
    try session.waitUntilQuiet(for: .milliseconds(100))
  }

  /// A shell that runs a command line in the same pseudo-terminal; `trap '' HUP` there holds for the program too.
  static func shell(
    _ line: String, environment: [String: String] = [:], columns: Int = 100, rows: Int = 30
  ) throws -> PtySession {
    var variables = ["PROGRAM": try TestProducts.path("apikeys-tui")]
    variables.merge(environment) { $1 }
    return try PtySession(
      program: "/bin/sh", arguments: ["-c", line], environment: variables, columns: columns, rows: rows)
  }

  /// The terminal is as a shell wants it: same modes, normal screen, cursor on, no mouse, and no marks around pasted
  /// text, unless the shell itself asks for them.
  static func expectRestored(
    _ session: PtySession, modes: [UInt8], _ what: String, pasteMarks: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(!modes.isEmpty && session.modes == modes, "\(what): modes", sourceLocation: sourceLocation)
    #expect(!session.isAlternateScreen, "\(what): alternate screen", sourceLocation: sourceLocation)
    #expect(session.isCursorVisible, "\(what): cursor", sourceLocation: sourceLocation)
    let log = String(decoding: session.rawBytes, as: UTF8.self)
    for mode in ["?1000", "?1"] + (pasteMarks ? ["?2004"] : []) {
      let on = log.ranges(of: "\u{1B}[\(mode)h").last?.lowerBound
      let off = log.ranges(of: "\u{1B}[\(mode)l").last?.lowerBound
      if let on { #expect(off.map { $0 > on } ?? false, "\(what): mode \(mode)", sourceLocation: sourceLocation) }
    }
  }
}
