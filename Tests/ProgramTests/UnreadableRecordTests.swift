import TestSupport
import Testing

@Suite("Unreadable records", .serialized)
struct UnreadableRecordTests {
  /// Two keys, and between them a record whose restriction is no yes and no.
  private static let page =
    "{\"data\":[\(PageBody.record(0)),"
    + "\(PageBody.record(1).replacing("\"restricted\":true", with: "\"restricted\":\"maybe\"")),\(PageBody.record(2))],"
    + "\"has_more\":false,\"first_id\":\"\(PageBody.identifier(0))\",\"last_id\":\"\(PageBody.identifier(2))\"}"

  @Test("E5 a command says so and fails; the dashboard and plain mode show the rest and count it")
  func oneBadRecord() async throws {
    let server = try await FaultServer { _, _ in .http(UnreadableRecordTests.page) }
    let list = try await ProgramRun(["list", "--url", server.url])
    #expect(list.status == 65)
    #expect(list.output.isEmpty)
    #expect(list.errors.contains("1 record could not be read beside 2 keys") && list.errors.contains("restricted"))

    let plain = try await ProgramRun(["--plain", "--url", server.url])
    #expect(plain.output.contains("key 0") && plain.output.contains("key 2"), "\(plain.output)")
    #expect(!plain.output.contains("key 1,"), "\(plain.output)")
    #expect(plain.status == 65, "\(plain.output)\(plain.errors)")

    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url], columns: 140, rows: 30)
    try session.waitUntil("the count", timeout: .seconds(20)) { $0.contains { $0.contains("1 unreadable") } }
    #expect(session.screen.contains { $0.contains("key 0") } && session.screen.contains { $0.contains("key 2") })
    #expect(session.screen.contains { $0.contains("2 keys, complete") })
    try session.send("q")
    _ = try session.waitForExit()
    await server.close()
  }
}
