import SwiftSyntax

/// Calls of the C library that open, read, write, make pipes or start programs, outside the target `SystemIO`.
///
/// A call is a finding with `Glibc.` or `Darwin.` before it, or as a free function with the number of arguments that the C
/// function takes, none of them with a label. Where the type around it, or the target for a free function, declares a
/// function of that name, the compiler takes that one, and so does this rule.
package struct SystemCalls: Rule {
  package init() {}
  static let allowed = Allowance(paths: ["Sources/SystemIO/"], reason: "that target is for them")

  package func check(_ repository: Repository) -> Outcome {
    var offenders: [Finding] = []
    for (_, files) in Dictionary(grouping: repository.files(in: "Sources"), by: \.target).sorted(by: { $0.key < $1.key }
    ) {
      let visitors = files.map { file in
        let visitor = SystemCallVisitor(file: file)
        visitor.walk(file.tree)
        return visitor
      }
      let own = visitors.reduce(into: Set<String>()) { $0.formUnion($1.declared) }
      for visitor in visitors where !SystemCalls.allowed.holds(visitor.file) {
        offenders += visitor.calls.filter { call in call.candidates.allSatisfy { !own.contains($0) } }.map(\.finding)
      }
    }
    return Outcome(
      "system calls outside SystemIO", value: offenders.count, limit: 0,
      reason: "interrupted and partial calls are handled once",
      offenders: offenders.sorted { ($0.path, $0.line) < ($1.path, $1.line) })
  }
}

private final class SystemCallVisitor: SyntaxVisitor {
  let file: SourceFile
  /// `Type.name` of methods, `.name` of free functions, and of local ones.
  var declared: Set<String> = []
  /// Each with the declarations that the compiler would take instead.
  var calls: [(finding: Finding, candidates: [String])] = []

  init(file: SourceFile) {
    self.file = file
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    declared.insert("\(node.enclosingTypes.last ?? "").\(node.name.text)")
    return .visitChildren
  }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    if let base = node.calledExpression.memberBase?.lastName, base == "Glibc" || base == "Darwin",
      let name = node.calledExpression.memberName
    {
      calls.append((file.finding(node, "\(base).\(name)(…)"), []))
      return .visitChildren
    }
    guard let name = node.calledExpression.as(DeclReferenceExprSyntax.self)?.baseName.text,
      SystemCallVisitor.isCall(name, node.arguments)
    else { return .visitChildren }
    let types = node.enclosingTypes
    calls.append((file.finding(node, "\(name)(…)"), types.map { "\($0).\(name)" } + [".\(name)"]))
    return .visitChildren
  }

  private static func isCall(_ name: String, _ arguments: LabeledExprListSyntax) -> Bool {
    guard arguments.allSatisfy({ $0.label == nil }) else { return false }
    return switch name {
    case "read", "write": arguments.count == 3
    case "open": arguments.count == 2 || arguments.count == 3
    case "openat": arguments.count == 3 || arguments.count == 4
    case "pipe": arguments.count == 1
    case "pipe2": arguments.count == 2
    case "posix_spawn", "posix_spawnp": arguments.count == 6
    case "fork": arguments.isEmpty
    default: false
    }
  }
}
