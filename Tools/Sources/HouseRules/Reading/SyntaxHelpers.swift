import SwiftSyntax

extension SyntaxProtocol {
  /// The source without comments and white space around it.
  var source: String { trimmedDescription }

  /// The nodes from the parent outwards.
  var ancestors: some Sequence<Syntax> { sequence(first: Syntax(self), next: \.parent).dropFirst() }

  /// The innermost function, initializer, accessor or top-level closure around a node.
  var enclosingFunction: Syntax? {
    ancestors.first {
      $0.is(FunctionDeclSyntax.self) || $0.is(InitializerDeclSyntax.self) || $0.is(AccessorDeclSyntax.self)
        || $0.is(SubscriptDeclSyntax.self) || $0.is(PatternBindingSyntax.self) && $0.hasOwnAccessors
    }
  }

  private var hasOwnAccessors: Bool { self.as(PatternBindingSyntax.self)?.accessorBlock != nil }

  /// Names of the types and extensions around a node, outermost first: `["DashboardState", "Loss"]`.
  var enclosingTypes: [String] { ancestors.compactMap(\.declaredTypeName).reversed() }

  /// What a declaration of a type or an extension is called, without modules and generic arguments.
  var declaredTypeName: String? {
    if let node = self.as(StructDeclSyntax.self) { return node.name.text }
    if let node = self.as(ClassDeclSyntax.self) { return node.name.text }
    if let node = self.as(ActorDeclSyntax.self) { return node.name.text }
    if let node = self.as(EnumDeclSyntax.self) { return node.name.text }
    if let node = self.as(ProtocolDeclSyntax.self) { return node.name.text }
    if let node = self.as(ExtensionDeclSyntax.self) { return node.extendedType.nameWithoutArguments }
    return nil
  }
}

extension TypeSyntax {
  /// `A.B` of `A<C>.B`.
  var nameWithoutArguments: String {
    if let type = self.as(IdentifierTypeSyntax.self) { return type.name.text }
    if let type = self.as(MemberTypeSyntax.self) { return "\(type.baseType.nameWithoutArguments).\(type.name.text)" }
    return source
  }
}

extension ExprSyntax {
  /// The text of a string literal without its interpolations; nil where it is no string literal.
  var literalText: String? {
    guard let literal = self.as(StringLiteralExprSyntax.self) else { return nil }
    return literal.segments.map { $0.as(StringSegmentSyntax.self)?.content.text ?? "" }.joined()
  }

  var isInterpolated: Bool {
    self.as(StringLiteralExprSyntax.self)?.segments.contains { $0.is(ExpressionSegmentSyntax.self) } ?? false
  }

  /// `b` of `a.b`.
  var memberName: String? { self.as(MemberAccessExprSyntax.self)?.declName.baseName.text }

  /// `a` of `a.b`, and nil of `.b`.
  var memberBase: ExprSyntax? { self.as(MemberAccessExprSyntax.self)?.base }

  /// The last name of `a`, `self.a`, `$0.a` or `a?`.
  var lastName: String? {
    if let reference = self.as(DeclReferenceExprSyntax.self) { return reference.baseName.text }
    if let chained = self.as(OptionalChainingExprSyntax.self) { return chained.expression.lastName }
    return memberName
  }

  /// The expression itself without `try`, `await` and parentheses around it.
  var bare: ExprSyntax {
    if let node = self.as(TryExprSyntax.self) { return node.expression.bare }
    if let node = self.as(AwaitExprSyntax.self) { return node.expression.bare }
    if let node = self.as(TupleExprSyntax.self), let only = node.elements.first, node.elements.count == 1,
      only.label == nil
    {
      return only.expression.bare
    }
    return self
  }

  /// What a local `let` or `var` of this name was first set to, in the same function and before its use.
  var localValue: ExprSyntax? {
    guard let name = self.as(DeclReferenceExprSyntax.self)?.baseName.text, let function = enclosingFunction else {
      return nil
    }
    let finder = LocalValueFinder(name: name, before: position)
    finder.walk(function)
    return finder.value
  }
}

private final class LocalValueFinder: SyntaxVisitor {
  let name: String
  let before: AbsolutePosition
  var value: ExprSyntax?

  init(name: String, before: AbsolutePosition) {
    self.name = name
    self.before = before
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: PatternBindingSyntax) -> SyntaxVisitorContinueKind {
    if node.position < before, let pattern = node.pattern.as(IdentifierPatternSyntax.self),
      pattern.identifier.text == name,
      let initializer = node.initializer
    {
      value = initializer.value
    }
    return .visitChildren
  }
}
