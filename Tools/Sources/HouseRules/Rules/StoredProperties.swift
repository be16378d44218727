import SwiftSyntax

/// Types with many stored properties: of structs, classes and actors, nested types that only they know counted in.
///
/// A property is stored where it has no accessors, or only observers. A property wrapper's counts as one, whatever it
/// wraps. Where the type of a property is a nested type of the same type, which nothing outside names, the properties of
/// that type count instead of the one, also as an optional or inside a generic type such as `Mutex`; in an array, a set
/// or a dictionary it is an element, and counts as one.
package struct StoredProperties: Rule {
  package static let limit = 15
  package init() {}

  struct Property {
    let name: String
    /// Names that stand in its type, or in its initial value where it has no type.
    let typeNames: Set<String>
  }

  struct StoredType {
    let path: String
    let line: Int
    var properties: [Property]
  }

  package func check(_ repository: Repository) -> Outcome {
    var types: [String: StoredType] = [:]
    var mentions: Set<String> = []
    for file in repository.files {
      let collector = StoredPropertyCollector(file: file)
      collector.walk(file.tree)
      types.merge(collector.types) { first, _ in first }
      mentions.formUnion(collector.mentions)
    }
    let counts = types.keys.map { name in (name: name, count: StoredProperties.count(name, types, mentions, [])) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    let offenders = counts.filter { $0.count > StoredProperties.limit }.compactMap { name, count in
      types[name].map { type in
        Finding(
          path: type.path, line: type.line,
          text: "\(StoredProperties.shown(name)) has \(count) stored properties"
            + (count == type.properties.count
              ? "" : ", \(count - type.properties.count) of them in types it alone uses"))
      }
    }
    let top = counts.prefix(5).map { "\(StoredProperties.shown($0.name)) \($0.count)" }.joined(separator: ", ")
    return Outcome(
      "stored properties of the largest type", value: counts.first?.count ?? 0, limit: StoredProperties.limit,
      reason: "a type with more parts than a reader can hold is changed by accident", offenders: offenders,
      notes: ["the largest: \(top)"])
  }

  /// A type's name without the target before it.
  private static func shown(_ name: String) -> String { String(name.drop { $0 != "/" }.dropFirst()) }

  private static func count(
    _ name: String, _ types: [String: StoredType], _ mentions: Set<String>, _ above: Set<String>
  ) -> Int {
    guard let type = types[name], !above.contains(name) else { return 1 }
    return type.properties.reduce(0) { sum, property in
      let owned = property.typeNames.map { "\(name).\($0)" }
        .first { types[$0] != nil && !mentions.contains(StoredProperties.lastTwo($0)) }
      return sum + (owned.map { count($0, types, mentions, above.union([name])) } ?? 1)
    }
  }

  /// `Owner.Nested` of `Target/Outer.Owner.Nested`.
  private static func lastTwo(_ name: String) -> String {
    shown(name).split(separator: ".").suffix(2).joined(separator: ".")
  }
}

private final class StoredPropertyCollector: SyntaxVisitor {
  let file: SourceFile
  /// By target and qualified name: `KeyTable/Filter.Term`.
  var types: [String: StoredProperties.StoredType] = [:]
  /// Every `Owner.Nested` that is written somewhere; nothing but the owner's own code needs no owner's name before it.
  var mentions: Set<String> = []

  init(file: SourceFile) {
    self.file = file
    super.init(viewMode: .sourceAccurate)
  }

  private func declare(_ node: some SyntaxProtocol, _ name: TokenSyntax) -> SyntaxVisitorContinueKind {
    let full = "\(file.target)/\((node.enclosingTypes + [name.text]).joined(separator: "."))"
    types[full] = StoredProperties.StoredType(path: file.path, line: file.line(of: name), properties: [])
    return .visitChildren
  }

  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }
  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }
  override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    let isShared = node.modifiers.contains { $0.name.text == "static" || $0.name.text == "class" }
    guard node.parent?.is(MemberBlockItemSyntax.self) == true, !isShared else { return .visitChildren }
    let owner = "\(file.target)/\(node.enclosingTypes.joined(separator: "."))"
    guard types[owner] != nil, node.isMember(of: owner) else { return .visitChildren }
    for binding in node.bindings where binding.isStored {
      let names = TypeNames.of(binding)
      for name in binding.pattern.names {
        types[owner]?.properties.append(StoredProperties.Property(name: name, typeNames: names))
      }
    }
    return .visitChildren
  }

  override func visit(_ node: MemberTypeSyntax) -> SyntaxVisitorContinueKind {
    mention(node.baseType.nameWithoutArguments, node.name, in: node)
    return .visitChildren
  }

  override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind {
    if let base = node.base?.lastName { mention(base, node.declName.baseName, in: node) }
    return .visitChildren
  }

  /// An owner may write its own name before that of a type nested in it.
  private func mention(_ base: String, _ name: TokenSyntax, in node: some SyntaxProtocol) {
    let owner = base.split(separator: ".").last.map(String.init) ?? base
    let isOwn = node.enclosingTypes.contains { $0 == owner || $0.hasSuffix(".\(owner)") }
    if !isOwn, name.text.first?.isUppercase == true { mentions.insert("\(owner).\(name.text)") }
  }
}

extension VariableDeclSyntax {
  /// Whether the type around it is declared here, and not extended, or an enum or a protocol.
  fileprivate func isMember(of owner: String) -> Bool {
    let type = ancestors.first { $0.declaredTypeName != nil }
    return type?.is(StructDeclSyntax.self) == true || type?.is(ClassDeclSyntax.self) == true
      || type?.is(ActorDeclSyntax.self) == true
  }
}

extension PatternBindingSyntax {
  /// Without accessors, or with observers only.
  fileprivate var isStored: Bool {
    guard let block = accessorBlock else { return true }
    guard case .accessors(let accessors) = block.accessors else { return false }
    return accessors.allSatisfy { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
  }
}

extension PatternSyntax {
  fileprivate var names: [String] {
    if let pattern = self.as(IdentifierPatternSyntax.self) { return [pattern.identifier.text] }
    if let pattern = self.as(TuplePatternSyntax.self) { return pattern.elements.flatMap { $0.pattern.names } }
    return []
  }
}

/// The names of types in a property's type, or in its initial value: collections left out.
private final class TypeNames: SyntaxVisitor {
  private var names: Set<String> = []

  static func of(_ binding: PatternBindingSyntax) -> Set<String> {
    let visitor = TypeNames(viewMode: .sourceAccurate)
    if let type = binding.typeAnnotation {
      visitor.walk(type)
    } else if let value = binding.initializer {
      visitor.walk(value)
    }
    return visitor.names
  }

  override func visit(_ node: IdentifierTypeSyntax) -> SyntaxVisitorContinueKind {
    if ["Array", "Set", "Dictionary", "Deque"].contains(node.name.text) { return .skipChildren }
    names.insert(node.name.text)
    return .visitChildren
  }
  override func visit(_ node: ArrayTypeSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: DictionaryTypeSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionTypeSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ArrayExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: DictionaryExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    // `= State()` and `= Mutex(State())`.
    if node.parent?.is(FunctionCallExprSyntax.self) == true { names.insert(node.baseName.text) }
    return .visitChildren
  }
}
