import Foundation
import HouseRules

/// The command line:
///
///     house-check [--report] [--root FOLDER]     the figures; exit 1 where one passes its limit, but with --report
///     house-check promises [--check]             write docs/promises.md, or fail where it is not up to date
///     house-check promises --results XUNIT-FILE --output FILE
///                                                the promises with the results of a run, and the figures it printed
@main
struct HouseCheck {
  static func main() {
    var arguments = Arguments(CommandLine.arguments.dropFirst())
    do {
      let root = URL(fileURLWithPath: arguments.value("--root") ?? ".")
      exit(arguments.flag("promises") ? try promises(&arguments, root) : try figures(&arguments, root))
    } catch {
      FileHandle.standardError.write(Data("house-check: \(error)\n".utf8))
      exit(70)
    }
  }

  private static func figures(_ arguments: inout Arguments, _ root: URL) throws -> Int32 {
    let isReport = arguments.flag("--report")
    try arguments.end()
    let outcomes = House.check(try Repository(root: root, package: try PackageDescription(root: root)))
    print(House.table(outcomes))
    print(House.details(outcomes, everything: isReport), terminator: "")
    return isReport || !outcomes.contains(where: \.isOverLimit) ? 0 : 1
  }

  private static func promises(_ arguments: inout Arguments, _ root: URL) throws -> Int32 {
    let isCheck = arguments.flag("--check")
    let results = arguments.value("--results")
    let output = arguments.value("--output")
    try arguments.end()
    func text(_ path: String) throws -> String {
      try String(contentsOf: URL(fileURLWithPath: path, relativeTo: root), encoding: .utf8)
    }
    let table = try PromiseTable(
      rows: PromiseRow.all(in: try text("Tests/promises.txt")), repository: try Repository(root: root, areas: ["Tests"])
    )
    if let results {
      let run = try TestResults(xUnit: Data(try text(results).utf8))
      let report = table.report(run, figures: TestResults.figures(in: try output.map(text) ?? ""))
      print(report.text, terminator: "")
      return report.passed ? 0 : 1
    }
    let path = "docs/promises.md"
    let document = table.document()
    let current = try? text(path)
    guard current != document else { return 0 }
    if isCheck {
      let old = Set((current ?? "").split(separator: "\n"))
      for line in document.split(separator: "\n") where !old.contains(line) { print("+ \(line)") }
      print("\(path) is not up to date: run `make docs` and commit the result.")
      return 1
    }
    try document.write(to: root.appendingPathComponent(path), atomically: true, encoding: .utf8)
    print("Wrote \(path)")
    return 0
  }
}

/// Words of the command line that are left.
struct Arguments {
  private var words: [String]

  init(_ words: some Sequence<String>) { self.words = Array(words) }

  mutating func flag(_ name: String) -> Bool {
    guard let index = words.firstIndex(of: name) else { return false }
    words.remove(at: index)
    return true
  }

  mutating func value(_ name: String) -> String? {
    guard let index = words.firstIndex(of: name), index + 1 < words.count else { return nil }
    defer { words.removeSubrange(index...index + 1) }
    return words[index + 1]
  }

  func end() throws {
    if let word = words.first { throw HouseError("\(word) is not understood") }
  }
}
