import APIKeyModel
import APIKeyWire
import Foundation
import GRDB
import KeyJSON
import TestSupport
import Testing

@testable import ReferenceServer

/// The server has a writer of its own (`PageBody`), so that the decoder is tested with JSON that its counterpart did not write.
@Suite("Served keys", .timeLimit(.minutes(5)))
struct ServedKeysTests {
  @Test("A served key has the members and values that KeyJSON writes of it, its name not sanitized")
  func agreesWithKeyJSON() async throws {
    try await onThread {
      let names = [
        "", "quote \" and \\", "line\nbreak\ttab\r", "bell\u{7}\u{8}\u{C}\u{1}", "right to left \u{202E}txt",
        "wide 日本 🔑", "\u{1B}[31mred",
      ]
      let scratch = try ScratchDirectory()
      let database = try KeyDatabase(path: scratch.database)
      _ = try database.seed(count: 200, seed: 5)
      try database.writer.write { database in
        let rowIDs = try Data.fetchAll(database, sql: "SELECT id FROM api_key ORDER BY id")
        for (id, name) in zip(rowIDs, names) {
          try database.execute(sql: "UPDATE api_key SET name = ? WHERE id = ?", arguments: [name, id])
        }
      }
      let token = try database.createToken(permissions: ["api_keys.view"]).text
      let server = try ServerProcess(["serve", "--port", "0", "--database", scratch.database])
      let answer = try RawAnswer.get(
        try server.listeningPort(), "/v1/api_key/?limit=200", authorization: "Bearer \(token)")
      var body = Array(answer.body.utf8)
      let served = try #require(JSONValue(parsing: body)?["data"]?.list)
      let keys = try #require(PageDecoder()).decode(&body).keys
      #expect(served.count == 200 && keys.count == 200)
      let texts = (0..<keys.count).map { KeyJSON.text(keys[$0]) }
      for (value, text) in zip(served, texts) { #expect(value == JSONValue(parsing: text.utf8)) }
      #expect(Set(names).isSubset(of: served.compactMap { $0["name"]?.text }))
      // A terminal would obey these: it is the client's business to sanitize them.
      #expect(answer.body.contains("\u{202E}") && !texts.contains { $0.contains("\u{202E}") })
      try server.closeInput()
    }
  }
}
