import TestSupport
import Testing

/// `list` on a terminal: a line a key, at any width.
@Suite("Tables on a terminal", .serialized, .timeLimit(.minutes(5)))
struct TerminalTableTests {
  @Test(
    "A table on a terminal wraps no line, and shows names whole where there is room",
    arguments: [(80, 3, "07ec6e12"), (120, 2, "07ec6e12-8c6f-4b01-b00b-e5793b6c282a"), (160, 0, "be415c0c-9938-4cda")])
  func fitted(columns: Int, cuts: Int, text: String) throws {
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["list", "--demo", "--limit", "5"], columns: columns,
      rows: 24)
    #expect(try session.waitForExit() == 0)
    let rows = session.screen.filter { !$0.isEmpty }
    // The heading, five keys, and the line that says how many there are.
    #expect(rows.count == 7 && rows[0].hasPrefix("NAME") && rows[6].contains("of more"), "\(rows)")
    let first = try #require(rows.dropFirst().first)
    #expect(first.hasPrefix("webhook-relay-worker-prod") || columns < 100, "\(first)")
    #expect(first.contains(text) && first.count { $0 == "…" } <= cuts, "\(first)")
  }

  @Test("Requested columns are whole on a terminal, and so is redirected output")
  func whole() async throws {
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"),
      arguments: ["list", "--demo", "--limit", "1", "--columns", "id,creator"],
      columns: 60, rows: 24)
    #expect(try session.waitForExit() == 0)
    #expect(session.screen.joined().contains("be415c0c-9938-4cda-869b-678561a2716e"))
    let run = try await ProgramRun(["list", "--demo", "--limit", "1", "--format", "table"])
    #expect(run.output.contains("be415c0c-9938-4cda-869b-678561a2716e"))
  }
}
