package import APIKeyModel

/// What is doubtful about a filter where the keys are known.
package struct FilterDoubt: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// The filter cannot mean anything: it matches nothing, rather than everything.
    case mistake
    /// The beginning of an id fits several; it matches nothing.
    case ambiguous
    /// The result is right, and probably not what was meant.
    case hint
  }

  package let kind: Kind
  /// A full sentence.
  package let message: String
  /// What was probably meant, likeliest first.
  package let suggestions: [String]
  /// The ids that fit, for ``Kind/ambiguous``.
  package var ids: [KeyIdentifier] = []
}

extension FilterDoubt {
  /// The same without what was typed already among the suggestions.
  fileprivate func without(_ typed: String) -> FilterDoubt {
    FilterDoubt(kind: kind, message: message, suggestions: suggestions.filter { $0 != typed }, ids: ids)
  }
}

extension KeyTable {
  /// What is doubtful about a filter that found `found` of these keys, which are all there are.
  package func doubts(about filter: Filter, found: Int, context: FilterContext) -> [FilterDoubt] {
    guard let root = filter.root else { return [] }
    // Patterns are worked out where they are needed: for most filters nowhere.
    let check = FilterCheck(self, [:], wholeIDs: FilterCheck.wholeIDs(in: root, self))
    let doubts = check.doubts(root, isSure: true)
    guard doubts.isEmpty else { return doubts.map { $0.without(filter.text) } }
    if found == 0, let doubt = caseDoubt(root, context) { return [doubt.without(filter.text)] }
    // Signs in quotes are meant.
    guard found == 0 || found == count, !filter.text.contains("\"") else { return [] }
    return root.signDoubt.map { [$0.without(filter.text)] } ?? []
  }

  /// Most work of a search that the user did not request, in steps of about a nanosecond.
  private static let mostWork = 64_000_000

  /// Whether capital letters are why nothing was found.
  private func caseDoubt(_ root: FilterNode, _ context: FilterContext) -> FilterDoubt? {
    guard let pattern = root.exactPattern, let relaxed = root.ignoringCase else { return nil }
    let query = KeyQuery(filter: Filter(text: "", root: relaxed))
    guard work(of: query) <= KeyTable.mostWork,
      let count = rows(matching: query, context: context)?.count, count > 0
    else { return nil }
    let text = String(decoding: pattern.bytes, as: UTF8.self)
    let folded = pattern.ignoringCase.map { String(decoding: $0.bytes, as: UTF8.self) }
    let keys = count == 1 ? "1 key" : "\(count) keys"
    if pattern.kind == .regex {
      return FilterDoubt(
        kind: .hint, message: "`/\(text)/` is exact about case; without regard to case \(keys) would match.",
        suggestions: ["/\(text)/i"])
    }
    return FilterDoubt(
      kind: .hint, message: "Capital letters are compared exactly; without regard to case \(keys) would match.",
      suggestions: folded.map { [$0] } ?? [])
  }
}

extension KeyTable {
  /// A value as the filter language reads it back, if it is no single word.
  static func quoted(_ text: String) -> String {
    let isWord = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || ".-_".utf8.contains($0)
    }
    if isWord { return text }
    return "\"" + text.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}

/// Compares the names in a filter with those that there are.
struct FilterCheck {
  private let table: KeyTable
  private let prepared: [TextPattern: PreparedPattern]
  private let wholeIDs: [TextPattern: [Int]]

  init(_ table: KeyTable, _ prepared: [TextPattern: PreparedPattern], wholeIDs: [TextPattern: [Int]]) {
    self.table = table
    self.prepared = prepared
    self.wholeIDs = wholeIDs
  }

  /// Whether rows that come later can change what earlier ones are.
  static func dependsOnTable(_ node: FilterNode) -> Bool { dependsOnTable(node, isSure: true) }

  private static func dependsOnTable(_ node: FilterNode, isSure: Bool) -> Bool {
    switch node {
    case .all(let nodes): nodes.contains { dependsOnTable($0, isSure: isSure) }
    case .any(let nodes): nodes.contains { dependsOnTable($0, isSure: false) }
    case .not(let node): dependsOnTable(node, isSure: false)
    case .test(.can(let pattern)), .test(.listed(let pattern)): !isInCatalogue(pattern)
    case .test(.text(.id, let pattern)), .test(.text(.creator, let pattern)): !isSure || pattern.kind == .whole
    case .test: false
    }
  }

  private static func isInCatalogue(_ pattern: TextPattern) -> Bool {
    var matcher = TextMatcher(pattern)
    for name in PermissionCatalog.names where matcher.matches(name) { return true }
    return false
  }

  /// The rows of each id that has to be whole: its own, else the one that begins with it, else none.
  static func wholeIDs(in node: FilterNode, _ table: KeyTable) -> [TextPattern: [Int]] {
    switch node {
    case .all(let nodes), .any(let nodes):
      return nodes.reduce(into: [:]) { $0.merge(wholeIDs(in: $1, table)) { first, _ in first } }
    case .not(let node): return wholeIDs(in: node, table)
    case .test(.text(.id, let pattern)) where pattern.kind == .whole:
      let found = rows(beginningWith: pattern, table)
      let length = pattern.bytes.count
      let whole = found.filter { table.id(at: $0).text.utf8.count == length }
      return [pattern: !whole.isEmpty ? whole : found.count == 1 && length >= KeyTable.leastPrefix ? found : []]
    case .test: return [:]
    }
  }

  private static func rows(beginningWith pattern: TextPattern, _ table: KeyTable) -> [Int] {
    let bounds = UUID128.bounds(ofPrefix: String(decoding: pattern.ofUUID.bytes, as: UTF8.self))
    var found: [Int] = []
    for index in 0..<table.chunkCount {
      let columns = table.chunk(index)
      let first = index << KeyColumns.shift
      if let bounds {
        for offset in 0..<columns.count where bounds.contains(columns.ids[offset]) {
          if columns.rare.opaqueIDs[offset] == nil { found.append(first + offset) }
        }
      }
      for (offset, id) in columns.rare.opaqueIDs where isBeginning(pattern, of: id) { found.append(first + offset) }
    }
    return found.sorted()
  }

  /// An id in a form of its own, which may be a UUID in capitals.
  private static func isBeginning(_ pattern: TextPattern, of id: String) -> Bool {
    if let uuid = UUID128(KeyTable.lowerCased(id)) { return KeyIdentifier.uuid(uuid).begins(with: pattern) }
    return KeyIdentifier.opaque(id).begins(with: pattern)
  }

  /// Whether the whole filter can mean nothing.
  func isMistaken(_ node: FilterNode) -> Bool { isMistaken(node, isSure: true) }

  private func isMistaken(_ node: FilterNode, isSure: Bool) -> Bool {
    switch node {
    case .all(let nodes): nodes.contains { isMistaken($0, isSure: isSure) }
    case .any(let nodes): nodes.contains { isMistaken($0, isSure: false) }
    case .not(let node): isMistaken(node, isSure: false)
    case .test(.can(let pattern)), .test(.listed(let pattern)): !isKnownPermission(pattern)
    case .test(.text(let field?, let pattern)) where field == .id || field == .creator:
      !isSure && !isKnown(pattern, field)
    case .test: false
    }
  }

  /// `isSure`: where the condition is not met, the filter is not.
  func doubts(_ node: FilterNode, isSure: Bool) -> [FilterDoubt] {
    switch node {
    case .all(let nodes): return nodes.flatMap { doubts($0, isSure: isSure) }
    case .any(let nodes): return nodes.flatMap { doubts($0, isSure: false) }
    case .not(let node): return doubts(node, isSure: false)
    case .test(.can(let pattern)), .test(.listed(let pattern)):
      return isKnownPermission(pattern) ? [] : [unknownPermission(pattern)]
    case .test(.text(let field?, let pattern)) where field == .id || field == .creator:
      return isKnown(pattern, field) ? [] : [unknownID(pattern, field, isSure: isSure)]
    case .test: return []
    }
  }

  // MARK: Permissions

  private func isKnownPermission(_ pattern: TextPattern) -> Bool {
    if prepared[pattern].map({ $0.permissions != 0 }) ?? FilterCheck.isInCatalogue(pattern) { return true }
    var matcher = TextMatcher(pattern)
    for index in 0..<table.chunkCount {
      for set in table.chunk(index).rare.permissionLists.values {
        for name in set.others where matcher.matches(name) { return true }
      }
    }
    return false
  }

  private func unknownPermission(_ pattern: TextPattern) -> FilterDoubt {
    let text = String(decoding: pattern.bytes, as: UTF8.self)
    let shown = pattern.kind == .regex ? "/\(text)/" : text
    var names = PermissionCatalog.groups.map { $0.resource + ".*" } + PermissionCatalog.names
    for index in 0..<table.chunkCount {
      for set in table.chunk(index).rare.permissionLists.values where names.count < 1000 { names += set.others }
    }
    var suggestions: [String] = []
    if let folded = pattern.ignoringCase, pattern.exact, isKnownPermission(folded) {
      suggestions = [pattern.kind == .regex ? "perm:/\(text)/i" : "perm:\(KeyTable.lowerCased(text))"]
    } else if pattern.kind != .regex {
      suggestions = NearestNames.to(text, in: names).map { "perm:\($0)" }
    }
    return FilterDoubt(
      kind: .mistake, message: "There is no permission `\(shown)`: no key lists it, and the catalogue has none.",
      suggestions: suggestions)
  }

  // MARK: Ids

  private func isKnown(_ pattern: TextPattern, _ field: KeyField) -> Bool {
    if field == .creator { return (prepared[pattern] ?? PreparedPattern(pattern, table)).creators != nil }
    if let rows = wholeIDs[pattern] { return !rows.isEmpty }
    let filter = Filter(text: "", root: .test(.text(.id, pattern)))
    let evaluation = FilterEvaluation(table: table, filter: filter, context: FilterContext(now: 0))
    for index in 0..<table.chunkCount where !evaluation.bits(chunk: index).isEmpty { return true }
    return false
  }

  private func unknownID(_ pattern: TextPattern, _ field: KeyField, isSure: Bool) -> FilterDoubt {
    let text = String(decoding: pattern.bytes, as: UTF8.self)
    let ids =
      field == .creator
      ? (prepared[pattern] ?? PreparedPattern(pattern, table)).ambiguousCreators
      : pattern.kind == .whole && pattern.bytes.count >= KeyTable.leastPrefix
        ? FilterCheck.rows(beginningWith: pattern, table).map { table.id(at: $0) } : []
    let noun = field == .creator ? "creator" : "key"
    if ids.count > 1 {
      return FilterDoubt(
        kind: .ambiguous, message: "\(ids.count) \(noun)s have an id that begins with `\(text)`: give more of it.",
        suggestions: ids.prefix(4).map { "\(field.name):\(KeyTable.quoted($0.text))" }, ids: Array(ids.prefix(200)))
    }
    var suggestions: [String] = []
    if field == .creator, pattern.kind != .regex, table.creatorCount <= 10_000 {
      suggestions = NearestNames.to(text, in: table.creators.identifiers.map(\.text)).map { "\(field.name):\($0)" }
    }
    let shown = pattern.kind == .regex ? "/\(text)/" : text
    return FilterDoubt(
      kind: isSure ? .hint : .mistake,
      message: field == .creator ? "No key has the creator `\(shown)`." : "No key has the id `\(shown)`.",
      suggestions: suggestions)
  }
}

extension FilterNode {
  /// What a sign in a text was probably meant for: `prod,ci`, `name=>prod`.
  fileprivate var signDoubt: FilterDoubt? {
    switch self {
    case .all(let nodes), .any(let nodes): return nodes.lazy.compactMap(\.signDoubt).first
    case .not(let node): return node.signDoubt
    case .test(.text(let field, let pattern)) where pattern.kind == .substring || pattern.kind == .whole:
      let text = String(decoding: pattern.bytes, as: UTF8.self)
      if field == nil {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 1, words.allSatisfy({ !$0.isEmpty }) else { return nil }
        return FilterDoubt(
          kind: .hint, message: "A comma parts the values of a field; outside of one it is looked for like a letter.",
          suggestions: [words.joined(separator: " | ")])
      }
      guard let field, let first = text.first, ":=<>!".contains(first) else { return nil }
      let rest = text.drop { ":=<>!".contains($0) }
      let name = FilterParser.fieldName(NamedField(field))
      return FilterDoubt(
        kind: .hint,
        message: "One operator is enough: the rest of it, `\(text.prefix(while: { ":=<>!".contains($0) }))`, "
          + "was looked for like letters.",
        suggestions: rest.isEmpty ? [] : ["\(name)\(pattern.kind == .whole ? "=" : ":")\(rest)"])
    case .test: return nil
    }
  }

  /// A text that is compared exactly, under no `-`.
  var exactPattern: TextPattern? {
    switch self {
    case .all(let nodes), .any(let nodes): nodes.lazy.compactMap(\.exactPattern).first
    case .not: nil
    case .test(.text(_, let pattern)), .test(.can(let pattern)), .test(.listed(let pattern)):
      pattern.exact ? pattern : nil
    case .test: nil
    }
  }

  /// The same without regard to case; nil where that cannot be expressed.
  var ignoringCase: FilterNode? {
    func all(_ nodes: [FilterNode]) -> [FilterNode]? {
      let relaxed = nodes.compactMap(\.ignoringCase)
      return relaxed.count == nodes.count ? relaxed : nil
    }
    switch self {
    case .all(let nodes): return all(nodes).map { .all($0) }
    case .any(let nodes): return all(nodes).map { .any($0) }
    case .not: return self
    case .test(.text(let field, let pattern)): return pattern.ignoringCase.map { .test(.text(field, $0)) }
    case .test(.can(let pattern)): return pattern.ignoringCase.map { .test(.can($0)) }
    case .test(.listed(let pattern)): return pattern.ignoringCase.map { .test(.listed($0)) }
    case .test: return self
    }
  }
}
