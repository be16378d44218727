import Foundation
import TestSupport
import Testing

/// Stopping and going on, in a real shell with job control.
@Suite("Job control", .serialized, .timeLimit(.minutes(5)))
struct JobControlTests {
  /// How often the alternate screen was entered.
  private func takings(_ session: PtySession) -> Int {
    String(decoding: session.rawBytes, as: UTF8.self).ranges(of: "\u{1B}[?1049h").count
  }

  @Test("suspend (Ctrl-Z) and resume work, with a resize while stopped and after SIGSTOP", .tags(.d4))
  func suspend() throws {
    let file = try KeyFile(count: 30)
    let session = try PtySession(
      program: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
      environment: [
        "PS1": "ready> ", "PROGRAM": try TestProducts.path("apikeys-tui"), "KEYS": file.path, "HISTFILE": "",
      ], columns: 100, rows: 30)
    try session.waitUntil("the shell") { $0.contains { $0.contains("ready>") } }
    try session.waitUntilQuiet(for: .milliseconds(100))
    let modes = session.modes
    try session.send("\"$PROGRAM\" --from \"$KEYS\"\n")
    try Dashboard.waitUntilReady(session)
    let inside = session.modes
    let children = try String(
      contentsOfFile: "/proc/\(session.processIdentifier)/task/\(session.processIdentifier)/children", encoding: .utf8)
    let program = try #require(children.split(separator: " ").first.flatMap { pid_t(String($0)) })
    #expect(inside != modes)

    for size in [(columns: 72, rows: 20), (columns: 130, rows: 33)] {
      try session.send("\u{1A}")
      try session.waitUntil("the shell") { $0.contains { $0.contains("Stopped") } && !session.isAlternateScreen }
      try session.waitUntilQuiet(for: .milliseconds(100))
      Dashboard.expectRestored(session, modes: modes, "stopped", pasteMarks: false)
      session.resize(columns: size.columns, rows: size.rows)
      try session.send("fg\n")
      try Dashboard.waitUntilReady(session)
      #expect(session.modes == inside)
      // Drawn for the new size: the last row is used, and it is the row of the status.
      #expect(session.screen.last?.contains("keys in the file") == true, "\(session.screen)")
      let row = session.caret.row
      try session.send("j")
      try session.waitUntil("the next row") { _ in session.caret.row == row + 1 }
    }

    // Continued in the background it must leave the terminal to the shell, and stop by itself.
    try session.send("\u{1A}")
    try session.waitUntil("the shell") { $0.contains { $0.contains("Stopped") } && !session.isAlternateScreen }
    try session.send("clear; bg\n")
    try session.wait(for: "the job to stop again") { ProcessState.letter(of: program) == "T" }
    try session.waitUntilQuiet(for: .milliseconds(100))
    #expect(!session.isAlternateScreen)
    #expect(session.modes == modes)
    try session.send("fg\n")
    try Dashboard.waitUntilReady(session)

    // SIGSTOP cannot be caught: the shell takes the terminal as it stands, and draws into the dashboard.
    let taken = takings(session)
    kill(program, SIGSTOP)
    try session.waitUntil("the shell") { $0.contains { $0.contains("Stopped") } }
    try session.waitUntilQuiet(for: .milliseconds(100))
    try session.send("fg\n")
    try session.wait(for: "the screen to be taken anew") { takings(session) > taken }
    try Dashboard.waitUntilReady(session)
    #expect(session.modes == inside)
    #expect(!session.screen.contains { $0.contains("ready>") })
    try session.send("q")
    // Wherever the shell's prompt lands: it drew into our screen, which moved the place that the terminal remembers.
    try session.wait(for: "the shell") {
      !session.isAlternateScreen && String(decoding: session.rawBytes.suffix(30), as: UTF8.self).contains("ready>")
    }
    try session.send("echo \"code $?\"\n")
    try session.waitUntil("the status") { $0.contains { $0.hasPrefix("code 0") } }
    try session.waitUntilQuiet(for: .milliseconds(100))
    Dashboard.expectRestored(session, modes: modes, "ended", pasteMarks: false)
    print(
      "figure D4: 5 stops and resumes under bash, 2 with a resize while stopped, 1 by SIGSTOP, 1 in the background: modes, "
        + "size and frame right each time")
  }
}
