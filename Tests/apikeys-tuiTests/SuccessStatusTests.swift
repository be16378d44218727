import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Other 2xx statuses", .serialized, .timeLimit(.minutes(5)))
struct SuccessStatusTests {
  @Test("Keys under another 2xx status are a list, and reach neither the log nor standard error", .tags(.t18))
  func otherSuccess() async throws {
    let scratch = try Scratch()
    for status in [200, 201, 203, 226, 299] {
      let server = try await FaultServer { _, head in .http(status, PageBody.page(for: head, of: 3)) }
      let log = scratch.path("log")
      let run = try await ProgramRun(
        ["list", "--url", server.url, "--format", "ndjson", "--log-file", log],
        environment: ["APIKEYS_TOKEN": "token-for-a-test"])
      #expect(run.status == 0 && run.output.split(separator: "\n").count == 3, "\(status): \(run.errors)")
      #expect(!run.errors.contains("key 1"))
      let lines = try String(contentsOfFile: log, encoding: .utf8)
      #expect(lines.contains("status=\(status) ") && !lines.contains("key 1"), "\(lines)")
      await server.close()
    }
    for status in [206, 204] {
      let server = try await FaultServer { _, head in
        status == 204
          ? FaultServer.Answer(bytes: Array("HTTP/1.1 204 X\r\n\r\n".utf8))
          : .http(206, PageBody.page(for: head, of: 3))
      }
      let run = try await ProgramRun(["list", "--url", server.url], environment: ["APIKEYS_TOKEN": "token-for-a-test"])
      #expect(run.status == 65 && run.output.isEmpty && !run.errors.contains("key 1"), "\(run.errors)")
      await server.close()
    }
  }
}
