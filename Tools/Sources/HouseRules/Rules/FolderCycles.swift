import SwiftSyntax

/// Folders of one target that refer to each other in a circle.
///
/// Folder A refers to folder B where a file of A names a type that is declared in B: in a type, before a dot
/// (`MarkText.marked`), in a call, or as what is extended. A nested type counts as declared where it is written, and is
/// found as the compiler finds it, in the types around the name first. A file at the target's root is of the folder `.`.
/// Members of a type are no reference: an extension's method may be used wherever the type may be.
package struct FolderCycles: Rule {
  package static let limit = 0
  package init() {}

  struct Edge: Hashable {
    let from: String
    let to: String
  }

  package func check(_ repository: Repository) -> Outcome {
    var offenders: [Finding] = []
    var cycles = 0
    var notes: [String] = []
    let byTarget = Dictionary(grouping: repository.files(in: "Sources", "Benchmarks", "Fuzz", "Tools"), by: \.target)
    for (target, files) in byTarget.sorted(by: { $0.key < $1.key }) where Set(files.map(\.folder)).count > 1 {
      let edges = FolderCycles.edges(of: files)
      for component in FolderCycles.components(edges.keys) where component.count > 1 {
        cycles += 1
        notes.append("\(target): \(component.sorted().joined(separator: ", "))")
        offenders += edges.filter { component.contains($0.key.from) && component.contains($0.key.to) }
          .sorted { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) }
          .map { edge, example in
            Finding(
              path: example.path, line: example.line, text: "\(target): \(edge.from) -> \(edge.to) by \(example.text)")
          }
      }
    }
    return Outcome(
      "folder cycles inside targets", value: cycles, limit: FolderCycles.limit,
      reason: "folders that know each other in a circle can only be read together", offenders: offenders, notes: notes)
  }

  /// Each reference from a folder to another, with the first location of it.
  static func edges(of files: [SourceFile]) -> [Edge: Finding] {
    var declared: [String: String] = [:]
    for file in files {
      let collector = DeclarationCollector(viewMode: .sourceAccurate)
      collector.walk(file.tree)
      for name in collector.names where declared[name] == nil { declared[name] = file.folder }
    }
    var edges: [Edge: Finding] = [:]
    for file in files {
      let collector = ReferenceCollector(declared: declared)
      collector.walk(file.tree)
      for (name, node) in collector.references {
        guard let folder = declared[name], folder != file.folder else { continue }
        let edge = Edge(from: file.folder, to: folder)
        if edges[edge] == nil { edges[edge] = file.finding(node, name) }
      }
    }
    return edges
  }

  /// The strongly connected components, by Tarjan.
  static func components(_ edges: some Sequence<Edge>) -> [Set<String>] {
    var next: [String: [String]] = [:]
    for edge in edges {
      next[edge.from, default: []].append(edge.to)
      next[edge.to, default: []] += []
    }
    var search = ComponentSearch(next: next)
    for node in next.keys.sorted() where search.index[node] == nil { search.visit(node) }
    return search.components
  }
}

private struct ComponentSearch {
  let next: [String: [String]]
  var index: [String: Int] = [:]
  var low: [String: Int] = [:]
  var stack: [String] = []
  var components: [Set<String>] = []

  mutating func visit(_ node: String) {
    let number = index.count
    index[node] = number
    var lowest = number
    stack.append(node)
    for other in (next[node] ?? []).sorted() {
      if index[other] == nil { visit(other) }
      if stack.contains(other) { lowest = min(lowest, low[other] ?? index[other] ?? lowest) }
    }
    low[node] = lowest
    guard lowest == number, let start = stack.lastIndex(of: node) else { return }
    components.append(Set(stack[start...]))
    stack.removeSubrange(start...)
  }
}

/// Qualified names of the types that a file declares: `DashboardState`, `DashboardState.Loss`.
private final class DeclarationCollector: SyntaxVisitor {
  var names: [String] = []

  private func declare(_ node: some SyntaxProtocol, _ name: TokenSyntax) -> SyntaxVisitorContinueKind {
    names.append((node.enclosingTypes + [name.text]).joined(separator: "."))
    return .visitChildren
  }
  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }
  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }
  override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }
  override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }
  override func visit(_ node: TypeAliasDeclSyntax) -> SyntaxVisitorContinueKind { declare(node, node.name) }
}

/// The declared types that a file names, each with its node.
private final class ReferenceCollector: SyntaxVisitor {
  let declared: [String: String]
  var references: [(name: String, node: Syntax)] = []

  init(declared: [String: String]) {
    self.declared = declared
    super.init(viewMode: .sourceAccurate)
  }

  /// The innermost type of this name that can be seen from a node; every type on a dotted path is a reference.
  private func refer(to path: [String], from node: some SyntaxProtocol) {
    let around = node.enclosingTypes.joined(separator: ".").split(separator: ".").map(String.init)
    for depth in stride(from: around.count, through: 0, by: -1) {
      let first = (around.prefix(depth) + path.prefix(1)).joined(separator: ".")
      guard declared[first] != nil else { continue }
      references.append((first, Syntax(node)))
      var name = first
      for part in path.dropFirst() {
        name += ".\(part)"
        guard declared[name] != nil else { return }
        references.append((name, Syntax(node)))
      }
      return
    }
  }

  override func visit(_ node: IdentifierTypeSyntax) -> SyntaxVisitorContinueKind {
    refer(to: [node.name.text], from: node)
    return .visitChildren
  }

  override func visit(_ node: MemberTypeSyntax) -> SyntaxVisitorContinueKind {
    refer(to: TypeSyntax(node).nameWithoutArguments.split(separator: ".").map(String.init), from: node)
    return .visitChildren
  }

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    // The name after a dot is a part of the access around it.
    let isMember = node.parent?.as(MemberAccessExprSyntax.self)?.declName.id == node.id
    if !isMember { refer(to: [node.baseName.text], from: node) }
    return .visitChildren
  }

  override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind {
    // The whole path once: `A.B.c` is three accesses, one in the other.
    if node.parent?.is(MemberAccessExprSyntax.self) != true, let path = node.typePath { refer(to: path, from: node) }
    return .visitChildren
  }
}

extension MemberAccessExprSyntax {
  /// `["A", "b"]` of `A.b`; nil where it does not begin with the name of a type.
  fileprivate var typePath: [String]? {
    if let base = base?.as(DeclReferenceExprSyntax.self) {
      return base.baseName.text.first?.isUppercase == true ? [base.baseName.text, declName.baseName.text] : nil
    }
    return base?.as(MemberAccessExprSyntax.self)?.typePath.map { $0 + [declName.baseName.text] }
  }
}
