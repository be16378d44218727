import APIKeyModel
import DashboardCore
import Foundation

/// Writes one generated document to standard output.
///
/// `keymap` needs nothing; `errors EXIT-CODES-FILE` reads the exit codes where the program defines them; `man PROGRAM [EXIT-CODES-FILE]` reads the program's `--experimental-dump-help` JSON from
/// standard input. Exits 64 on wrong usage and 65 on input that is not understood.
@main
enum Main {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    do {
      switch (arguments.first, arguments.count) {
      case ("keymap", 1):
        print(KeymapDocument.text(CommandCatalog.entries), terminator: "")
      case ("errors", 2):
        let source = try String(contentsOfFile: arguments[arguments.startIndex + 1], encoding: .utf8)
        print(ErrorsDocument.text(exitCodes: try ExitCodeTable.rows(inSource: source)), terminator: "")
      case ("man", 2...3):
        let help = try ProgramHelp(dumpedJSON: FileHandle.standardInput.readDataToEndOfFile())
        let exitCodes = try arguments.dropFirst(2).first.map { path in
          try ExitCodeTable.rows(inSource: String(contentsOfFile: path, encoding: .utf8))
        }
        let page = ManualPage(
          program: arguments[arguments.startIndex + 1], help: help, exitCodes: exitCodes ?? [])
        print(page.text, terminator: "")
      default:
        printError(
          "usage: apikeys-docgen keymap | errors EXIT-CODES-FILE | man PROGRAM [EXIT-CODES-FILE] < dumped-help.json")
        exit(ProgramStatus.usage.rawValue)
      }
    } catch {
      printError("apikeys-docgen: \(error)")
      exit(ProgramStatus.badData.rawValue)
    }
  }

  private static func printError(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
