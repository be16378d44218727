import SwiftSyntax

/// Functions, initializers, accessors and closures of more than 60 lines, from `func` to the closing brace.
///
/// A flat switch is exempt: after declarations and guards the body is one `switch`, and no case of it has more than three
/// lines.
package struct LongFunctions: Rule {
  package static let longest = 60
  static let longestFlatCase = 3
  package init() {}

  package func check(_ repository: Repository) -> Outcome {
    var offenders: [Finding] = []
    for file in repository.files {
      let visitor = LongFunctionVisitor(file: file)
      visitor.walk(file.tree)
      offenders += visitor.findings
    }
    let inTests = offenders.count { $0.path.hasPrefix("Tests/") }
    return Outcome(
      "functions over \(LongFunctions.longest) lines", value: offenders.count, limit: 0,
      reason: "what does not fit on a screen is read in pieces", offenders: offenders,
      notes: inTests > 0 ? ["\(inTests) of them in Tests"] : [])
  }
}

private final class LongFunctionVisitor: SyntaxVisitor {
  let file: SourceFile
  var findings: [Finding] = []

  init(file: SourceFile) {
    self.file = file
    super.init(viewMode: .sourceAccurate)
  }

  private func judge(
    _ node: some SyntaxProtocol, from start: some SyntaxProtocol, _ name: String, _ body: CodeBlockItemListSyntax?
  ) -> SyntaxVisitorContinueKind {
    let lines = file.lineSpan(of: node) - (file.line(of: start) - file.line(of: node))
    if lines > LongFunctions.longest, !isFlatSwitch(body) {
      findings.append(
        file.finding(start, "\((node.enclosingTypes + [name]).joined(separator: ".")) has \(lines) lines"))
    }
    return .visitChildren
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    judge(node, from: node.funcKeyword, node.name.text, node.body?.statements)
  }
  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
    judge(node, from: node.initKeyword, "init", node.body?.statements)
  }
  override func visit(_ node: DeinitializerDeclSyntax) -> SyntaxVisitorContinueKind {
    judge(node, from: node.deinitKeyword, "deinit", node.body?.statements)
  }
  override func visit(_ node: AccessorDeclSyntax) -> SyntaxVisitorContinueKind {
    judge(node, from: node.accessorSpecifier, node.accessorSpecifier.text, node.body?.statements)
  }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind {
    guard case .getter(let statements) = node.accessors else { return .visitChildren }
    return judge(
      node, from: node.leftBrace, node.parent?.as(PatternBindingSyntax.self)?.pattern.source ?? "get", statements)
  }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind {
    judge(node, from: node.leftBrace, "a closure", node.statements)
  }

  /// Declarations and guards, then one switch of short cases.
  private func isFlatSwitch(_ body: CodeBlockItemListSyntax?) -> Bool {
    guard let body, let last = body.last else { return false }
    let before = body.dropLast()
    guard before.allSatisfy({ $0.item.is(GuardStmtSyntax.self) || $0.item.is(VariableDeclSyntax.self) }) else {
      return false
    }
    var item = Syntax(last.item)
    if let statement = item.as(ReturnStmtSyntax.self), let value = statement.expression { item = Syntax(value) }
    if let statement = item.as(ExpressionStmtSyntax.self) { item = Syntax(statement.expression) }
    guard let flat = item.as(SwitchExprSyntax.self) else { return false }
    let switchLines = file.lineSpan(of: flat)
    let bodyLines = file.lineSpan(of: body)
    return bodyLines - switchLines <= LongFunctions.longest / 4
      && flat.cases.allSatisfy { item in
        guard let item = item.as(SwitchCaseSyntax.self) else { return true }
        // A case on the line of its label has no line of its own.
        return item.statements.isEmpty || file.lineSpan(of: item.statements) <= LongFunctions.longestFlatCase
      }
  }
}
