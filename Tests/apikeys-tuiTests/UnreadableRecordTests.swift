import Foundation
import TestSupport
import Testing

@Suite("Unreadable records", .serialized, .timeLimit(.minutes(5)))
struct UnreadableRecordTests {
  /// Two keys, and between them a record whose id is null.
  private static let page =
    "{\"data\":[\(PageBody.record(0)),"
    + "\(PageBody.record(1).replacing("\"\(PageBody.identifier(1))\"", with: "null")),\(PageBody.record(2))],"
    + "\"has_more\":false,\"first_id\":\"\(PageBody.identifier(0))\",\"last_id\":\"\(PageBody.identifier(2))\"}"

  @Test(
    "A command fails on an unreadable record, and the dashboard and plain mode count it and show the rest", .tags(.e5))
  func oneBadRecord() async throws {
    let server = try await FaultServer { _, _ in .http(UnreadableRecordTests.page) }
    let list = try await ProgramRun(["list", "--url", server.url])
    #expect(list.status == 65)
    #expect(list.output.isEmpty)
    #expect(
      list.errors.contains("1 record could not be read beside 2 keys") && list.errors.contains("record 2: id is null"))

    let plain = try await ProgramRun(["--plain", "--url", server.url])
    #expect(plain.output.contains("key 0") && plain.output.contains("key 2"), "\(plain.output)")
    #expect(!plain.output.contains("key 1,"), "\(plain.output)")
    #expect(plain.status == 65, "\(plain.output)\(plain.errors)")

    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url], columns: 140, rows: 30)
    try session.waitUntil("the count", timeout: .seconds(20)) {
      $0.contains { $0.contains("2 keys, not complete: 1 unreadable") }
    }
    #expect(session.screen.contains { $0.contains("key 0") } && session.screen.contains { $0.contains("key 2") })
    try session.send("q")
    _ = try session.waitForExit()
    await server.close()
  }

  @Test("An unreadable record on a later page is reported with its page number", .tags(.t4))
  func laterPage() async throws {
    @Sendable func record(_ number: Int) -> String { "{\"id\":\"id-\(number)\",\"name\":\"\(number)\"}" }
    @Sendable func page(_ records: [String], last: Int, _ more: Bool) -> String {
      "{\"data\":[\(records.joined(separator: ","))],\"has_more\":\(more),\"last_id\":\"id-\(last)\"}"
    }
    let server = try await FaultServer { _, head in
      if head.contains("order=asc") { return .http(page([record(5)], last: 5, true)) }
      if head.contains("after=id-2") { return .http(page([record(3), "{\"name\":\"4\"}", record(5)], last: 5, false)) }
      return .http(page([record(1), record(2)], last: 2, true))
    }
    let list = try await ProgramRun(["list", "--url", server.url])
    #expect(list.status == 65 && list.errors.contains("(page 2, record 2: id is missing)"), "\(list.errors)")
    let scratch = try Scratch()
    let script = try scratch.write("load-all\nload-all\nquit\n", to: "script")
    let plain = try await ProgramRun(["--plain", "--url", server.url], inputPath: script)
    #expect(
      plain.output.contains("page 2, record 2") && !plain.output.contains("Every key is loaded"), "\(plain.output)")
    await server.close()
  }

  @Test("A list with an unreadable record is not exported, and its marked keys are, as part of a list", .tags(.e5))
  func exports() async throws {
    let server = try await FaultServer { _, _ in .http(UnreadableRecordTests.page) }
    let scratch = try Scratch()
    let (whole, marked) = (scratch.path("whole.json"), scratch.path("marked.json"))
    let script = try scratch.write("export \(whole)\nmark 2\nexport \(marked)\nquit\n", to: "script")
    let plain = try await ProgramRun(["--plain", "--strict", "--url", server.url], inputPath: script)
    await server.close()
    #expect(plain.status == 65, "\(plain.output)\(plain.errors)")
    #expect(
      plain.output.contains("1 record could not be read, and a part is never exported as the whole."),
      "\(plain.output)")
    #expect(!FileManager.default.fileExists(atPath: whole))
    let text = try String(contentsOfFile: marked, encoding: .utf8)
    #expect(text.contains("\"complete\":false,\"count\":1") && text.contains("key 2"), "\(text)")
  }
}
