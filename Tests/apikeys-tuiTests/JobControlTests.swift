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

  /// A dashboard that an interactive shell runs.
  private struct Job {
    let session: PtySession
    let program: pid_t
    /// The terminal's modes before the dashboard, and in it.
    let modes: [UInt8]
    let inside: [UInt8]

    init(_ file: borrowing KeyFile) throws {
      session = try PtySession(
        program: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
        environment: [
          "PS1": "ready> ", "PROGRAM": try TestProducts.path("apikeys-tui"), "KEYS": file.path, "HISTFILE": "",
        ], columns: 100, rows: 30)
      try session.waitUntil("the shell") { $0.contains { $0.contains("ready>") } }
      try session.waitUntilQuiet(for: .milliseconds(100))
      modes = session.modes
      try session.send("\"$PROGRAM\" --from \"$KEYS\"\n")
      try Dashboard.waitUntilReady(session)
      inside = session.modes
      let children = try String(
        contentsOfFile: "/proc/\(session.processIdentifier)/task/\(session.processIdentifier)/children",
        encoding: .utf8)
      program = try #require(children.split(separator: " ").first.flatMap { pid_t(String($0)) })
      #expect(inside != modes)
    }

    /// Stops the dashboard with Ctrl-Z.
    func stop() throws {
      try session.send("\u{1A}")
      try session.waitUntil("the shell") { [session] in
        $0.contains { $0.contains("Stopped") } && !session.isAlternateScreen
      }
      try session.waitUntilQuiet(for: .milliseconds(100))
    }

    /// Leaves the dashboard, and sees that the terminal is as it was.
    func quit() throws {
      try session.send("q")
      // Wherever the shell's prompt lands: it may have drawn into our screen, which moved what the terminal remembers.
      try session.wait(for: "the shell") { [session] in
        !session.isAlternateScreen && String(decoding: session.rawBytes.suffix(30), as: UTF8.self).contains("ready>")
      }
      try session.send("echo \"code $?\"\n")
      try session.waitUntil("the status") { $0.contains { $0.hasPrefix("code 0") } }
      try session.waitUntilQuiet(for: .milliseconds(100))
      Dashboard.expectRestored(session, modes: modes, "ended", pasteMarks: false)
    }
  }

  @Test("suspend (Ctrl-Z) restores the terminal, and fg draws the dashboard for the new size", .tags(.d4))
  func suspend() throws {
    let file = try KeyFile(count: 30)
    let job = try Job(file)
    let session = job.session
    for size in [(columns: 72, rows: 20), (columns: 130, rows: 33)] {
      try job.stop()
      Dashboard.expectRestored(session, modes: job.modes, "stopped", pasteMarks: false)
      session.resize(columns: size.columns, rows: size.rows)
      try session.send("fg\n")
      try Dashboard.waitUntilReady(session)
      #expect(session.modes == job.inside)
      // Drawn for the new size: the last row is used, and it is the row of the status.
      #expect(session.screen.last?.contains("keys in the file") == true, "\(session.screen)")
      let row = session.caret.row
      try session.send("j")
      try session.waitUntil("the next row") { _ in session.caret.row == row + 1 }
    }
    try job.quit()
    print("figure D4: 2 stops and resumes under bash with a resize while stopped: modes, size and frame right")
  }

  @Test("A dashboard that bg continues stops again and leaves the terminal to the shell", .tags(.d4))
  func background() throws {
    let file = try KeyFile(count: 30)
    let job = try Job(file)
    let session = job.session
    try job.stop()
    try session.send("clear; bg\n")
    try session.wait(for: "the job to stop again") { ProcessState.letter(of: job.program) == "T" }
    try session.waitUntilQuiet(for: .milliseconds(100))
    #expect(!session.isAlternateScreen)
    #expect(session.modes == job.modes)
    try session.send("fg\n")
    try Dashboard.waitUntilReady(session)
    try job.quit()
    print("figure D4: 2 stops and a resume under bash in the background: modes and frame right")
  }

  @Test("A dashboard that SIGSTOP stopped draws its screen anew", .tags(.d4))
  func uncaughtStop() throws {
    let file = try KeyFile(count: 30)
    let job = try Job(file)
    let session = job.session
    // SIGSTOP cannot be caught: the shell takes the terminal as it is, and draws into the dashboard.
    let taken = takings(session)
    kill(job.program, SIGSTOP)
    try session.waitUntil("the shell") { $0.contains { $0.contains("Stopped") } }
    try session.waitUntilQuiet(for: .milliseconds(100))
    try session.send("fg\n")
    try session.wait(for: "the screen to be drawn anew") { takings(session) > taken }
    try Dashboard.waitUntilReady(session)
    #expect(session.modes == job.inside)
    #expect(!session.screen.contains { $0.contains("ready>") })
    try job.quit()
    print("figure D4: a stop by SIGSTOP and a resume under bash: modes and frame right")
  }
}
