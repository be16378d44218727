import SwiftSyntax

/// Imports and declared dependencies that are not the same, of each Swift target.
///
/// SwiftPM lets a file import what only another target depends on, and keeps a dependency that no file imports. The
/// modules of the toolchain need no declaration. A test target may depend on an executable without importing it, so that
/// the program is built before the tests run it.
package struct ImportsAsDeclared: Rule {
  static let toolchain: Set<String> = [
    "Swift", "Glibc", "Darwin", "Synchronization", "Dispatch", "Foundation", "FoundationEssentials", "FoundationXML",
    "FoundationNetworking", "Testing", "XCTest",
  ]
  package init() {}

  package func check(_ repository: Repository) -> Outcome {
    var offenders: [Finding] = []
    let targets = repository.package?.targets ?? []
    let executables = Set(targets.filter { $0.type == "executable" }.map { ImportsAsDeclared.module($0.name) })
    for target in targets {
      let files = repository.files.filter { $0.path.hasPrefix(target.folder + "/") }
      guard !files.isEmpty else { continue }
      let declared = Set(target.dependencies.map(ImportsAsDeclared.module))
      var imported: Set<String> = []
      for file in files {
        for (module, node) in ImportVisitor.imports(of: file) where !ImportsAsDeclared.toolchain.contains(module) {
          imported.insert(module)
          if !declared.contains(module) {
            offenders.append(file.finding(node, "\(target.name) imports \(module) and does not declare it"))
          }
        }
      }
      for name in target.dependencies.sorted() {
        let module = ImportsAsDeclared.module(name)
        let isRunByTest = target.type == "test" && executables.contains(module)
        if !imported.contains(module), !isRunByTest {
          offenders.append(
            Finding(path: "Package.swift", line: 0, text: "\(target.name) declares \(name) and does not import it"))
        }
      }
    }
    return Outcome(
      "imports that are not as declared", value: offenders.count, limit: 0,
      reason: "Package.swift is the one table of what a target may know", offenders: offenders,
      notes: targets.isEmpty ? ["there is no description of the package"] : [])
  }

  /// The module of a target or a product.
  static func module(_ name: String) -> String { name.replacing("-", with: "_") }
}

/// Dependencies between the targets of this package that do not go down by ``Layers``, and targets without a layer.
package struct DependenciesGoDown: Rule {
  package init() {}

  package func check(_ repository: Repository) -> Outcome {
    var offenders: [Finding] = []
    let targets = repository.package?.targets ?? []
    let names = Set(targets.map(\.name))
    func report(_ text: String) { offenders.append(Finding(path: "Package.swift", line: 0, text: text)) }
    for target in targets
    where !target.folder.hasPrefix("Tests/") && target.type != "system" && !target.folder.hasPrefix("Fuzz/") {
      guard let layer = Layers.layer(of: target.name) else {
        report("\(target.name) has no layer in Tools/Sources/HouseRules/Imports/Layers.swift")
        continue
      }
      for other in target.dependencies.intersection(names).sorted() {
        guard let below = Layers.layer(of: other) else {
          report("\(target.name) depends on \(other), which has no layer")
          continue
        }
        if below >= layer { report("\(target.name) depends on \(other), which is not below it") }
      }
    }
    return Outcome(
      "dependencies that do not go down", value: offenders.count, limit: 0,
      reason: "what is below can be read and tested without what is above", offenders: offenders)
  }
}

private final class ImportVisitor: SyntaxVisitor {
  private var imports: [(module: String, node: ImportDeclSyntax)] = []

  static func imports(of file: SourceFile) -> [(module: String, node: ImportDeclSyntax)] {
    let visitor = ImportVisitor(viewMode: .sourceAccurate)
    visitor.walk(file.tree)
    return visitor.imports
  }

  override func visit(_ node: ImportDeclSyntax) -> SyntaxVisitorContinueKind {
    if let module = node.path.first?.name.text { imports.append((module, node)) }
    return .skipChildren
  }
}
