import Foundation

/// What a program reports about its own options: the part of ArgumentParser's `--experimental-dump-help` that we print.
struct ProgramHelp: Decodable {
  let command: Command

  init(dumpedJSON data: Data) throws {
    self = try JSONDecoder().decode(ProgramHelp.self, from: data)
  }

  /// A command or subcommand.
  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let defaultSubcommand: String?
    let subcommands: [Command]?
    let arguments: [Argument]?

    /// What a reader is shown: no `help` subcommand, nothing hidden.
    var shownSubcommands: [Command] {
      (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    }

    var shownArguments: [Argument] {
      (arguments ?? []).filter { $0.shouldDisplay != false }
    }
  }

  /// A flag, an option with a value, or a positional argument.
  struct Argument: Decodable {
    let kind: String
    let shouldDisplay: Bool?
    let isOptional: Bool?
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let abstract: String?
    let discussion: String?

    var isPositional: Bool { kind == "positional" }
  }

  /// One spelling of an option.
  struct Name: Decodable {
    let kind: String
    let name: String

    /// As typed: `-n` or `--name`.
    var typed: String { (kind == "long" ? "--" : "-") + name }
  }
}
