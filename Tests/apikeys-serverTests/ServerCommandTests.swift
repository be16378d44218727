import Foundation
import GRDB
import TestSupport
import Testing

@testable import ReferenceServer

@Suite("Commands of the reference server", .serialized, .timeLimit(.minutes(5)))
struct ServerCommandTests {
  @Test("Several processes may open a new database at the same time")
  func opened() async throws {
    try await onThread {
      for _ in 0..<15 {
        let scratch = try ScratchDirectory()
        let creating = try (0..<4).map { _ in
          try ServerProcess(["token", "create", "--database", scratch.database])
        }
        for process in creating {
          #expect(!process.restOfOutput().isEmpty, "\(process.restOfErrors())")
          #expect(process.exitStatus(within: 30) == 0)
        }
      }
    }
  }

  @Test("demo prints one line and exits when its standard input closes")
  func demo() async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 500)
      #expect(try PageJSON.get(port, "limit=1000", token: token).data.count == 500)
      try server.closeInput()
      #expect(server.exitStatus(within: 10) == 0)
      #expect(server.restOfOutput().isEmpty)
      #expect(server.restOfErrors().isEmpty)
    }
  }

  @Test("demo and seed create recent keys, or keys up to the date of --newest", .tags(.t28))
  func commands() async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 40)
      let newest = try #require(
        RawAnswer.get(port, "/v1/api_key/?limit=1", authorization: "Bearer " + token).body
          .firstMatch(of: /"created_date":"([^"]+)"/)?.1)
      let age = Date().timeIntervalSince(try Date(String(newest), strategy: .iso8601))
      #expect((7_000...15_000).contains(age), "\(newest)")
      try server.closeInput()
      let scratch = try ScratchDirectory()
      _ = try ServerProcess.run(
        ["seed", "--count", "40", "--newest", "2025-12-30T12:00:00Z", "--database", scratch.database])
      let latest = try KeyDatabase(path: scratch.database).writer.read {
        try Int64.fetchOne($0, sql: "SELECT max(created) FROM api_key")
      }
      #expect(latest == 1_767_096_000)
      #expect(
        try ServerProcess(["seed", "--newest", "soon", "--database", scratch.database]).exitStatus(within: 20) == 64)
      print("figure T28: 6 answers to a deleted cursor; the newest key is \(Int(age / 60)) minutes old")
    }
  }
}
