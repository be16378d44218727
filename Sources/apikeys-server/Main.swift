import ArgumentParser

/// A server of the API the dashboard reads, to try, show and test it without an account.
@main
struct ServerProgram: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apikeys-server",
    abstract: "A reference server of the API that apikeys-tui reads.",
    subcommands: [ServeCommand.self, SeedCommand.self, TokenCommand.self, DemoCommand.self])
}
