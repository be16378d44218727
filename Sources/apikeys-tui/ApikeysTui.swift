import ArgumentParser
import CTerminalSupport
import TerminalCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The program: its commands, and the one place where errors become text and an exit status.
@main
struct ApikeysTui: AsyncParsableCommand {
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

  /// Parses, runs, and ends the process.
  static func main() async {
    apikeys_harden_process()
    // Before anything secret is in memory: the language's own crash report would print some of it.
    apikeys_crash_install()
    setlocale(LC_CTYPE, "")
    // Before parsing, so that a complaint about the command line obeys it too.
    if CommandLine.arguments.contains("--ascii") || !localeIsUTF8() { DisplayCharset.current = .ascii }
    do {
      var command = try parsedCommand()
      if var asynchronous = command as? AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      if !failure.isQuiet { StandardError.say(failure.sentences) }
      exit(withError: ExitCode(failure.exitCode))
    } catch {
      // Help and version are data. A complaint quotes what was typed, which a script may have taken from a key.
      if exitCode(for: error) != .success, !(error is ExitCode) {
        StandardError.write(lines: fullMessage(for: error))
        exit(withError: exitCode(for: error))
      }
      exit(withError: error)
    }
  }

  /// The dashboard is started most, and alone its options are read in half the time. What it does not understand is
  /// for the whole program to answer: help, the version, a complaint.
  private static func parsedCommand() throws -> any ParsableCommand {
    let namesCommand = CommandLine.arguments.dropFirst().first.map { !$0.hasPrefix("-") } ?? false
    if !namesCommand, let browse = try? Browse.parse() { return browse }
    return try parseAsRoot()
  }

  private static func localeIsUTF8() -> Bool {
    guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
    return String(cString: name).uppercased().filter { $0 != "-" } == "UTF8"
  }
}

/// Lines of words for the user, beside the data on standard output.
enum StandardError {
  /// Writes one line, made inert, after the program's name.
  static func say(_ text: String) { write(line: "apikeys-tui: " + DisplayText(text).string + "\n") }

  /// Writes text that has lines of its own, each made inert.
  static func write(lines text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      write(line: DisplayText(String(line)).string + "\n")
    }
  }

  private static func write(line: String) {
    var line = line
    line.withUTF8 { bytes in
      // Nobody is left to tell when standard error fails.
      _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}

/// The version of the program.
enum ToolVersion {
  static let current = "0.1.0"
}
