import ArgumentParser
import Foundation
import ReferenceServer
import SystemIO

/// `demo`: keys in memory on a free port, for as long as a process holds the other end of standard input.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Serve keys from memory on a free port; print its address and a token as one line of JSON.",
    discussion: "Ends when standard input reaches its end, or with SIGTERM or SIGINT.")

  @Option(help: "How many keys.")
  var keys = 500
  @Option(help: "Which keys.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (0...10_000_000).contains(keys) else { throw ValidationError("--keys is a number from 0 to 10000000.") }
  }

  func run() async throws {
    // From the start: whoever wanted the demo may go away while it still fills.
    Thread.detachNewThread { DemoCommand.endWithStandardInput() }
    let database = try KeyDatabase(path: ":memory:")
    _ = try database.seed(
      count: keys, seed: seed,
      newest: KeySeed.recentMoment(seed: seed, now: Int64(Date().timeIntervalSince1970)))
    let token = try database.createToken(permissions: [KeyDatabase.listPermission])
    var options = KeyServer.Options()
    options.port = 0
    try await KeyServer(database: database, options: options).run { port in
      let line = "{\"url\":\"http://127.0.0.1:\(port)\",\"token\":\"\(token.text)\"}\n"
      FileHandle.standardOutput.write(Data(line.utf8))
    }
  }

  /// Waits for the end of standard input, then ends the process the way SIGTERM does.
  private static func endWithStandardInput() {
    defer { kill(getpid(), SIGTERM) }
    // A standard input that cannot be read is at its end too.
    do throws(SystemError) { while try Descriptor.standardInput.readByte() != nil {} } catch { return }
  }
}
