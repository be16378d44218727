import ArgumentParser

/// Where the token comes from, besides APIKEYS_TOKEN.
struct TokenOptions: ParsableArguments {
  @Option(help: "Read the token from a file that only you can read; - is standard input.")
  var tokenFile: String?
  @Option(help: "Run a program that prints the token.")
  var tokenCommand: String?
  @Option(
    help: "Time limit for --token-command, in seconds (default: 10; none when it can prompt at the terminal).")
  var tokenCommandTimeout: Int?

  func validate() throws {
    if let tokenCommandTimeout, !(1...3600).contains(tokenCommandTimeout) {
      throw ValidationError("--token-command-timeout must be a number of seconds from 1 to 3600.")
    }
    if tokenFile != nil, tokenCommand != nil { throw ValidationError("Give one of --token-file and --token-command.") }
  }
}
