import APIKeyModel
import ArgumentParser
import COutOfMemory
import CProcessSupport
import CTerminalSupport
import Glibc
import SystemIO
import WorkerPool

/// The process from its start to its end, and the one place where errors become text and an exit status.
///
/// Not an asynchronous start: the main thread stays its own, so that signals reach it, and the language's pool of
/// threads is not needed, which waits for ever where the system refuses it one.
@main
enum Program {
  static func main() {
    // Without this stack nothing else can run.
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
      StandardError.show("The arguments cannot be read on this system, so nothing was done.")
      endProcess(.internalError)
    }
    // Before parsing, so that errors in the command line obey it too.
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
      if !failure.isQuiet { StandardError.show(failure.sentences) }
      endProcess(failure.exitStatus)
    } catch {
      // Help and version are data. An error quotes the command line, which a script may have taken from a key.
      let status = ApikeysTui.exitCode(for: error)
      if status != .success, !(error is ExitCode) {
        StandardError.write(lines: ApikeysTui.fullMessage(for: error))
        endProcess(status.rawValue)
      }
      ApikeysTui.exit(withError: error)
    }
    endProcess(.success)
  }

  /// The arguments the process was started with, its name first.
  private static func startArguments() -> [String]? {
    var count: Int32 = 0
    guard let list = apikeys_start_arguments(&count) else { return nil }
    let words = (0..<Int(count)).compactMap { list[$0].map { String(cString: $0) } }
    // A process can be started without even its name.
    return words.isEmpty ? [ApikeysTui.configuration.commandName ?? ""] : words
  }

  /// Acquires what a session needs from the system while a failure can still be reported, and drops what it does not need.
  private static func prepare(_ connection: ConnectionOptions) throws(CommandFailure) {
    // First of all, because a process that has threads is not forked.
    if connection.token.tokenCommand != nil { try Helper.start() }
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
