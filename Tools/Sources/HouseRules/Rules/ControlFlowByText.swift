import SwiftSyntax

/// Decisions by the wording of our own sentences.
///
/// In the dashboard's targets and `apikeys-tui`, what is compared (`==`, `!=`, `hasPrefix`, `hasSuffix`, `contains`, a
/// pattern of a `switch`) is a finding where one side is
/// - a string literal of two or more words, or one that ends in `: `; also through a local `let`,
/// - a call of a function of `Phrasebook` or of a type whose name ends in `Text`,
/// - any string literal, where the other side is `….string` or the text of a message or notice (`message.text`).
package struct ControlFlowByText: Rule {
  package init() {}
  static let targets: Set<String> = [
    "DashboardCore", "DashboardPlain", "DashboardScreen", "DashboardRuntime", "apikeys-tui",
  ]

  package func check(_ repository: Repository) -> Outcome {
    let offenders = repository.files(in: "Sources").filter { ControlFlowByText.targets.contains($0.target) }
      .flatMap { file in
        let visitor = ControlFlowByTextVisitor(file: file)
        visitor.walk(file.tree)
        return visitor.findings
      }
    return Outcome(
      "control flow by our own text", value: offenders.count, limit: 0,
      reason: "a changed word changes behaviour, and a key's name can forge a sentence", offenders: offenders)
  }

  /// Two or more words, or a label such as `Error: `.
  static func isSentence(_ text: String) -> Bool {
    text.hasSuffix(": ") || text.split(separator: " ").count { $0.contains(where: \.isLetter) } >= 2
      // A word and a space: the beginning of a sentence.
      || text.last == " " && text.count { $0.isLetter } > 3
  }
}

private final class ControlFlowByTextVisitor: SyntaxVisitor {
  let file: SourceFile
  var findings: [Finding] = []

  init(file: SourceFile) {
    self.file = file
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    guard let name = node.calledExpression.memberName, ["hasPrefix", "hasSuffix", "contains", "starts"].contains(name),
      let argument = node.arguments.first, argument.label == nil || argument.label?.text == "with"
    else { return .visitChildren }
    judge(argument.expression, against: node.calledExpression.memberBase, in: node)
    return .visitChildren
  }

  override func visit(_ node: SequenceExprSyntax) -> SyntaxVisitorContinueKind {
    let elements = Array(node.elements)
    for (index, element) in elements.enumerated() where index > 0 && index + 1 < elements.count {
      guard let name = element.as(BinaryOperatorExprSyntax.self)?.operator.text, ["==", "!=", "~="].contains(name)
      else {
        continue
      }
      let (left, right) = (elements[index - 1], elements[index + 1])
      if !judge(right, against: left, in: element) { judge(left, against: right, in: element) }
    }
    return .visitChildren
  }

  override func visit(_ node: SwitchExprSyntax) -> SyntaxVisitorContinueKind {
    for item in node.cases {
      guard let label = item.as(SwitchCaseSyntax.self)?.label.as(SwitchCaseLabelSyntax.self) else { continue }
      for pattern in label.caseItems {
        guard let expression = pattern.pattern.as(ExpressionPatternSyntax.self)?.expression else { continue }
        judge(expression, against: node.subject, in: pattern)
      }
    }
    return .visitChildren
  }

  @discardableResult
  private func judge(_ expression: ExprSyntax, against other: ExprSyntax?, in node: some SyntaxProtocol) -> Bool {
    let bare = expression.bare
    let literal = bare.literalText ?? bare.localValue?.literalText
    if let literal, ControlFlowByText.isSentence(literal) || other.map(isShownText) ?? false {
      findings.append(file.finding(node, "a comparison with the text “\(literal)”"))
      return true
    }
    if let call = bare.as(FunctionCallExprSyntax.self), let owner = call.calledExpression.memberBase?.lastName,
      owner == "Phrasebook" || owner.hasSuffix("Text") && owner.first?.isUppercase == true && owner != "DisplayText"
    {
      findings.append(file.finding(node, "a comparison with a sentence of ours: \(call.source)"))
      return true
    }
    return false
  }

  /// `label.string`, and the text of a message.
  private func isShownText(_ expression: ExprSyntax) -> Bool {
    let bare = expression.bare
    guard let name = bare.memberName, let base = bare.memberBase?.lastName?.lowercased() else { return false }
    return name == "string" || name == "text" && ["message", "notice", "sentence"].contains { base.hasSuffix($0) }
  }
}
