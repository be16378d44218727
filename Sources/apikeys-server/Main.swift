import APIKeyModel
import ArgumentParser
import CProcessSupport
import Foundation

/// The process: its arguments come from its start, so that they count where there is no /proc too.
@main
enum Program {
  static func main() async {
    var count: Int32 = 0
    guard let list = apikeys_start_arguments(&count) else {
      FileHandle.standardError.write(
        Data("apikeys-server: The arguments cannot be read on this system, so nothing was done.\n".utf8))
      exit(ProgramStatus.internalError.rawValue)
    }
    let words = (0..<Int(count)).compactMap { list[$0].map { String(cString: $0) } }
    await ServerProgram.main(Array(words.dropFirst()))
  }
}

/// A server of the API the dashboard reads, to try, show and test it without an account.
struct ServerProgram: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apikeys-server",
    abstract: "A reference server of the API that apikeys-tui reads.",
    subcommands: [ServeCommand.self, SeedCommand.self, TokenCommand.self, DemoCommand.self])
}
