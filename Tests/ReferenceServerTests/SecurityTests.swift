import Foundation
import TestSupport
import Testing

@testable import ReferenceServer

@Suite("Security of the reference server", .timeLimit(.minutes(5)))
struct SecurityTests {
  @Test("Tokens are kept as digests only", .tags(.f1))
  func digests() async throws {
    try await onThread {
      let scratch = try ScratchDirectory()
      let token = try ServerProcess.run(["token", "create", "--database", scratch.database])
        .trimmingCharacters(in: .newlines)
      let server = try ServerProcess(["serve", "--port", "0", "--database", scratch.database])
      let port = try server.listeningPort()
      #expect(try RawAnswer.get(port, "/v1/api_key/", authorization: "Bearer " + token).status == 200)
      #expect(try RawAnswer.get(port, "/v1/api_key/?token=\(token)&limit=x", authorization: "Bearer x").status == 401)
      // A second token, written while the first's pages are still in the log.
      _ = try ServerProcess.run(["token", "create", "--database", scratch.database])
      var hits = 0
      var digests = 0
      for name in try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) {
        let bytes = try Data(contentsOf: scratch.url.appendingPathComponent(name))
        if bytes.range(of: Data(token.utf8)) != nil { hits += 1 }
        if bytes.range(of: BearerToken.digest(of: token)) != nil { digests += 1 }
      }
      #expect(hits == 0)
      #expect(digests > 0, "the search itself must be able to find something")
      server.send(signal: SIGTERM)
      #expect(!(server.restOfOutput() + server.restOfErrors()).contains(token))
      #expect(try !ServerProcess.run(["token", "list", "--database", scratch.database]).contains(token))
      #expect(Set((0..<1000).map { _ in BearerToken.random().text }).count == 1000)
      #expect(token.utf8.count == 4 + 43)
      print("figure F1: 0 clear-text hits in database, write-ahead log and output; 256 random bits a token")
    }
  }

  @Test("Missing, malformed and unknown tokens get the same response, byte for byte", .tags(.f2))
  func sameRefusal() async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 3)
      let fields: [String?] = [
        nil, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer wrong", "Bearer \(token)x", "Bearer \(token.dropLast())",
        token, "Bearer \(String(repeating: "a", count: 5000))", "Bearer ' OR 1=1 --",
      ]
      for target in ["/v1/api_key/", "/v1/api_key/?limit=x"] {
        for field in fields {
          let answer = try RawAnswer.get(port, target, authorization: field)
          #expect(answer.status == 401)
          #expect(answer.body == #"{"detail":"Not authenticated"}"#)
          #expect(answer.headers["www-authenticate"] == "Bearer")
        }
      }
      #expect(try RawAnswer.get(port, "/v1/api_key/", authorization: "bearer " + token).status == 200)
      print("figure F2: \(fields.count) kinds of token, 2 requests each: one answer")
      try server.closeInput()
    }
  }

  @Test("A token without api_keys.view may not list keys, and a revoked one gets 401")
  func permission() async throws {
    try await onThread {
      let scratch = try ScratchDirectory()
      let limited = try ServerProcess.run([
        "token", "create", "--permissions", "calls.view,api_keys.create", "--database", scratch.database,
      ]).trimmingCharacters(in: .newlines)
      let server = try ServerProcess(["serve", "--port", "0", "--database", scratch.database])
      let port = try server.listeningPort()
      let answer = try RawAnswer.get(port, "/v1/api_key/?limit=x", authorization: "Bearer " + limited)
      #expect(answer.status == 403)
      #expect(answer.body.contains("api_keys.view"))
      let list = try ServerProcess.run(["token", "list", "--database", scratch.database])
      let id = try #require(list.split(separator: "\t").first.map(String.init))
      _ = try ServerProcess.run(["token", "revoke", id, "--database", scratch.database])
      #expect(try RawAnswer.get(port, "/v1/api_key/", authorization: "Bearer " + limited).status == 401)
    }
  }

  @Test("SQL uses bound arguments only, and errors reveal nothing", .tags(.f7))
  func injection() async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 20)
      let seeds = [
        "' OR '1'='1", "1; DROP TABLE api_key", "\" OR \"\"=\"", "') UNION SELECT digest FROM token --", "1/**/OR/**/1",
        "%00", "\\", "1e309", "x'41'", "0x10", "NULL", "-1 OR 1=1", "; PRAGMA writable_schema=1", "🗝", "%25%27",
        "${7*7}", "{{7*7}}", "../../etc/passwd", "a\u{301}", "'; ATTACH DATABASE 'x' AS y; --",
      ]
      var asked = 0
      for seed in seeds {
        let encoded = seed.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        for target in [
          "limit=\(encoded)", "order=\(encoded)", "after=\(encoded)", "before=\(encoded)", "\(encoded)=1",
          "limit=1&limit=\(encoded)", "order=asc\(encoded)", "after=07ec6e12-8c6f-4b01-b00b-e5793b6c282a\(encoded)",
        ] {
          let answer = try RawAnswer.get(port, "/v1/api_key/?" + target, authorization: "Bearer " + token)
          #expect(answer.status < 500)
          #expect(!answer.body.contains("SQLite error") && !answer.body.contains("syntax error"))
          asked += 1
        }
        #expect(try RawAnswer.get(port, "/v1/api_key/" + encoded).status < 500)
        let refused = try RawAnswer.get(port, "/v1/api_key/", authorization: "Bearer " + encoded)
        #expect(refused.status == 401)
        asked += 2
      }
      #expect(asked >= 200)
      print("figure F7: \(asked) payloads, 0 answers of 5xx")
      #expect(try PageJSON.get(port, "limit=1000", token: token).data.count == 20)
      try server.closeInput()
    }
  }
}
