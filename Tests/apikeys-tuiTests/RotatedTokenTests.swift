import Foundation
import Synchronization
import TestSupport
import Testing

/// A token that is replaced while the real program runs.
@Suite("Replaced tokens", .serialized, .timeLimit(.minutes(5)))
struct RotatedTokenTests {
  /// Takes any token for the first page, and the fresh one alone for those after it.
  private static func server() async throws -> FaultServer {
    try await FaultServer { _, head in
      let isFresh = head.contains("fresh-token-of-today")
      return PageBody.cursor(head) == nil || isFresh
        ? .http(PageBody.page(for: head, of: 300)) : .http(401, #"{"detail":"Token has expired"}"#)
    }
  }

  private func write(_ token: String, _ scratch: Scratch) throws {
    let path = scratch.path("token")
    try (token + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    chmod(path, 0o600)
  }

  /// A command that prints the file, and notes that it ran; it asks at the terminal where there is a file `ask`.
  private func command(_ scratch: Scratch) throws -> String {
    let path = scratch.path("command")
    let folder = scratch.url.path
    try """
    #!/bin/sh
    echo run >>'\(folder)/runs'
    if [ -f '\(folder)/ask' ]; then printf 'Passphrase? ' >&2; read answer </dev/tty || exit 3; fi
    cat '\(folder)/token'
    """.write(toFile: path, atomically: false, encoding: .utf8)
    chmod(path, 0o700)
    return path
  }

  private func runs(_ scratch: Scratch) throws -> Int {
    try String(contentsOfFile: scratch.path("runs"), encoding: .utf8).split(separator: "\n").count
  }

  private func start(_ server: FaultServer, _ source: [String], plain: Bool = false) throws -> PtySession {
    try PtySession(
      program: TestProducts.path("apikeys-tui"),
      arguments: ["--url", server.url, "--page-size", "100"] + source + (plain ? ["--plain"] : []),
      environment: ["TZ": "UTC"], columns: 160, rows: 40)
  }

  private func expect(_ text: String, _ session: PtySession) throws {
    try session.waitUntil("'\(text)'", timeout: .seconds(30)) { screen in
      screen.joined(separator: " ").split(separator: " ").joined(separator: " ").contains(text)
    }
  }

  @Test(
    "refresh (r) in the dashboard continues with the current token of the file or command", .tags(.t19),
    arguments: [false, true])
  func dashboard(usesCommand: Bool) async throws {
    let scratch = try Scratch()
    let server = try await RotatedTokenTests.server()
    try write("stale-token-of-yesterday", scratch)
    let source = usesCommand ? ["--token-command", try command(scratch)] : ["--token-file", scratch.path("token")]
    let session = try start(server, source)
    try expect("100 loaded", session)
    try session.send("G")
    try expect("does not accept the token (401), on page 2, after 100 keys: Token has expired", session)
    try expect("press r to resume", session)
    try write("fresh-token-of-today", scratch)
    try session.send("rG")
    try expect("300 keys, complete", session)
    #expect(!session.screen.joined().contains("-token-of-"))
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    await server.close()
  }

  @Test("refresh and reread in plain mode continue with the current token", .tags(.t19))
  func plain() async throws {
    let scratch = try Scratch()
    let server = try await RotatedTokenTests.server()
    try write("stale-token-of-yesterday", scratch)
    let session = try start(server, ["--token-file", scratch.path("token")], plain: true)
    try expect("100 keys loaded", session)
    try session.send("end\n")
    try expect("Token has expired.", session)
    try expect("the next try reads it again", session)
    try write("fresh-token-of-today", scratch)
    try session.send("refresh\n")
    try expect("The server answers again", session)
    try session.send("end\nwhere\n")
    try expect("300 keys, complete", session)
    try session.send("quit\n")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    await server.close()
  }

  @Test(
    "A command continues after the token was replaced, and runs its token command once more", .tags(.t19))
  func meanwhile() async throws {
    let scratch = try Scratch()
    let path = scratch.path("token")
    let server = try await FaultServer { _, head in
      if PageBody.cursor(head) == nil || head.contains("fresh-token-of-today") {
        return .http(PageBody.page(for: head, of: 300))
      }
      // What cannot be written is seen at the end.
      try? "fresh-token-of-today\n".write(toFile: path, atomically: false, encoding: .utf8)
      return .http(401, #"{"detail":"Token has expired"}"#)
    }
    for usesCommand in [false, true] {
      try write("stale-token-of-yesterday", scratch)
      let source = usesCommand ? ["--token-command", try command(scratch)] : ["--token-file", path]
      let before = server.heads.count
      let run = try await ProgramRun(
        ["list", "--url", server.url, "--page-size", "100", "--format", "ndjson"] + source)
      #expect(run.status == 0 && run.output.split(separator: "\n").count == 300, "\(run.errors)")
      // Three pages, the second of them asked for twice; what is asked from the other end is not counted here.
      #expect(server.heads.count - before <= 6)
      if usesCommand { #expect(try runs(scratch) == 2) }
    }
    await server.close()
  }

  @Test("A token command that prompts fails at once while the dashboard is shown", .tags(.t19))
  func asks() async throws {
    let scratch = try Scratch()
    let server = try await RotatedTokenTests.server()
    try write("stale-token-of-yesterday", scratch)
    let command = try command(scratch)
    let session = try start(server, ["--token-command", command])
    try expect("100 loaded", session)
    try "".write(toFile: scratch.path("ask"), atomically: false, encoding: .utf8)
    try session.send("G")
    try expect("does not accept the token (401)", session)
    // The terminal is still ours: keys work, and nothing of the question is on it.
    try session.send("?")
    try expect("Help", session)
    #expect(!session.screen.joined().contains("Passphrase? \n"))
    try session.send("\u{1B}")
    try session.waitUntilQuiet()
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    let list = try await ProgramRun(
      [
        "list", "--url", server.url, "--page-size", "100", "--token-command",
        "sh -c 'cat \(scratch.path("token")); [ ! -f \(scratch.path("first")) ] || exit 3; touch \(scratch.path("first"))'",
      ])
    #expect(list.status == 77 && list.errors.contains("ended with status 3"), "\(list.errors)")
    #expect(list.errors.contains("Token has expired"))
    await server.close()
  }
}
