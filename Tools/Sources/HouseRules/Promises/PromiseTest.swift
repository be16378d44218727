import SwiftSyntax

/// A test, and the rows of promises that it shows.
package struct PromiseTest: Sendable, Equatable {
  /// As people read it: the display name, or the function's own, without codes of rows.
  package let name: String
  /// As runs report it: `ProgramTests.ColumnTests/rows()`.
  package let id: String
  /// From tags such as `.t6` of the test and its suites, and from codes at the beginning of its name: `T6`.
  package let rows: [String]
  package let location: Finding
}

extension PromiseTest {
  /// Every test of the repository that shows a row.
  package static func all(in repository: Repository) -> [PromiseTest] {
    repository.files(in: "Tests").flatMap { file in
      let visitor = TestVisitor(file: file)
      visitor.walk(file.tree)
      return visitor.tests
    }.filter { !$0.rows.isEmpty }
  }

  /// Tags that are declared for rows: `T6` of `@Tag static var t6: Self`.
  package static func declaredRows(in repository: Repository) -> [String: Finding] {
    var rows: [String: Finding] = [:]
    for file in repository.files(in: "Tests") {
      let visitor = TagVisitor(viewMode: .sourceAccurate)
      visitor.walk(file.tree)
      for (row, node) in visitor.rows { rows[row] = file.finding(node, "the tag of row \(row)") }
    }
    return rows
  }

  /// `T6` of `t6`; nil where a tag is for something else.
  static func row(ofTag tag: String) -> String? {
    guard let first = tag.first, first.isLowercase, tag.count > 1, tag.dropFirst().allSatisfy(\.isNumber) else {
      return nil
    }
    return tag.uppercased()
  }

  /// The codes before a name, and the name: `["T6", "T14"]` and `show takes ids` of `T6 T14 show takes ids`.
  static func split(_ name: String) -> (rows: [String], name: String) {
    var rows: [String] = []
    var rest = Substring(name)
    while let word = rest.split(separator: " ", maxSplits: 1).first, word.count > 1, word.count < rest.count,
      let first = word.first, first.isASCII, first.isUppercase, word.dropFirst().allSatisfy(\.isNumber)
    {
      rows.append(String(word))
      rest = rest.dropFirst(word.count).drop { $0 == " " }
    }
    return (rows, String(rest))
  }
}

private final class TestVisitor: SyntaxVisitor {
  let file: SourceFile
  var tests: [PromiseTest] = []

  init(file: SourceFile) {
    self.file = file
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    guard let attribute = node.attributes.named("Test") else { return .skipChildren }
    let ownName = node.name.text.trimmingPrefix("`").split(separator: "`").first.map(String.init) ?? node.name.text
    let (codes, name) = PromiseTest.split(attribute.displayName ?? ownName)
    let tags = attribute.tags + node.suites.flatMap(\.tags)
    let rows = codes + tags.compactMap(PromiseTest.row)
    let labels = node.signature.parameterClause.parameters.map { "\($0.firstName.text):" }.joined()
    let path = ([file.target] + node.enclosingTypes).joined(separator: ".")
    tests.append(
      PromiseTest(
        name: name, id: "\(path)/\(node.name.text)(\(labels))",
        rows: rows.enumerated().filter { rows.firstIndex(of: $0.element) == $0.offset }.map(\.element),
        location: file.finding(node.name, name)))
    return .skipChildren
  }
}

private final class TagVisitor: SyntaxVisitor {
  var rows: [(String, VariableDeclSyntax)] = []

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    guard node.attributes.named("Tag") != nil else { return .skipChildren }
    for binding in node.bindings {
      if let row = PromiseTest.row(ofTag: binding.pattern.source) { rows.append((row, node)) }
    }
    return .skipChildren
  }
}

extension FunctionDeclSyntax {
  /// The attributes of the suites around a test, outermost last.
  fileprivate var suites: [AttributeSyntax] {
    ancestors.compactMap { $0.asProtocol((any WithAttributesSyntax).self)?.attributes.named("Suite") }
  }
}

extension AttributeListSyntax {
  fileprivate func named(_ name: String) -> AttributeSyntax? {
    compactMap { $0.as(AttributeSyntax.self) }.first {
      $0.attributeName.nameWithoutArguments.split(separator: ".").last == name[...]
    }
  }
}

extension AttributeSyntax {
  private var expressions: LabeledExprListSyntax? { arguments?.as(LabeledExprListSyntax.self) }

  fileprivate var displayName: String? {
    expressions?.first.flatMap { $0.label == nil ? $0.expression.literalText : nil }
  }

  /// `["t6", "t14"]` of `.tags(.t6, .t14)`.
  fileprivate var tags: [String] {
    (expressions ?? []).compactMap { $0.expression.as(FunctionCallExprSyntax.self) }
      .filter { $0.calledExpression.memberName == "tags" }.flatMap(\.arguments).compactMap { $0.expression.memberName }
  }
}
