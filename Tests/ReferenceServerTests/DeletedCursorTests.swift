import Foundation
import GRDB
import TestSupport
import Testing

@testable import ReferenceServer

@Suite("Cursors of deleted keys, and dates of seeds", .timeLimit(.minutes(5)))
struct DeletedCursorTests {
  @Test("A deleted cursor gets the response that the option chooses", .tags(.t28), arguments: DeletedCursor.allCases)
  func deleted(_ kind: DeletedCursor) async throws {
    try await onThread {
      let scratch = try ScratchDirectory()
      _ = try ServerProcess.run(["seed", "--count", "30", "--database", scratch.database])
      let token = try KeyDatabase(path: scratch.database).createToken(permissions: ["api_keys.view"]).text
      let option = kind == .notFound ? [] : ["--deleted-cursor", kind.rawValue]
      let server = try ServerProcess(["serve", "--port", "0", "--database", scratch.database] + option)
      let port = try server.listeningPort()
      let first = try PageJSON.get(port, "limit=10", token: token)
      let rest = try PageJSON.get(port, "limit=30&after=\(first.lastId ?? "")", token: token).data.map(\.id)
      let last = try #require(first.lastId)
      let database = try KeyDatabase(path: scratch.database)
      try database.writer.write { database in
        try database.execute(
          sql: "DELETE FROM api_key WHERE hex(id) = ?", arguments: [last.replacing("-", with: "").uppercased()])
      }
      let answer = try RawAnswer.get(port, "/v1/api_key/?limit=30&after=\(last)", authorization: "Bearer " + token)
      let text = answer.body
      switch kind {
      case .notFound, .badRequest, .gone, .unprocessable:
        #expect(answer.status == Int(kind.rawValue) && text.contains("after"), "\(text)")
      case .empty:
        #expect(answer.status == 200 && text.contains("\"data\":[]") && text.contains("\"has_more\":false"), "\(text)")
      case .skip:
        #expect(try PageJSON.get(port, "limit=30&after=\(last)", token: token).data.map(\.id) == rest)
        // One that was never served has no place.
        let stranger = try RawAnswer.get(
          port, "/v1/api_key/?after=00000000-0000-4000-8000-000000000000", authorization: "Bearer " + token)
        #expect(stranger.status == 404)
      }
    }
  }

  @Test("The newest key of a seed is a few hours old, and all dates move with it", .tags(.t28))
  func recent() throws {
    let now = Int64(Date().timeIntervalSince1970)
    for seed: UInt64 in 0..<200 {
      let moment = KeySeed.recentMoment(seed: seed, now: now)
      #expect((7_200...14_400).contains(now - moment), "\(seed)")
      #expect(moment == KeySeed.recentMoment(seed: seed, now: now - now % 3600))
    }
    func dates(_ newest: Int64?) throws -> [Int64] {
      let database = try KeyDatabase(path: ":memory:")
      _ = try database.seed(count: 200, seed: 3, newest: newest)
      // The same keys again are no new ones, whenever that is.
      #expect(try database.seed(count: 200, seed: 3, newest: newest.map { $0 + 999 }) == 0)
      return try database.writer.read { try Int64.fetchAll($0, sql: "SELECT created FROM api_key ORDER BY id") }
    }
    let (plain, moved) = (try dates(nil), try dates(now - 10_000))
    #expect(moved.max() == now - 10_000)
    #expect(Set(zip(plain, moved).map { $1 - $0 }).count == 1)
  }
}
