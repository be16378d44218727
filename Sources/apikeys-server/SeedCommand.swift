import ArgumentParser
import ReferenceServer

/// `seed`: fills a database with realistic keys.
struct SeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed", abstract: "Fill a database with realistic keys, the same ones for the same seed.")

  @Option(help: "How many keys.")
  var count = 500
  @Option(help: "Which keys.")
  var seed: UInt64 = 1
  @Option(help: "The SQLite file, created when missing.")
  var database: String

  func validate() throws {
    guard (0...10_000_000).contains(count) else { throw ValidationError("--count is a number from 0 to 10000000.") }
  }

  func run() throws {
    let database = try KeyDatabase(path: database)
    let added = try database.seed(count: count, seed: seed)
    print("added \(added) keys, \(try database.keyCount()) in all")
  }
}
