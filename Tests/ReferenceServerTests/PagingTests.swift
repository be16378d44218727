import Foundation
import GRDB
import TestSupport
import Testing

@testable import ReferenceServer

@Suite("Paging", .timeLimit(.minutes(5)))
struct PagingTests {
  /// Walks one way and back.
  private static func walk(_ port: Int, _ token: String, order: String, limit: Int) throws -> ([String], [String]) {
    var there: [String] = []
    var cursor = ""
    while true {
      let page = try PageJSON.get(port, "limit=\(limit)&order=\(order)" + cursor, token: token)
      there += page.data.map(\.id)
      #expect(page.firstId == page.data.first?.id && page.lastId == page.data.last?.id)
      guard page.hasMore, let last = page.lastId else { break }
      cursor = "&after=\(last)"
    }
    var back: [String] = []
    cursor = "&before=\(there.last ?? "")"
    while true {
      let page = try PageJSON.get(port, "limit=\(limit)&order=\(order)" + cursor, token: token)
      back = page.data.map(\.id) + back
      guard page.hasMore, let first = page.firstId else { break }
      cursor = "&before=\(first)"
    }
    return (there, back)
  }

  @Test("Both orders, both ways, give every key once", arguments: ["asc", "desc"])
  func bothWays(order: String) async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 500)
      let (there, back) = try PagingTests.walk(port, token, order: order, limit: 37)
      #expect(there.count == 500 && Set(there).count == 500)
      #expect(back == Array(there.dropLast()))
      try server.closeInput()
      #expect(server.exitStatus(within: 10) == 0)
    }
  }

  @Test("Keys of the same second are neither lost nor repeated")
  func ties() async throws {
    try await onThread {
      let scratch = try ScratchDirectory()
      let database = try KeyDatabase(path: scratch.database)
      _ = try database.seed(count: 300, seed: 5)
      try database.writer.write { try $0.execute(sql: "UPDATE api_key SET created = 1700000000") }
      let token = try database.createToken(permissions: ["api_keys.view"]).text
      let server = try ServerProcess(["serve", "--port", "0", "--database", scratch.database])
      let port = try server.listeningPort()
      let (down, downBack) = try PagingTests.walk(port, token, order: "desc", limit: 7)
      let (upwards, _) = try PagingTests.walk(port, token, order: "asc", limit: 50)
      #expect(Set(down).count == 300 && down.count == 300)
      #expect(upwards == down.reversed())
      #expect(downBack == Array(down.dropLast()))
    }
  }

  @Test("Totals and page appear only with --with-totals")
  func totals() async throws {
    try await onThread {
      let scratch = try ScratchDirectory()
      let database = try KeyDatabase(path: scratch.database)
      _ = try database.seed(count: 95, seed: 5)
      let token = try database.createToken(permissions: ["api_keys.view"]).text
      let plain = try ServerProcess(["serve", "--port", "0", "--database", scratch.database])
      let counted = try ServerProcess(["serve", "--port", "0", "--with-totals", "--database", scratch.database])
      let plainPort = try plain.listeningPort()
      let countedPort = try counted.listeningPort()
      let first = try PageJSON.get(plainPort, "limit=10&page=zero&cursor=x", token: token)
      #expect(first.totalPages == nil && first.currentPage == nil && first.data.count == 10)
      let third = try PageJSON.get(countedPort, "limit=10&page=3", token: token)
      #expect(third.totalPages == 10 && third.currentPage == 3)
      let second = try PageJSON.get(countedPort, "limit=10&page=2", token: token)
      let afterSecond = try PageJSON.get(countedPort, "limit=10&after=\(second.lastId ?? "")", token: token)
      #expect(third.data.map(\.id) == afterSecond.data.map(\.id))
      #expect(try PageJSON.get(countedPort, "limit=10&page=10", token: token).data.count == 5)
      #expect(try PageJSON.get(countedPort, "limit=10&page=9223372036854775807", token: token).data.isEmpty)
    }
  }

  @Test("Without the trailing slash the response is a redirect that keeps the query")
  func redirect() async throws {
    try await onThread {
      let (server, port, _) = try ServerProcess.demo(keys: 1)
      let answer = try RawAnswer.get(port, "/v1/api_key?limit=5&order=asc")
      #expect(answer.status == 307)
      #expect(answer.headers["location"] == "/v1/api_key/?limit=5&order=asc")
      #expect(try RawAnswer.get(port, "/v1/api_key/", method: "POST").status == 405)
      #expect(try RawAnswer.get(port, "/else").status == 404)
      try server.closeInput()
    }
  }
}
