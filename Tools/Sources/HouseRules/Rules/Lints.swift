import SwiftSyntax

/// Where a construct may stand: folders below `Sources`, or single files.
struct Allowance: Sendable {
  /// Beginnings of paths.
  let paths: [String]
  let reason: String

  func holds(_ file: SourceFile) -> Bool { paths.contains { file.path.hasPrefix($0) } }
}

/// A construct that is not to be used, except under stated paths.
package struct Lint: Rule {
  let name: String
  let reason: String
  let allowed: Allowance?
  /// The finding of a node, nil where it is none.
  let find: @Sendable (Syntax) -> String?

  package func check(_ repository: Repository) -> Outcome {
    var offenders: [Finding] = []
    for file in repository.files(in: "Sources") where allowed?.holds(file) != true {
      for node in ConstructVisitor.nodes(of: file) {
        if let text = find(node) { offenders.append(file.finding(node, text)) }
      }
    }
    let notes = allowed.map { ["allowed in \($0.paths.joined(separator: ", ")): \($0.reason)"] } ?? []
    return Outcome(name, value: offenders.count, limit: 0, reason: reason, offenders: offenders, notes: notes)
  }

  package static let all: [Lint] = [taskSleep, looseTasks, foundation]

  package static let taskSleep = Lint(
    name: "Task.sleep", reason: "it starts a second pool of threads that wakes once a second (docs/adr/0013)",
    allowed: nil
  ) { node in
    guard let access = node.as(MemberAccessExprSyntax.self), access.declName.baseName.text == "sleep",
      access.base?.source.hasPrefix("Task") == true
    else { return nil }
    return access.source
  }

  package static let looseTasks = Lint(
    name: "Task { } and Task.detached",
    reason: "work without an owner runs on the wrong threads and outlives what it is for",
    allowed: Allowance(
      paths: ["Sources/WorkerPool/", "Sources/ReferenceServer/", "Sources/apikeys-server/"],
      reason: "WorkerPool starts work on its own threads; the server runs on the default executor")
  ) { node in
    guard let call = node.as(FunctionCallExprSyntax.self) else { return nil }
    let called = call.calledExpression.as(GenericSpecializationExprSyntax.self)?.expression ?? call.calledExpression
    let makesTask =
      called.memberBase == nil
      ? called.lastName == "Task" : called.memberName == "detached" && called.memberBase?.lastName == "Task"
    // With a preference it runs on that executor.
    let isPlaced = call.arguments.contains { $0.label?.text == "executorPreference" }
    return makesTask && !isPlaced ? "\(called.source) without an executor" : nil
  }

  package static let foundation = Lint(
    name: "import Foundation", reason: "it adds 20 ms and megabytes to the start of the dashboard (docs/adr/0004)",
    allowed: Allowance(
      paths: ["Sources/ReferenceServer/", "Sources/apikeys-server/", "Sources/apikeys-docgen/"],
      reason: "they are no part of the dashboard")
  ) { node in
    guard let module = node.as(ImportDeclSyntax.self)?.path.first?.name.text, module.hasPrefix("Foundation") else {
      return nil
    }
    return "import \(module)"
  }
}

/// The nodes that the lints read.
private final class ConstructVisitor: SyntaxVisitor {
  private var nodes: [Syntax] = []

  static func nodes(of file: SourceFile) -> [Syntax] {
    let visitor = ConstructVisitor(viewMode: .sourceAccurate)
    visitor.walk(file.tree)
    return visitor.nodes
  }

  private func add(_ node: some SyntaxProtocol) -> SyntaxVisitorContinueKind {
    nodes.append(Syntax(node))
    return .visitChildren
  }
  override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind { add(node) }
  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind { add(node) }
  override func visit(_ node: ImportDeclSyntax) -> SyntaxVisitorContinueKind { add(node) }
}
