import ArgumentParser
import Foundation

@testable import apikeys_tui

/// One of the program's commands, run to its end in this process: its exit status and what it wrote.
struct CommandRun {
  let status: Int32
  let output: String
  let errors: String

  init(_ arguments: [String], in folder: URL) async throws {
    let outputFile = folder.appendingPathComponent("output")
    let errorFile = folder.appendingPathComponent("errors")
    let kept = [dup(STDOUT_FILENO), dup(STDERR_FILENO)]
    fflush(nil)
    for (descriptor, file) in [(STDOUT_FILENO, outputFile), (STDERR_FILENO, errorFile)] {
      let opened = open(file.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      dup2(opened, descriptor)
      close(opened)
    }
    status = await CommandRun.run(arguments)
    fflush(nil)
    for (saved, descriptor) in zip(kept, [STDOUT_FILENO, STDERR_FILENO]) {
      dup2(saved, descriptor)
      close(saved)
    }
    output = try String(contentsOf: outputFile, encoding: .utf8)
    errors = try String(contentsOf: errorFile, encoding: .utf8)
  }

  /// What `Program` does with a command, without ending the process.
  private static func run(_ arguments: [String]) async -> Int32 {
    do {
      var command = try ApikeysTui.parsedCommand(["apikeys-tui"] + arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      if !failure.isQuiet { StandardError.show(failure.sentences) }
      return failure.exitStatus.rawValue
    } catch {
      StandardError.write(lines: ApikeysTui.fullMessage(for: error))
      return ApikeysTui.exitCode(for: error).rawValue
    }
    return 0
  }
}
