import Foundation
import TestSupport
import Testing

@Suite("Every option with every command: used, or refused with the command it belongs to")
struct OptionMatrixTests {
  /// Never sent to a server so far, and documented so.
  private static let reserved = "before-param"

  @Test("an option that a command would not use is refused in one sentence", .timeLimit(.minutes(10)))
  func refused() async throws {
    let lists = try await OptionLists.read()
    #expect(lists.commands.map(\.commandName) == ["browse", "list", "show", "permissions", "doctor"])
    var pairs = 0
    var wrong = 0
    for command in lists.commands {
      for option in lists.options where !command.optionNames.contains(option.name) {
        let owners = lists.commands.filter { $0.optionNames.contains(option.name) }.map(\.commandName)
        let start = command.commandName == "browse" ? [] : [command.commandName]
        let run = try await ProgramRun(start + ["--\(option.name)"] + (option.hasValue ? ["1"] : []) + ["--ascii"])
        pairs += 1
        let sentence =
          "apikeys-tui: --\(option.name) belongs to \(places(owners)); \(user(command.commandName)) does not use it. "
        let nextStep = run.errors.dropFirst(sentence.count)
        let isRight =
          run.status == 64 && run.output.isEmpty && run.errors.hasPrefix(sentence) && nextStep.hasSuffix(".\n")
          && nextStep.count > 10 && run.errors.filter { $0 == "\n" }.count == 1
        if !isRight { wrong += 1 }
        #expect(isRight, "\(command.commandName) --\(option.name): \(run.status) \(run.errors)")
      }
    }
    print(
      "figure options: \(pairs) pairs of an option and a command that does not use it, \(wrong) not refused as such")
    #expect(pairs > 60)
  }

  @Test("an option that a command takes changes what the command does", .timeLimit(.minutes(10)))
  func used() async throws {
    let lists = try await OptionLists.read()
    let bench = try OptionBench()
    var known: [[String: OptionProbe]: String] = [:]
    var pairs = 0
    var wrong = 0
    for command in lists.commands {
      for option in lists.options where command.optionNames.contains(option.name) && option.name != Self.reserved {
        let probe = try #require(OptionProbe.all[option.name], "no probe shows what --\(option.name) changes")
        let key = [command.commandName: probe.withoutValue]
        var before = known[key]
        if before == nil {
          before = try await bench.outcome(of: command.commandName, probe, with: [])
          let again = try await bench.outcome(of: command.commandName, probe, with: [])
          #expect(before == again, "\(command.commandName) --\(option.name): the probe itself is not steady")
          known[key] = before
        }
        let after = try await bench.outcome(
          of: command.commandName, probe, with: ["--\(option.name)"] + (option.hasValue ? [probe.value] : []))
        pairs += 1
        let isRight = before != after && !after.contains("does not use it")
        if !isRight { wrong += 1 }
        #expect(before != after, "\(command.commandName) --\(option.name) changes nothing: \(after)")
        #expect(!after.contains("does not use it"))
      }
    }
    print("figure options: \(pairs) pairs of an option and a command that takes it, \(wrong) without an effect")
    #expect(pairs > 100)
  }

  @Test("the help of the program has the dashboard's options, that of a command its own")
  func help() async throws {
    let lists = try await OptionLists.read()
    for command in lists.commands {
      let name = command.commandName
      for arguments in name == "browse"
        ? [["--help"], ["help"], ["--plain", "-h"], ["browse", "-h"]] : [[name, "-h"]]
      {
        let run = try await ProgramRun(arguments)
        #expect(run.status == 0 && run.errors.isEmpty)
        let named = run.output.split(separator: "\n").filter { $0.hasPrefix("  --") }
          .map { $0.dropFirst(4).prefix { $0 != " " } }.filter { $0 != "version" }
        #expect(Set(named.map(String.init)) == Set(command.optionNames), "\(arguments)")
      }
    }
  }

  @Test("what is no option of any command stays the parser's to tell")
  func unknown() async throws {
    for (arguments, part) in [
      (["doctor", "--nonsense"], "Unknown option '--nonsense'"),
      (["lst", "--format", "csv"], "Unknown option '--format'"),
      (["list", "--url", "--theme"], "Missing value for '--url <url>'"),
      (["list", "--page-size", "0", "--filter", "--theme"], "--page-size must be a number"),
      (["list", "--from", "/dev/null", "--", "--theme"], "Unexpected argument '--theme'"),
    ] {
      let run = try await ProgramRun(arguments)
      #expect(run.status == 64 && run.errors.contains(part), "\(arguments): \(run.errors)")
    }
    let other = try await ProgramRun(["list", "--plain"])
    #expect(other.errors.hasSuffix("For lines of text, use --format plain.\n"))
    let early = try await ProgramRun(["--from", "/dev/null", "--columns=id", "list"])
    #expect(early.errors.hasSuffix("Put the command first: apikeys-tui list --columns.\n"))
  }

  private func places(_ owners: [String]) -> String {
    let names = owners.map { $0 == "browse" ? "the dashboard (apikeys-tui without a command)" : $0 }
    return names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }

  private func user(_ command: String) -> String { command == "browse" ? "the dashboard" : command }
}
