import ArgumentParser
import COutOfMemory
import CProcessSupport
import CTerminalSupport
import TerminalCore
import WorkerPool

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The process from its start to its end, and the one place where errors become text and an exit status.
///
/// Not an asynchronous start: the main thread stays its own, so that signals reach it, and the language's pool of
/// threads is not needed, which waits for ever where the system refuses it one.
@main
enum Program {
  static func main() {
    // The rest has no room where this fails.
    guard apikeys_stacks_prepare() == APIKEYS_LACK_NOTHING else { apikeys_end_for_lack(APIKEYS_LACK_STACK) }
    runToTheEnd()
  }

  /// From the hardening of the process to its end.
  private static func runToTheEnd() {
    apikeys_harden_process()
    // Before anything secret is in memory: the language's own crash report would print some of it.
    apikeys_crash_install()
    apikeys_set_out_of_memory { apikeys_end_for_lack(APIKEYS_LACK_MEMORY) }
    setlocale(LC_CTYPE, "")
    guard let arguments = startArguments() else {
      StandardError.say("The arguments cannot be read on this system, so nothing was done.")
      endProcess(ProgramStatus.internalError.rawValue)
    }
    // Before parsing, so that a complaint about the command line obeys it too.
    OutputCharset.choose(isASCII: arguments.contains("--ascii"), localeIsUTF8: localeIsUTF8())
    do {
      let command = try ApikeysTui.parsedCommand(arguments)
      if let session = command as? any SessionCommand { try prepare(session.connection) }
      if let asynchronous = command as? any AsyncParsableCommand {
        try run(asynchronous)
      } else {
        var command = command
        try command.run()
      }
    } catch let failure as CommandFailure {
      if !failure.isQuiet { StandardError.say(failure.sentences) }
      endProcess(failure.exitCode)
    } catch {
      // Help and version are data. A complaint quotes what was typed, which a script may have taken from a key.
      let status = ApikeysTui.exitCode(for: error)
      if status != .success, !(error is ExitCode) {
        StandardError.write(lines: ApikeysTui.fullMessage(for: error))
        endProcess(status.rawValue)
      }
      ApikeysTui.exit(withError: error)
    }
    endProcess(ProgramStatus.success.rawValue)
  }

  /// What the library puts before an error of the command line: the name of the program, as before every other error.
  static var _errorPrefix: String { "apikeys-tui: " }

  /// The words the process was started with, its name first.
  private static func startArguments() -> [String]? {
    var count: Int32 = 0
    guard let list = apikeys_start_arguments(&count) else { return nil }
    let words = (0..<Int(count)).compactMap { list[$0].map { String(cString: $0) } }
    // A program may be started without even its name.
    return words.isEmpty ? [ApikeysTui.configuration.commandName ?? ""] : words
  }

  /// Takes what a session needs of the system while a refusal can still be told, and gives up what it does not need.
  private static func prepare(_ connection: ConnectionOptions) throws(CommandFailure) {
    // First of all, because a process that has threads is not forked.
    if connection.tokenCommand != nil { try Helper.start() }
    let threads = Helper.threadsOfASession
    let lack = apikeys_resources_check(Helper.descriptorsOfASession, Int32(clamping: threads))
    guard lack == APIKEYS_LACK_NOTHING else { throw .lack(lack) }
    apikeys_refuse_new_privileges()
    WorkerPool.shared.start()
  }

  private static func run(_ command: sending any AsyncParsableCommand) throws {
    var command = command
    if let error: any Error = WorkerPool.shared.wait(for: {
      do {
        try await command.run()
        return nil
      } catch {
        return error
      }
    }) {
      throw error
    }
  }

  private static func localeIsUTF8() -> Bool {
    guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
    return String(cString: name).uppercased().filter { $0 != "-" } == "UTF8"
  }
}

/// Ends the process; inside of a command the library's own `exit` hides the system's.
func endProcess(_ status: Int32) -> Never { exit(status) }

/// A command that reads keys from somewhere.
protocol SessionCommand: ParsableCommand {
  var connection: ConnectionOptions { get }
}

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

/// Lines of words for the user, beside the data on standard output.
enum StandardError {
  /// Writes one line, sanitized, after the program's name.
  static func say(_ text: String) { say(DisplayText(text, charset: OutputCharset.standardError)) }
  static func say(_ text: DisplayText) { write(line: "apikeys-tui: " + text.string + "\n") }

  /// Writes text that has lines of its own, each made inert.
  static func write(lines text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      write(line: DisplayText(String(line), charset: OutputCharset.standardError).string + "\n")
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
