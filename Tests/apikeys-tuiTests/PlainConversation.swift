import TestSupport

/// Plain mode at a terminal: lines typed, and all that was said. What is piped is a script, which keeps no settings.
struct PlainConversation {
  private let session: PtySession

  /// `shell` is run by `sh`, with the program as `$0` and `arguments` behind it.
  init(shell: String, _ arguments: [String], lines: [String], environment: [String: String]) throws {
    session = try PtySession(
      program: "/bin/sh", arguments: ["-c", shell, TestProducts.path("apikeys-tui")] + arguments,
      environment: environment, columns: 400)
    try session.wait(for: "the first prompt", timeout: .seconds(30)) { self.said.contains("Command: ") }
    try session.send(lines.map { $0 + "\n" }.joined())
  }

  private var said: String { String(decoding: session.rawBytes, as: UTF8.self) }

  func end() throws -> (status: Int32, text: String) {
    let status = try session.waitForExit(timeout: .seconds(60))
    return (PtySession.exitCode(of: status), said)
  }
}
