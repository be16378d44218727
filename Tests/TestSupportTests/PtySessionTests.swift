import Glibc
import TestSupport
import Testing

/// The instrument itself: what it shows must be what a program did.
@Suite("Pseudo-terminal sessions", .serialized, .timeLimit(.minutes(5)))
struct PtySessionTests {
  @Test("A program has the terminal as its own, sees its size, and what it writes is on the screen")
  func output() throws {
    let session = try PtySession(
      program: "/bin/sh",
      arguments: ["-c", "stty size </dev/tty; printf '\\033[?25l\\033[3;5Hhere'; read line; exit 7"],
      columns: 50, rows: 10)
    try session.waitUntil("the text") { $0[2] == "    here" }
    #expect(session.screen[0] == "10 50")
    #expect(!session.isCursorVisible)
    #expect(session.caret == (2, 8))
    #expect(session.bytesWritten(within: .milliseconds(50)) == 0)
    try session.send("\n")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 7)
  }

  @Test("Resizing reaches the program, and a signal ends it")
  func resize() throws {
    let session = try PtySession(
      program: "/bin/sh", arguments: ["-c", "trap 'stty size' WINCH; echo ready; while :; do read line; done"])
    try session.waitUntil("the program") { $0.contains("ready") }
    session.resize(columns: 44, rows: 11)
    try session.send("\n")
    try session.waitUntil("the new size") { $0.contains("11 44") }
    session.signal(SIGKILL)
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 128 + SIGKILL)
  }

  @Test("A wait that times out fails with the screen")
  func failure() throws {
    let session = try PtySession(program: "/bin/sh", arguments: ["-c", "echo only this; read line"])
    #expect(throws: PtyError.self) {
      try session.waitUntil("more", timeout: .milliseconds(200)) { $0.contains("more") }
    }
  }
}
