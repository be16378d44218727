import Foundation
import Testing

@testable import ReferenceServer

/// The root of the repository.
private let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite("Against FastAPI")
struct IndependentServerTests {
  private static let python = repository.appendingPathComponent(".venv/bin/python")

  @Test(
    "Refusals are FastAPI's, byte for byte",
    .enabled("scripts/prepare-independent-server has not run") {
      FileManager.default.isExecutableFile(atPath: python.path)
        && FileManager.default.fileExists(
          atPath: repository.appendingPathComponent(".venv/independent-server").path)
    })
  func sameRefusals() async throws {
    try await onThread {
      let independent = Process()
      let input = Pipe()
      let output = Pipe()
      independent.executableURL = IndependentServerTests.python
      independent.arguments = [repository.appendingPathComponent("Tests/Independent/server.py").path, "--keys", "3"]
      independent.standardInput = input
      independent.standardOutput = output
      try independent.run()
      // It holds nothing worth an orderly end.
      defer { kill(independent.processIdentifier, SIGKILL) }
      let line = try #require(LineReader(output.fileHandleForReading).next())
      let ready = try JSONDecoder().decode(DemoLine.self, from: Data(line.utf8))
      let port = try #require(URL(string: ready.url)?.port)
      let (server, ownPort, token) = try ServerProcess.demo(keys: 3)

      for query in [
        "limit=abc", "limit=0", "limit=1001", "limit=-5", "limit=", "limit=5.5", "limit=1&limit=x", "limit=%C3%A9",
        "order=ASC", "order=", "after=x", "after=", "after=abc", "before=abc-d", "before=%22%5C%0A",
        "after=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa", "after=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaag",
        "after=aaaaaaa-aaaaa-4aaa-8aaa-aaaaaaaaaaaa", "limit=0&order=x&after=y&before=z", "limit=a+b", "after=a%C3%A9",
      ] {
        let theirs = try RawAnswer.get(port, "/v1/api_key/?" + query, authorization: "Bearer " + ready.token)
        let ours = try RawAnswer.get(ownPort, "/v1/api_key/?" + query, authorization: "Bearer " + token)
        #expect(theirs.status == 422, "\(query)")
        #expect(ours.status == theirs.status, "\(query)")
        #expect(ours.body == theirs.body, "\(query)")
      }
      for query in ["limit=5.0", "limit=%2B5", "limit=05", "limit=+5+", "other=1"] {
        #expect(try RawAnswer.get(port, "/v1/api_key/?" + query, authorization: "Bearer " + ready.token).status == 200)
        #expect(try RawAnswer.get(ownPort, "/v1/api_key/?" + query, authorization: "Bearer " + token).status == 200)
      }
      let theirs = try RawAnswer.get(port, "/v1/api_key/")
      let ours = try RawAnswer.get(ownPort, "/v1/api_key/")
      #expect(theirs.status == ours.status && theirs.body == ours.body)
      try server.closeInput()
    }
  }
}
