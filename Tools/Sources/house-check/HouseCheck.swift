import Foundation
import HouseRules

/// The command line: `house-check [--report] [--root FOLDER]`.
@main
struct HouseCheck {
  static func main() {
    var arguments = Arguments(CommandLine.arguments.dropFirst())
    do {
      exit(try run(&arguments))
    } catch {
      FileHandle.standardError.write(Data("house-check: \(error)\n".utf8))
      exit(70)
    }
  }

  private static func run(_ arguments: inout Arguments) throws -> Int32 {
    let root = URL(fileURLWithPath: arguments.value("--root") ?? ".")
    let isReport = arguments.flag("--report")
    try arguments.end()
    let repository = try Repository(root: root)
    let outcomes = House.check(repository)
    print(House.table(outcomes))
    print(House.details(outcomes, everything: isReport), terminator: "")
    return isReport || !outcomes.contains(where: \.isOverLimit) ? 0 : 1
  }
}

/// Words of the command line that are left.
struct Arguments {
  private var words: [String]

  init(_ words: some Sequence<String>) { self.words = Array(words) }

  mutating func flag(_ name: String) -> Bool {
    guard let place = words.firstIndex(of: name) else { return false }
    words.remove(at: place)
    return true
  }

  mutating func value(_ name: String) -> String? {
    guard let place = words.firstIndex(of: name), place + 1 < words.count else { return nil }
    defer { words.removeSubrange(place...place + 1) }
    return words[place + 1]
  }

  func end() throws {
    if let word = words.first { throw HouseError("\(word) is not understood") }
  }
}
