import Foundation
import Testing

/// The commands and their options, as the program itself lists them.
struct OptionLists: Decodable {
  /// A command of the program.
  struct Command: Decodable {
    let commandName: String
    let arguments: [Option]?

    /// Its own options: help and version, which the parser adds everywhere, left out.
    var options: [Option] {
      (arguments ?? []).filter { $0.kind != "positional" && !["help", "version"].contains($0.name) }
    }
    var optionNames: [String] { options.map(\.name) }
  }

  /// A flag, or an option with a value.
  struct Option: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let names: [Name]?

    var name: String { names?.first { $0.kind == "long" }?.name ?? "" }
    var hasValue: Bool { kind == "option" }
  }

  private struct Program: Decodable {
    let subcommands: [Command]
  }

  private let command: Program

  var commands: [Command] { command.subcommands.filter { $0.commandName != "help" } }

  /// Every option of the program once, in the order of the commands.
  var options: [Option] {
    commands.flatMap(\.options).reduce(into: []) { found, option in
      if !found.contains(where: { $0.name == option.name }) { found.append(option) }
    }
  }

  static func read() async throws -> OptionLists {
    let run = try await ProgramRun(["--experimental-dump-help"])
    return try JSONDecoder().decode(OptionLists.self, from: Data(run.output.utf8))
  }
}
