import SwiftSyntax

/// Code that writes a key as JSON: the types of target `KeyJSON` count as one, every other type with a function that
/// writes three or more of the wire names as JSON members (`"last_four_digits":`, or the name alone beside a literal with
/// `":`) counts as one more. A name before an object, as in a schema, is no value of a key.
///
/// One type of `ReferenceServer` is exempt: the server stands for the API in tests, so it must not be written by the code
/// that they test. `KeyJSON` escapes what a terminal would obey, and a server sends it; and a wire name that is wrong in
/// both `KeyJSON` and the decoder would pass. `Layers` keeps the server from depending on `KeyJSON`.
package struct KeyJSONWriters: Rule {
  package init() {}
  /// The target whose first writer is not counted.
  static let independent = "ReferenceServer"
  static let wireNames: Set<String> = [
    "name", "created_date", "last_four_digits", "creator_id", "restricted", "permissions", "last_four",
    "partial_key_hint",
  ]

  package func check(_ repository: Repository) -> Outcome {
    var writers: [String: Finding] = [:]
    var independents: Set<String> = []
    for file in repository.files(in: "Sources") {
      let visitor = FunctionVisitor(viewMode: .sourceAccurate)
      visitor.walk(file.tree)
      for function in visitor.functions where KeyJSONWriters.writes(function) {
        let type = function.enclosingTypes.first ?? "functions of \(file.path)"
        let writer = file.target == "KeyJSON" ? "target KeyJSON" : "\(type) in \(file.target)"
        if file.target == KeyJSONWriters.independent { independents.insert(writer) }
        if writers[writer] == nil { writers[writer] = file.finding(function, "\(writer) writes a key as JSON") }
      }
    }
    if let exempt = independents.min() { writers[exempt] = nil }
    return Outcome(
      "writers of a key's JSON", value: writers.count, limit: 1, reason: "two writers of one format disagree",
      offenders: writers.sorted { $0.key < $1.key }.map(\.value))
  }

  private static func writes(_ function: Syntax) -> Bool {
    let visitor = LiteralVisitor(viewMode: .sourceAccurate)
    visitor.walk(function)
    var names: Set<String> = []
    var alone: Set<String> = []
    var hasMember = false
    for literal in visitor.literals {
      let plain = literal.replacing("\\\"", with: "\"")
      if plain.contains("\":") { hasMember = true }
      for name in wireNames {
        if plain == name { alone.insert(name) }
        if plain.contains("\"\(name)\":"), !plain.contains("\"\(name)\":{") { names.insert(name) }
      }
    }
    return names.count >= 3 || hasMember && names.union(alone).count >= 4
  }
}

/// Enums of a key's fields: four or more cases, most of them named like a field.
package struct KeyFieldEnums: Rule {
  package init() {}
  static let names: Set<String> = [
    "id", "name", "created", "createddate", "creator", "creatorid", "lastfour", "last4", "lastfourdigits", "access",
    "restricted", "permission", "permissions", "perms", "perm", "count", "permissioncount",
  ]

  package func check(_ repository: Repository) -> Outcome {
    var offenders: [Finding] = []
    for file in repository.files(in: "Sources") {
      let visitor = EnumVisitor(viewMode: .sourceAccurate)
      visitor.walk(file.tree)
      for node in visitor.enums {
        let cases = node.memberBlock.members.compactMap { $0.decl.as(EnumCaseDeclSyntax.self) }.flatMap(\.elements)
        let fields = cases.count { KeyFieldEnums.names.contains($0.name.text.lowercased()) }
        if fields >= 4, fields * 2 >= cases.count {
          offenders.append(file.finding(node.name, "\(node.name.text) names \(fields) fields of a key"))
        }
      }
    }
    return Outcome(
      "enums of a key's fields", value: offenders.count, limit: 1,
      reason: "one thing with several lists of names drifts apart",
      offenders: offenders)
  }
}

private final class EnumVisitor: SyntaxVisitor {
  var enums: [EnumDeclSyntax] = []
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind {
    enums.append(node)
    return .visitChildren
  }
}

/// The text of every string literal below a node, interpolations left out.
final class LiteralVisitor: SyntaxVisitor {
  var literals: [String] = []
  override func visit(_ node: StringLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    literals.append(ExprSyntax(node).literalText ?? "")
    return .visitChildren
  }
}

/// Outermost bodies: functions, initializers and computed properties.
final class FunctionVisitor: SyntaxVisitor {
  var functions: [Syntax] = []

  private func add(_ node: some SyntaxProtocol) -> SyntaxVisitorContinueKind {
    functions.append(Syntax(node))
    return .skipChildren
  }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { add(node) }
  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind { add(node) }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { add(node) }
}
