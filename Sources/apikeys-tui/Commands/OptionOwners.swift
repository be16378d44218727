import ArgumentParser

/// Which commands an option belongs to, as the commands themselves declare it.
///
/// The parser rejects an option that a command does not declare as unknown; this finds the commands that do declare it.
struct OptionOwners {
  /// A command and the names of its options, without hyphens, each with whether a value follows.
  private struct Command {
    let name: String
    let options: [String: Bool]

    init(_ type: any ParsableCommand.Type) {
      name = type._commandName
      options = Dictionary(OptionOwners.options(of: type)) { first, _ in first }
    }
  }

  private let commands: [Command]
  private let fallback: String

  init(of program: any ParsableCommand.Type) {
    commands = program.configuration.subcommands.map { Command($0) }
    fallback = program.configuration.defaultSubcommand?._commandName ?? ""
  }

  /// The error for the first option that only other commands have; nil if there is none.
  ///
  /// `words` is a command line that could not be parsed, without the program's name.
  func refusal(of words: [String]) -> String? {
    let named = words.first.flatMap { word in commands.first { $0.name == word } }
    // A word that is no command can be a mistyped one; the parser reports it.
    guard named != nil || words.first?.hasPrefix("-") == true else { return nil }
    guard let command = named ?? commands.first(where: { $0.name == fallback }) else { return nil }
    var rest = words.dropFirst(named == nil ? 0 : 1)[...]
    while let word = rest.popFirst(), word != "--" {
      guard word.hasPrefix("--") else { continue }
      let name = String(word.dropFirst(2).prefix { $0 != "=" })
      if let hasValue = command.options[name] {
        if hasValue, !word.contains("=") { _ = rest.popFirst() }
        continue
      }
      let owners = commands.filter { $0.options[name] != nil }.map(\.name)
      if !owners.isEmpty { return sentence(name, owners: owners, command: command.name) }
    }
    return nil
  }

  private func sentence(_ option: String, owners: [String], command: String) -> String {
    let names = owners.map { $0 == fallback ? "the dashboard (apikeys-tui without a command)" : $0 }
    let list = names.count == 1 ? names[0] : "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")"
    let user = command == fallback ? "the dashboard" : command
    return "--\(option) belongs to \(list); \(user) does not use it. "
      + nextStep(option, owner: owners[0], command: command)
  }

  private func nextStep(_ option: String, owner: String, command: String) -> String {
    if command == fallback { return "Put the command first: apikeys-tui \(owner) --\(option)." }
    // The output format that corresponds to it.
    if command == "list", option == "plain" { return "For lines of text, use --format plain." }
    return "Remove it; apikeys-tui \(command) --help shows the options of \(command)."
  }

  /// The options that a command or a group declares, those of its groups included.
  private static func options(of type: any ParsableArguments.Type) -> [(String, Bool)] {
    Mirror(reflecting: type.init()).children.flatMap { child -> [(String, Bool)] in
      if let group = child.value as? any DeclaredGroup { return options(of: group.contents) }
      guard let option = child.value as? any DeclaredOption, let label = child.label else { return [] }
      return [(kebab(label.drop { $0 == "_" }), option.hasValue)]
    }
  }

  /// `caFile` as `ca-file`, `allowHTTP` as `allow-http`.
  private static func kebab(_ name: Substring) -> String {
    var result = ""
    for character in name {
      if character.isUppercase, result.last?.isLowercase == true { result.append("-") }
      result.append(character)
    }
    return result.lowercased()
  }
}

/// What the library's property wrappers declare.
private protocol DeclaredOption {
  var hasValue: Bool { get }
}

extension Option: DeclaredOption {
  fileprivate var hasValue: Bool { true }
}

extension Flag: DeclaredOption {
  fileprivate var hasValue: Bool { false }
}

private protocol DeclaredGroup {
  var contents: any ParsableArguments.Type { get }
}

extension OptionGroup: DeclaredGroup {
  fileprivate var contents: any ParsableArguments.Type { Value.self }
}
