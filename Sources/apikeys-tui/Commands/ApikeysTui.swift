import ArgumentParser

/// The program's commands.
struct ApikeysTui: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apikeys-tui",
    abstract: "See and search the API keys of an account in the terminal.",
    discussion: """
      With a screen reader or a braille display, start it with --plain: it talks in lines, and draws nothing.

      Reads the list of keys (GET /v1/api_key/) with a bearer token from APIKEYS_TOKEN, --token-file or \
      --token-command, and never changes anything on the server.
      """,
    version: ToolVersion.current,
    subcommands: [Browse.self, List.self, Show.self, Permissions.self, Doctor.self],
    defaultSubcommand: Browse.self)

  /// The dashboard is started most, and alone its options are read in half the time. What it does not understand is
  /// for the whole program to answer: help, the version, a complaint.
  static func parsedCommand(_ arguments: [String]) throws -> any ParsableCommand {
    let words = Array(arguments.dropFirst())
    let namesCommand = words.first.map { !$0.hasPrefix("-") } ?? false
    // What is wrong is said by the whole program's parser, which reads them again.
    if !namesCommand, let browse = try? Browse.parse(words) { return browse }
    return try parseAsRoot(words)
  }
}
