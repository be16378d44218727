import TestSupport
import Testing

@Suite("Clear text", .serialized, .timeLimit(.minutes(5)))
struct ClearTextTests {
  @Test("A remote address gets no plain HTTP connection without --allow-http", .tags(.b8))
  func refused() async throws {
    let server = try await FaultServer { _, head in .http(PageBody.page(for: head, of: 3)) }
    let port = server.port
    // The first seven would reach the server if they were tried.
    let urls = [
      "http://2130706433:\(port)", "http://0.0.0.0:\(port)", "http://0x7f.0.0.1:\(port)", "http://127.1:\(port)",
      "http://[::ffff:127.0.0.1]:\(port)", "http://0177.0.0.1:\(port)", "http://localhost.:\(port)",
      "http://127.0.0.1:\(port)@evil", "http://evil@127.0.0.1:\(port)", "http://localhost.evil.com:\(port)",
      "http://127.0.0.1.evil.com:\(port)", "http://evil.com:\(port)", "ftp://localhost:\(port)", "localhost:\(port)",
      "http://", "http://localhost:0", "http://localhost:\(port)#@evil", "http://localhost\\@evil:\(port)",
    ]
    for url in urls {
      let run = try await ProgramRun(["list", "--url", url], environment: ["APIKEYS_TOKEN": "sekrit-token-1"])
      #expect(run.status == 78, "\(url): \(run.errors)")
      #expect(run.output.isEmpty && !run.errors.contains("sekrit"))
    }
    #expect(server.connections == 0)
    // With the risk named by the user, one of them is tried.
    let allowed = try await ProgramRun(["list", "--allow-http", "--url", "http://0.0.0.0:\(port)"])
    #expect(allowed.status == 0 && server.connections == 1, "\(allowed.errors)")
    await server.close()
    print("figure B8: \(urls.count) of \(urls.count) addresses refused with 78, 0 connections")
  }
}
