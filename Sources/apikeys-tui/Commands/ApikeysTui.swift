import ArgumentParser

/// The program's commands.
struct ApikeysTui: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apikeys-tui",
    abstract: "Browse and search the API keys of an account in the terminal.",
    discussion: """
      With a screen reader or a braille display, use --plain: it writes lines of text and draws nothing.

      Reads the list of keys (GET /v1/api_key/) with a bearer token from APIKEYS_TOKEN, --token-file or \
      --token-command, and never changes anything on the server.
      """,
    version: ToolVersion.current,
    subcommands: [Browse.self, List.self, Show.self, Permissions.self, Doctor.self],
    defaultSubcommand: Browse.self)

  /// What starts an error of the parser, as it starts every other error.
  static var _errorPrefix: String { "apikeys-tui: " }

  /// Parses the dashboard's options first: it is started most often, and parsing them alone takes half the time. Everything
  /// else (other commands, help, the version, mistakes) is parsed by the whole program.
  static func parsedCommand(_ arguments: [String]) throws -> any ParsableCommand {
    let words = Array(arguments.dropFirst())
    let namesCommand = words.first.map { !$0.hasPrefix("-") } ?? false
    // The second parser reports what is wrong.
    if !namesCommand, let browse = try? Browse.parse(words) { return browse }
    do {
      let command = try parseAsRoot(words)
      // A request for help is parsed as a command of the library.
      guard !(command is any SessionCommand), asksForProgram(words, namesCommand: namesCommand) else { return command }
      throw CleanExit.message(ProgramHelp.helpMessage())
    } catch {
      let isMistake = exitCode(for: error) != .success
      if isMistake, let refusal = OptionOwners(of: self).refusal(of: words) { throw CommandFailure.usage(refusal) }
      throw error
    }
  }

  /// Whether a command line that runs no command requests the help of the program.
  private static func asksForProgram(_ words: [String], namesCommand: Bool) -> Bool {
    words == ["help"] || !namesCommand && words.contains { $0 == "--help" || $0 == "-h" }
  }
}

/// The help of the program: its commands, and the options of the dashboard, which needs no command.
private struct ProgramHelp: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ApikeysTui.configuration.commandName,
    abstract: ApikeysTui.configuration.abstract,
    usage: """
      apikeys-tui [<options>]
      apikeys-tui <subcommand> [<options>]
      """,
    discussion: ApikeysTui.configuration.discussion,
    version: ApikeysTui.configuration.version,
    subcommands: ApikeysTui.configuration.subcommands,
    defaultSubcommand: ApikeysTui.configuration.defaultSubcommand)

  @OptionGroup var dashboard: Browse
}
