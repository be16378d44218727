import Foundation
import Synchronization
import TestSupport
import Testing

/// A load of which the third page and all after it fail, until the server is repaired.
private final class BreakingServer: Sendable {
  private struct State {
    var isBroken = true
    var answered: [Substring] = []
    var failed: [Substring] = []
  }

  private let state = Mutex(State())
  let count: Int

  init(count: Int) { self.count = count }

  func answer(_ head: String) -> FaultServer.Answer {
    let line = head.prefix { $0 != "\r" && $0 != "\r\n" }
    let fails = state.withLock { state in
      if state.isBroken, state.answered.count >= 2 {
        state.failed.append(line)
        return true
      }
      state.answered.append(line)
      return false
    }
    return fails
      ? .http(500, "{\"detail\":\"boom\"}", headers: "Retry-After: 0\r\n")
      : .http(PageBody.page(for: head, of: count))
  }

  func repair() { state.withLock { $0.isBroken = false } }
  /// Request lines of pages that were given out, and of those that were refused.
  var answered: [Substring] { state.withLock { $0.answered } }
  var failed: [Substring] { state.withLock { $0.failed } }
}

@Suite("Partial loads", .serialized, .timeLimit(.minutes(5)))
struct PartialLoadTests {
  @Test("A list with a failed page is not written", .tags(.e7))
  func list() async throws {
    let scratch = try Scratch()
    var runs = 0
    for format in ["table", "plain", "tsv", "csv", "json", "ndjson"] {
      let target = scratch.path("out.\(format)")
      for output in [[], ["--output", target]] {
        let script = BreakingServer(count: 250)
        let server = try await FaultServer { _, head in script.answer(head) }
        let run = try await ProgramRun(
          ["list", "--url", server.url, "--page-size", "50", "--format", format] + output)
        await server.close()
        #expect(run.status == 69, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("boom") && run.errors.contains("arrived, so nothing was written"), "\(run.errors)")
        #expect(script.answered.count == 2)
        runs += 1
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
    print("figure E7: \(runs) lists of 2 pages of 5: each ends with 69, 0 bytes written, 0 files")
  }

  @Test("The dashboard keeps a partial list, reports it, and resumes from the same cursor", .tags(.e7))
  func dashboard() async throws {
    let script = BreakingServer(count: 250)
    let server = try await FaultServer { _, head in script.answer(head) }
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url, "--page-size", "50"], columns: 140,
      rows: 30)
    try session.waitUntil("the first page", timeout: .seconds(20)) { $0.contains { $0.contains("key 0") } }
    try session.send("G")
    try session.waitUntil("the stop", timeout: .seconds(20)) { $0.contains { $0.contains("stopped after ") } }
    try session.waitUntilQuiet()
    let status = try #require(session.screen.first { $0.contains("stopped after ") })
    #expect(status.contains("boom") && status.contains("press r to resume"), "\(status)")
    // What was loaded is still there to be read.
    #expect(session.screen.filter { $0.contains("key ") }.count > 5)
    let failed = Set(script.failed)
    let answered = script.answered.count
    script.repair()
    try session.send("r")
    try session.waitUntil("more", timeout: .seconds(20)) { !$0.contains { $0.contains("stopped after ") } }
    try await eventually { script.answered.count > answered }
    #expect(failed.contains(script.answered[answered]), "\(script.answered[answered]) is none of \(failed)")
    try session.send("G")
    try session.waitUntil("the whole", timeout: .seconds(20)) { $0.contains { $0.contains("250 keys, complete") } }
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    // No page that had come was asked for again.
    #expect(Set(script.answered).count == script.answered.count)
    await server.close()
  }
}
