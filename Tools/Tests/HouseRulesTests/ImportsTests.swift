import Foundation
import Testing

@testable import HouseRules

struct ImportsTests {
  private func repository(_ text: String, _ target: PackageDescription.Target) -> Repository {
    Repository(
      files: [SourceFile(path: "\(target.folder)/A.swift", text: text)], package: PackageDescription(targets: [target]))
  }

  @Test func `What is imported is declared, and what is declared is imported`() {
    let target = PackageDescription.Target(name: "KeyTable", type: "regular", dependencies: ["APIKeyModel", "my-tool"])
    let all = "import APIKeyModel\n@preconcurrency package import struct my_tool.A\nimport Glibc\n"
    #expect(ImportsAsDeclared().check(repository(all, target)).value == 0)
    let found = ImportsAsDeclared().check(
      repository("import Synchronization\nimport NIOCore\nimport my_tool\n", target))
    #expect(
      found.offenders.map(\.description) == [
        "Sources/KeyTable/A.swift:2: KeyTable imports NIOCore and does not declare it",
        "Package.swift: KeyTable declares APIKeyModel and does not import it",
      ])
  }

  @Test func `A test may depend on a program that it runs`() {
    let package = PackageDescription(targets: [
      .init(name: "apikeys-tui", type: "executable", dependencies: []),
      .init(name: "ATests", type: "test", dependencies: ["apikeys-tui"]),
      .init(name: "bench", type: "executable", path: "Benchmarks/bench", dependencies: ["apikeys-tui"]),
    ])
    let paths = ["Tests/ATests/A.swift", "Sources/apikeys-tui/A.swift", "Benchmarks/bench/A.swift"]
    let all = Repository(files: paths.map { SourceFile(path: $0, text: "") }, package: package)
    let found = ImportsAsDeclared().check(all)
    #expect(found.offenders.map(\.text) == ["bench declares apikeys-tui and does not import it"])
  }

  @Test func `Dependencies go down, and a target has a layer`() {
    let targets: [PackageDescription.Target] = [
      .init(name: "APIKeyModel", type: "regular", dependencies: ["Digests"]),
      .init(name: "Digests", type: "regular", dependencies: ["APIKeyModel", "NIOCore"]),
      .init(name: "DashboardPlain", type: "regular", dependencies: ["DashboardScreen"]),
      .init(name: "DashboardScreen", type: "regular", dependencies: []),
      .init(name: "NewTarget", type: "regular", dependencies: []),
      .init(name: "SomeTests", type: "test", dependencies: ["NewTarget"]),
    ]
    let found = DependenciesGoDown().check(Repository(files: [], package: PackageDescription(targets: targets)))
    #expect(
      found.offenders.map(\.text) == [
        "Digests depends on APIKeyModel, which is not below it",
        "DashboardPlain depends on DashboardScreen, which is not below it",
        "NewTarget has no layer in Tools/Sources/HouseRules/Imports/Layers.swift",
      ])
  }

  @Test func `The description of SwiftPM is read`() throws {
    let json = """
      {"name": "x", "targets": [{"name": "A", "type": "regular", "path": "Other/A", "dependencies": [
        {"byName": ["B", null]}, {"product": ["C", "package-c", null, {"platformNames": ["linux"]}]},
        {"target": ["D", null]}]}, {"name": "ATests", "type": "test", "dependencies": []}]}
      """
    let package = try PackageDescription(json: Data(json.utf8))
    #expect(package.targets.map(\.folder) == ["Other/A", "Tests/ATests"])
    #expect(package.targets.first?.dependencies == ["B", "C", "D"])
  }
}
