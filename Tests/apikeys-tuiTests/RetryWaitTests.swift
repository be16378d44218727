import TestSupport
import Testing

@Suite("Waiting to retry", .serialized, .timeLimit(.minutes(5)))
struct RetryWaitTests {
  @Test("A long Retry-After is counted down on screen, and the load then resumes", .tags(.e8))
  func countdown() async throws {
    let server = try await FaultServer { index, head in
      switch index {
      case 0: .http(PageBody.page(for: head, of: 120))
      case 1: .http(429, "{}", headers: "Retry-After: 31\r\n")
      default: .http(PageBody.page(for: head, of: 120))
      }
    }
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url], columns: 160,
      rows: 20)
    try session.waitUntil("the first page", timeout: .seconds(20)) { $0.contains { $0.contains("50 loaded") } }
    try session.send("G")
    var shown: Set<String> = []
    func note(_ rows: [String]) {
      for row in rows {
        guard let range = row.firstRange(of: "trying again in ") else { continue }
        shown.insert(String(row[range.upperBound...].prefix { $0 != "," }))
      }
    }
    try session.waitUntil("the countdown", timeout: .seconds(20)) { rows in
      note(rows)
      return !shown.isEmpty
    }
    let start = ContinuousClock.now
    let bytes = session.rawBytes.count
    try session.waitUntil("the end of the wait", timeout: .seconds(60)) { rows in
      note(rows)
      return rows.contains { $0.contains("120 keys, complete") }
    }
    let took = ContinuousClock.now - start
    // The page that was waited for, and after it the other end of the list.
    #expect(server.heads.count == 4)
    #expect(PageBody.cursor(server.heads[1]) == PageBody.cursor(server.heads[2]))
    // Once a second at most, and it did count.
    let seconds = took / .seconds(1)
    #expect(shown.count >= 5 && Double(shown.count) <= seconds + 3)
    try session.send("q")
    _ = try session.waitForExit()
    await server.close()
    print(
      "figure E8: 31 s counted down in \(shown.count) steps over \(Int(seconds)) s, \(session.rawBytes.count - bytes) bytes"
    )
  }

  @Test("refresh (r) ends the wait that a server asked for", .tags(.e8))
  func tryNow() async throws {
    let server = try await FaultServer { index, head in
      index == 0 ? .http(503, "{}", headers: "Retry-After: 900\r\n") : .http(PageBody.page(for: head, of: 20))
    }
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url], columns: 160, rows: 30)
    try session.waitUntil("the countdown", timeout: .seconds(20)) {
      $0.contains { $0.contains("trying again in 14 min") || $0.contains("trying again in 15 min") }
    }
    try session.send("r")
    try session.waitUntil("the keys", timeout: .seconds(20)) { $0.contains { $0.contains("20 keys, complete") } }
    #expect(!session.screen.contains { $0.contains("trying again") })
    try session.send("q")
    _ = try session.waitForExit()
    await server.close()
  }

  @Test("Commands do not wait longer than 30 s and exit with 75", .tags(.e8))
  func commands() async throws {
    let server = try await FaultServer { _, _ in .http(429, "{}", headers: "Retry-After: 31\r\n") }
    let run = try await ProgramRun(["list", "--url", server.url])
    await server.close()
    #expect(run.status == 75)
    #expect(run.errors.contains("asks to wait 31 seconds"), "\(run.errors)")
    #expect(server.heads.count == 1)
  }
}
