import SwiftSyntax

/// Code where a value of the program is made into text and parsed again inside the process.
///
/// An expression counts as text that was made from a value where it is
/// - a string literal with an interpolation, or an addition of strings with one literal,
/// - `String(…)`, but of a part of a text that is split or trimmed (see below),
/// - a member that spells a value: `typedName`, `rawValue`, `description`, `text`, `name`, `string`, `restore`, or a call of
///   a method `text(…)`,
/// - a local `let` or `var` of the same function that was set to one of these.
///
/// Such an expression, or a string literal, is a finding where a parser takes it:
/// 1. as an argument after the first of a command constructor: `CommandInvocation(.sort, "server")`; there a plain name
///    is not a finding, for a line that somebody typed is passed on so;
/// 2. as the argument of a label that stands for parsing: `typed:`, `byTyped:`, `parsing:`, and `line:` of a call of
///    `run`. Literals without an interpolation are constants there for `parsing:`, and findings for the others;
/// 3. with an interpolation, as the payload of a command without a type before it: `.filter("creator:\(id)")`.
///
/// 4. A copy of the whole state on which a command is run to see what it would post is a finding too: the command's
///    result is text that is read back.
///
/// Not findings: the file `CommandLineParser.swift`, where text becomes commands; `String(part)` and `String(rest)` after
/// a label, which copy a piece of typed text; members `text` of what is being edited (`prompt.text`, `accepted.text`) and of
/// tokens of the filter language (`value.text`, `word.text`, `token.text`).
package struct PrintedAndParsed: Rule {
  package init() {}
  static let commandConstructors: Set<String> = ["CommandInvocation", "Command"]
  static let commands: Set<String> = [
    "goTo", "open", "filter", "find", "sort", "order", "columns", "mark", "copy", "export", "set", "explain", "compare",
    "help",
  ]
  static let parserLabels: Set<String> = ["typed", "byTyped", "parsing", "line"]
  static let spelling: Set<String> = ["typedName", "rawValue", "description", "text", "name", "string", "restore"]
  static let edited: Set<String> = [
    "prompt", "edited", "accepted", "draft", "editor", "line", "input", "value", "word", "token",
  ]

  package func check(_ repository: Repository) -> Outcome {
    let offenders = repository.files(in: "Sources").filter { !$0.path.hasSuffix("/CommandLineParser.swift") }
      .flatMap { file in
        let visitor = PrintedAndParsedVisitor(file: file)
        visitor.walk(file.tree)
        return visitor.findings
      }
    return Outcome(
      "values printed and parsed again", value: offenders.count, limit: 0,
      reason: "text in the middle loses the type, and needs quoting that can be wrong", offenders: offenders)
  }
}

private final class PrintedAndParsedVisitor: SyntaxVisitor {
  let file: SourceFile
  var findings: [Finding] = []

  init(file: SourceFile) {
    self.file = file
    super.init(viewMode: .sourceAccurate)
  }

  private var isDashboard: Bool { file.target.hasPrefix("Dashboard") || file.target == "apikeys-tui" }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    let callee = node.calledExpression
    if let name = callee.as(DeclReferenceExprSyntax.self)?.baseName.text,
      PrintedAndParsed.commandConstructors.contains(name)
    {
      for argument in node.arguments.dropFirst() where isMade(argument.expression, literals: true, copies: true) {
        report(argument, "a command is given text made here: \(argument.source)")
      }
    } else if isDashboard, callee.memberBase == nil, let name = callee.memberName,
      PrintedAndParsed.commands.contains(name)
    {
      for argument in node.arguments where argument.expression.bare.isInterpolated {
        report(argument, "a command is given text made here: \(argument.source)")
      }
    }
    for argument in node.arguments {
      guard let label = argument.label?.text, PrintedAndParsed.parserLabels.contains(label),
        label != "line" || callee.lastName == "run"
      else { continue }
      if isMade(argument.expression, literals: label != "parsing", copies: false) {
        report(argument, "text made here is parsed: \(argument.source)")
      }
    }
    checkCopy(node)
    return .visitChildren
  }

  private func report(_ node: some SyntaxProtocol, _ text: String) { findings.append(file.finding(node, text)) }

  private func isMade(_ expression: ExprSyntax, literals: Bool, copies: Bool, isLocal: Bool = false) -> Bool {
    let bare = expression.bare
    if bare.literalText != nil { return bare.isInterpolated || literals }
    if let call = bare.as(FunctionCallExprSyntax.self) {
      if call.calledExpression.lastName == "String" {
        return copies || call.arguments.first?.label?.text == "describing"
      }
      return call.calledExpression.memberName == "text"
    }
    if let name = bare.memberName, PrintedAndParsed.spelling.contains(name) {
      guard let base = bare.memberBase?.lastName else { return false }
      return !(name == "text" && PrintedAndParsed.edited.contains(base))
    }
    if let sequence = bare.as(SequenceExprSyntax.self) {
      return sequence.elements.contains { $0.as(BinaryOperatorExprSyntax.self)?.operator.text == "+" }
        && sequence.elements.contains { $0.is(StringLiteralExprSyntax.self) }
    }
    if !isLocal, let value = bare.localValue { return isMade(value, literals: false, copies: false, isLocal: true) }
    return false
  }

  /// `var copy = self` (or a state), and then `copy.run(…)` or `reduce(&copy, …)`.
  private func checkCopy(_ node: FunctionCallExprSyntax) {
    guard isDashboard, let name = node.calledExpression.lastName, ["run", "reduce", "perform", "update"].contains(name)
    else {
      return
    }
    let argument = node.arguments.first?.expression.as(InOutExprSyntax.self)?.expression
    guard let copy = node.calledExpression.memberBase ?? argument, let value = copy.localValue?.bare.lastName,
      value == "self" || value == "state"
    else { return }
    report(node, "a command is run on a copy of the state: \(name) on \(copy.source)")
  }
}
