import Foundation
import Synchronization
import TestSupport
import Testing

/// A list of keys over real HTTP that a test changes between requests.
private final class ChangingList: Sendable {
  private struct State {
    var numbers: [Int]
    var lost: (status: Int, body: String)?
    var heads: [String] = []
  }
  private let state: Mutex<State>

  /// `lost` is what is said of a cursor whose key is not there; nil finds its place.
  init(_ count: Int, lost: (status: Int, body: String)? = nil) {
    state = Mutex(State(numbers: Array(0..<count), lost: lost))
  }

  func change(_ body: @Sendable (inout [Int]) -> Void) { state.withLock { body(&$0.numbers) } }
  var heads: [String] { state.withLock { $0.heads } }

  func answer(_ head: String) -> FaultServer.Answer {
    func value(_ name: String) -> Substring? {
      head.firstRange(of: "\(name)=").map { head[$0.upperBound...].prefix { $0 != "&" && $0 != " " } }
    }
    return state.withLock { state in
      state.heads.append(String(head.prefix { $0 != "\r" && $0 != "\r\n" }))
      let isAscending = value("order") == "asc"
      let list = isAscending ? state.numbers.reversed() : state.numbers
      var start = 0
      if let after = value("after").flatMap({ Int($0.suffix(12)) }).map({ $0 % 1_000_000_000_000 }) {
        if let index = list.firstIndex(of: after) {
          start = index + 1
        } else if let lost = state.lost {
          return .http(lost.status, lost.body)
        } else {
          start = list.firstIndex { isAscending ? $0 < after : $0 > after } ?? list.count
        }
      }
      let end = min(start + (value("limit").flatMap { Int($0) } ?? 50), list.count)
      let page = list[start..<end]
      let last = page.last.map { "\"\(PageBody.identifier($0))\"" } ?? "null"
      return .http(
        "{\"data\":[\(page.map { PageBody.record($0) }.joined(separator: ","))],\"has_more\":\(end < list.count),"
          + "\"first_id\":null,\"last_id\":\(last)}")
    }
  }
}

@Suite("Complete lists over HTTP", .serialized, .timeLimit(.minutes(5)))
struct CompleteListTests {
  @Test(
    "A deleted cursor makes the load step back, whatever the server's error", .tags(.t13),
    arguments: [
      (404, #"{"detail":"No key has the id given in after"}"#), (400, #"{"error":{"message":"Unknown cursor"}}"#),
      (410, ""), (422, #"{"detail":[{"loc":["query","after"],"msg":"not found","type":"x"}]}"#),
      (404, "<html>no</html>"),
    ])
  func deletedCursor(lost: (Int, String)) async throws {
    for deleted in [1...1, 2...4, 5...9] {
      let list = ChangingList(60, lost: (lost.0, lost.1))
      let server = try await FaultServer { _, head in
        // The rows that the first page ended with go as it is sent.
        defer { if list.heads.count == 1 { list.change { $0.removeAll { (10 - deleted.count..<10).contains($0) } } } }
        return list.answer(head)
      }
      let run = try await ProgramRun(["list", "--url", server.url, "--page-size", "10", "--format", "ndjson"])
      await server.close()
      #expect(run.status == 0, "\(lost) \(deleted): \(run.errors)")
      #expect(run.output.split(separator: "\n").count == 60 - deleted.count, "\(lost) \(deleted)")
      #expect(run.errors.isEmpty)
    }
  }

  @Test("A lost cursor is not reported as a wrong address, and the server is quoted", .tags(.t13))
  func lostForGood() async throws {
    let server = try await FaultServer { _, head in
      head.contains("after=") ? .http(404, #"{"detail":"no such key"}"#) : .http(PageBody.page(for: head, of: 120))
    }
    let run = try await ProgramRun(["list", "--url", server.url])
    await server.close()
    #expect(run.status == 0, "one page of 1000 holds them all")
    let small = try await FaultServer { _, head in
      head.contains("after=") ? .http(404, #"{"detail":"no such key"}"#) : .http(PageBody.page(for: head, of: 120))
    }
    let failed = try await ProgramRun(["list", "--url", small.url, "--page-size", "50"])
    #expect(failed.status == 75 && failed.output.isEmpty)
    #expect(
      failed.errors.contains("The place in the list was lost (404), on a later page: no such key."),
      "\(failed.errors)")
    #expect(!failed.errors.contains("--url"))
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", small.url, "--page-size", "50"], columns: 200,
      rows: 30)
    try session.waitUntil("the stop", timeout: .seconds(20)) {
      $0.contains { $0.contains("The place in the list was lost (404), on a later page: no such key") }
    }
    try session.send("q")
    _ = try session.waitForExit()
    await small.close()
  }

  @Test("A list that ends early is not written", .tags(.t12, .t13), arguments: ["empty page", "cut off"])
  func endsEarly(way: String) async throws {
    let list = ChangingList(120)
    let server = try await FaultServer { _, head in
      if head.contains("order=asc") { return list.answer(head) }
      if way == "empty page", head.contains("after=") { return .http(PageBody.page(0..<0, more: false)) }
      return .http(PageBody.page(0..<50, more: way == "empty page" && !head.contains("after=")))
    }
    for format in ["table", "ndjson", "json"] {
      let run = try await ProgramRun(["list", "--url", server.url, "--format", format])
      #expect(run.status == 65 && run.output.isEmpty && run.errors.contains("not complete"), "\(run.errors)")
    }
    let plain = try await ProgramRun(["--plain", "--url", server.url])
    #expect(plain.status == 65 && plain.output.contains("not complete"), "\(plain.output)")
    await server.close()
  }

  @Test("After a deletion refresh (r) reports the change, and reread (R) shows the current list", .tags(.t10))
  func changed() async throws {
    let list = ChangingList(120)
    let server = try await FaultServer { _, head in list.answer(head) }
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url], columns: 160, rows: 30)
    try session.waitUntil("the first page", timeout: .seconds(20)) { $0.contains { $0.contains("key 0") } }
    try session.send("G")
    try session.waitUntil("the whole", timeout: .seconds(20)) { $0.contains { $0.contains("120 keys, complete at") } }
    let requests = list.heads
    #expect(requests.last?.contains("limit=1&order=asc") == true || requests.last?.contains("order=asc") == true)
    list.change { $0.remove(at: 1) }
    try session.send("r")
    try session.waitUntil("the change", timeout: .seconds(20)) {
      $0.contains { $0.contains("120 keys read whole at") && $0.contains("changed on the server: press R") }
    }
    try session.send("R")
    try session.waitUntil("the new list", timeout: .seconds(20)) {
      $0.contains { $0.contains("119 keys, complete at") }
    }
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    await server.close()
  }
}
