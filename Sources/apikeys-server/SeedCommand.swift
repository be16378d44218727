import APIKeyModel
import ArgumentParser
import Foundation
import ReferenceServer

/// `seed`: fills a database with realistic keys.
struct SeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed", abstract: "Fill a database with realistic keys, the same ones for the same seed.")

  @Option(help: "How many keys.")
  var count = 500
  @Option(help: "Which keys.")
  var seed: UInt64 = 1
  @Option(help: "When the newest key was created, such as 2025-12-30T12:00:00Z (default: a few hours ago).")
  var newest: String?
  @Option(help: "The SQLite file, created when missing.")
  var database: String

  func validate() throws {
    guard (0...10_000_000).contains(count) else { throw ValidationError("--count is a number from 0 to 10000000.") }
  }

  func run() throws {
    let newest =
      try newest.map { text in
        guard let date = CreatedDate(text) else {
          throw ValidationError("--newest is a date like 2025-12-30T12:00:00Z.")
        }
        return date.seconds
      } ?? KeySeed.recentMoment(seed: seed, now: Int64(Date().timeIntervalSince1970))
    let database = try KeyDatabase(path: database)
    let added = try database.seed(count: count, seed: seed, newest: newest)
    print("added \(added) keys, \(try database.keyCount()) in all")
  }
}
