/// Targets of `Sources` without a test target of their name: `Tests/<Target>Tests`.
///
/// A target without a Swift file (C, or a system library) is exempt: it has no module that a Swift test could be named
/// for, and is tested through the one Swift target that wraps it.
package struct TargetsWithoutTests: Rule {
  package init() {}

  package func check(_ repository: Repository) -> Outcome {
    let targets = Set(repository.files(in: "Sources").map(\.target))
    let tests = Set(repository.files(in: "Tests").map(\.target))
    let others = Set(
      repository.otherFiles.filter { $0.path.hasPrefix("Sources/") }
        .compactMap { $0.path.split(separator: "/").dropFirst().first.map(String.init) })
    let missing = targets.filter { !tests.contains("\($0)Tests") }.sorted()
    return Outcome(
      "targets without a test target of their name", value: missing.count, limit: 0,
      reason: "a stranger looks for the tests of a target in Tests/<Target>Tests",
      offenders: missing.map { Finding(path: "Sources/\($0)", line: 0, text: "has no Tests/\($0)Tests") },
      notes: ["exempt, C and system libraries: \(others.subtracting(targets).sorted().joined(separator: ", "))"])
  }
}

/// Files that lie directly in `scripts/`, executable or not.
package struct Scripts: Rule {
  package init() {}

  package func check(_ repository: Repository) -> Outcome {
    let files = repository.otherFiles.filter {
      $0.path.hasPrefix("scripts/") && $0.path.split(separator: "/").count == 2
    }
    let programs = files.count(where: \.isExecutable)
    return Outcome(
      "files in scripts/", value: files.count, limit: 10,
      reason: "a script is a program without a compiler and without tests",
      offenders: files.map { Finding(path: $0.path, line: 0, text: $0.isExecutable ? "a program" : "not executable") },
      notes: ["\(programs) of them programs"])
  }
}

/// Lines of plain mode, which is to become a renderer of what the screen shows too.
package struct PlainModeLines: Rule {
  package init() {}

  package func check(_ repository: Repository) -> Outcome {
    let lines = repository.files(in: "Sources").filter { $0.target == "DashboardPlain" }.reduce(0) { $0 + $1.lineCount }
    return Outcome(
      "lines of DashboardPlain", value: lines, limit: nil, reason: "the aim is about 650, half of what it was")
  }
}
