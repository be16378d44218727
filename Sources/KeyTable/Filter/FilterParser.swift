import APIKeyModel

/// Reads the filter language by recursive descent over Unicode scalars.
struct FilterParser {
  static let maximumLength = 4096
  static let maximumDepth = 64
  static let tooLong = FilterError(
    column: maximumLength + 1, message: "A filter has at most \(maximumLength) characters.", suggestions: [])
  /// What is offered; every name of ``KeyField`` is taken.
  static let fieldNames = [
    "name", "id", "creator", "last4", "perm", "perms", "access", "restricted", "created", "age", "has", "is",
  ]

  /// The name by which a filter calls a field.
  static func fieldName(_ named: NamedField) -> String {
    switch named.field {
    case .lastFour: "last4"
    case .permissions: named.isCount ? "perms" : "perm"
    default: named.field.name
    }
  }

  /// Which of ``fieldNames`` a typed name means; nil where there is no such field.
  static func canonical(_ name: String) -> String? {
    if fieldNames.contains(name) { return name }
    return NamedField(typed: name).map(fieldName)
  }

  private let text: [Unicode.Scalar]
  private var position = 0
  /// Steps that the regular expressions may still have.
  private var regexSize = RegularExpression.maximumSize
  /// Whether a `|` is outside of every parenthesis.
  private(set) var hasAlternatives = false

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  /// The whole filter; nil when there is only white space.
  mutating func parse() throws(FilterError) -> FilterNode? {
    if text.count > FilterParser.maximumLength { throw FilterParser.tooLong }
    skipSpace()
    if position == text.count { return nil }
    let node = try alternatives(depth: 0)
    if position < text.count { throw error(at: position, "This `)` closes nothing.") }
    return node
  }

  func error(at position: Int, _ message: String, _ suggestions: [String] = []) -> FilterError {
    // What was typed already is no help.
    let typed = String(String.UnicodeScalarView(text))
    return FilterError(column: position + 1, message: message, suggestions: suggestions.filter { $0 != typed })
  }

  private var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let scalar = current, scalar.properties.isWhitespace { position += 1 }
  }

  private mutating func alternatives(depth: Int) throws(FilterError) -> FilterNode {
    if depth > FilterParser.maximumDepth { throw error(at: position, "Parentheses nest at most 64 deep.") }
    var nodes = [try conjunction(depth: depth)]
    while current == "|" {
      position += 1
      if depth == 0 { hasAlternatives = true }
      nodes.append(try conjunction(depth: depth))
    }
    return nodes.count == 1 ? nodes[0] : .any(nodes)
  }

  private mutating func conjunction(depth: Int) throws(FilterError) -> FilterNode {
    var nodes: [FilterNode] = []
    skipSpace()
    while let scalar = current, scalar != "|", scalar != ")" {
      nodes.append(try term(depth: depth, hasBefore: !nodes.isEmpty))
      skipSpace()
    }
    if nodes.isEmpty {
      let isDoubled = current == "|" && position > 0 && text[position - 1] == "|"
      throw error(at: position, isDoubled ? "One `|` is enough." : "A condition is missing here.")
    }
    return nodes.count == 1 ? nodes[0] : .all(nodes)
  }

  /// `hasBefore`: a condition precedes it.
  private mutating func term(depth: Int, hasBefore: Bool) throws(FilterError) -> FilterNode {
    if current == "-" || current == "!" {
      let start = position
      position += 1
      guard let next = current, !next.properties.isWhitespace, next != "|", next != ")", next != "-", next != "!" else {
        throw error(at: start, "A condition must follow `\(text[start])`.")
      }
      return .not(try term(depth: depth, hasBefore: false))
    }
    if current == "(" {
      let start = position
      position += 1
      let node = try alternatives(depth: depth + 1)
      guard current == ")" else { throw error(at: start, "This `(` is never closed.") }
      position += 1
      return node
    }
    if let field = try fieldPrefix() { return try fieldTerm(field) }
    let value = try value(stopAtComma: false)
    try refuseOperatorWord(value, hasBefore: hasBefore)
    try refuseParted(value)
    var pattern = value.pattern()
    // A whole UUID is an id, in whatever letters it is typed.
    if UUID128(KeyTable.lowerCased(value.text)) != nil { pattern.isOfID = true }
    return .test(.text(nil, pattern))
  }

  /// A field name and its operator.
  struct FieldPrefix {
    /// As typed, in small letters.
    let name: String
    /// Which of ``FilterParser/fieldNames`` it means.
    let canonical: String
    let operation: String
    let start: Int
    let operationStart: Int
  }

  private mutating func fieldPrefix() throws(FilterError) -> FieldPrefix? {
    func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII && (scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }
    var end = position
    while end < text.count, isNameScalar(text[end]) { end += 1 }
    // A hyphen belongs to the names that have one; any other text with a hyphen is a word.
    var long = end
    while long < text.count, text[long] == "-" || isNameScalar(text[long]) { long += 1 }
    if long > end, FilterParser.canonical(String(String.UnicodeScalarView(text[position..<long])).lowercased()) != nil {
      end = long
    }
    guard end > position, end < text.count, let first = text[end...].first, ":=<>!".unicodeScalars.contains(first)
    else {
      return nil
    }
    var operation = String(first)
    if end + 1 < text.count, text[end + 1] == "=" { operation += "=" }
    if operation == "!" { return nil }
    let name = String(String.UnicodeScalarView(text[position..<end]))
    let folded = name.lowercased()
    guard let canonical = FilterParser.canonical(folded) else {
      let near = NearestNames.to(folded, in: FilterParser.fieldNames)
      throw error(
        at: position, "There is no field `\(name)`; to search for this text, put it in quotes.",
        near.isEmpty ? FilterParser.fieldNames : near)
    }
    let prefix = FieldPrefix(
      name: folded, canonical: canonical, operation: operation, start: position, operationStart: end)
    position = end + operation.unicodeScalars.count
    return prefix
  }

  /// One value as typed: where it starts, its text, and how it was written.
  struct Value {
    enum Form { case unquoted, quoted, regex(TextPattern) }
    let start: Int
    let text: String
    let form: Form
    let isFuzzy: Bool

    /// Of an id, which may be shortened as screens do it: `3df1d533…`.
    func idPattern(whole: Bool) -> TextPattern {
      var pattern = pattern(whole: whole)
      if pattern.kind == .whole || pattern.kind == .substring, let short = KeyTable.withoutEllipsis(text) {
        pattern = TextPattern(pattern.kind, short)
      }
      pattern.isOfID = true
      return pattern
    }

    func pattern(whole: Bool = false) -> TextPattern {
      switch form {
      case .regex(let pattern): return pattern
      case .quoted: return TextPattern(whole ? .whole : .substring, text)
      case .unquoted:
        if isFuzzy { return TextPattern(.fuzzy, text) }
        if text.unicodeScalars.contains(where: { $0 == "*" || $0 == "?" }) { return TextPattern(.glob, text) }
        return TextPattern(whole ? .whole : .substring, text)
      }
    }
  }

  /// `and`, `or` and `not` beside other words are meant as what other languages do with them.
  private func refuseOperatorWord(_ value: Value, hasBefore: Bool) throws(FilterError) {
    guard case .unquoted = value.form, !value.isFuzzy, let advice = FilterAdvice.operatorWord(value.text) else {
      return
    }
    var after = position
    while after < text.count, text[after].properties.isWhitespace { after += 1 }
    let hasAfter = after < text.count && text[after] != "|" && text[after] != ")"
    guard hasBefore || hasAfter else { return }
    func joined(_ scalars: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(scalars)) }
    let rest = joined(text[after...])
    throw error(
      at: value.start, "\(advice.sentence) To search for the word, put it in quotes.",
      rest.isEmpty ? [] : [joined(text[..<value.start]) + advice.sign + rest])
  }

  /// `age < 1y`, `name : prod`: the name of a field, and its operator after a blank.
  private func refuseParted(_ value: Value) throws(FilterError) {
    guard case .unquoted = value.form, !value.isFuzzy, FilterParser.canonical(value.text.lowercased()) != nil else {
      return
    }
    var start = position
    while start < text.count, text[start].properties.isWhitespace { start += 1 }
    var end = start
    while end < text.count, ":=<>!".unicodeScalars.contains(text[end]) { end += 1 }
    let operation = String(String.UnicodeScalarView(text[start..<end]))
    guard [":", "=", ":=", "==", "!=", "<", "<=", ">", ">="].contains(operation) else { return }
    while end < text.count, text[end].properties.isWhitespace { end += 1 }
    let before = String(String.UnicodeScalarView(text[..<position])) + operation
    throw error(
      at: start,
      "No blank stands between a field, its operator and the value. To search for the word, put it in quotes.",
      end < text.count ? [before + String(String.UnicodeScalarView(text[end...]))] : [])
  }

  mutating func value(stopAtComma: Bool) throws(FilterError) -> Value {
    let start = position
    if current == "\"" { return Value(start: start, text: try quoted(), form: .quoted, isFuzzy: false) }
    if current == "/" { return try regex() }
    let isFuzzy = current == "~"
    if isFuzzy { position += 1 }
    var scalars = String.UnicodeScalarView()
    while let scalar = current, !scalar.properties.isWhitespace, !"()|\"".unicodeScalars.contains(scalar),
      !(stopAtComma && scalar == ",")
    {
      scalars.append(scalar)
      position += 1
    }
    if scalars.isEmpty { throw error(at: position, "A value is missing here.") }
    return Value(start: start, text: String(scalars), form: .unquoted, isFuzzy: isFuzzy)
  }

  private mutating func quoted() throws(FilterError) -> String {
    let start = position
    position += 1
    var scalars = String.UnicodeScalarView()
    while let scalar = current, scalar != "\"" {
      position += 1
      if scalar == "\\", let next = current, next == "\"" || next == "\\" {
        scalars.append(next)
        position += 1
      } else {
        scalars.append(scalar)
      }
    }
    guard current == "\"" else { throw error(at: start, "This `\"` is never closed.") }
    position += 1
    if scalars.isEmpty { throw error(at: start, "There is nothing between these quotes.") }
    return String(scalars)
  }

  /// The text between slashes, and an `i` after them.
  private mutating func regex() throws(FilterError) -> Value {
    let start = position
    var scalars = String.UnicodeScalarView()
    // The position of each scalar in the filter: `\/` is one.
    var places: [Int] = []
    var at = position + 1
    while at < text.count, text[at] != "/" {
      places.append(at)
      if text[at] == "\\", at + 1 < text.count {
        at += 1
        if text[at] != "/" {
          scalars.append("\\")
          places.append(at)
        }
      }
      scalars.append(text[at])
      at += 1
    }
    guard at < text.count else { throw error(at: start, "This `/` starts a regular expression that is never closed.") }
    position = at + 1
    if scalars.isEmpty { throw error(at: start, "This regular expression is empty.") }
    let source = String(scalars)
    let ignoresCase = try regexFlag()
    do throws(RegexProblem) {
      let regex = try RegularExpression(source, ignoresCase: ignoresCase)
      regexSize -= regex.size
      if regexSize < 0 { throw RegularExpression.tooLarge }
      let pattern = TextPattern(regex, source: source, ignoresCase: ignoresCase)
      return Value(start: start, text: source, form: .regex(pattern), isFuzzy: false)
    } catch {
      let place = error.place.map { $0 < places.count ? places[$0] : at } ?? start
      throw self.error(at: place, error.sentence, error.suggestions)
    }
  }

  /// Whether an `i` follows; anything else that looks like a flag is refused.
  private mutating func regexFlag() throws(FilterError) -> Bool {
    var end = position
    while end < text.count, text[end].properties.isAlphabetic { end += 1 }
    if end == position { return false }
    let flags = String(String.UnicodeScalarView(text[position..<end]))
    guard flags == "i" else {
      throw error(
        at: position, "`\(flags)` is no flag of a regular expression: `i`, which ignores case, is the only one.")
    }
    position = end
    return true
  }

  private mutating func fieldTerm(_ field: FieldPrefix) throws(FilterError) -> FilterNode {
    guard let next = current, !next.properties.isWhitespace, next != ")", next != "|" else {
      throw error(
        at: position, "A value is missing after `\(field.name)\(field.operation)`.",
        FilterValues.examples(of: field.canonical))
    }
    var nodes: [FilterNode] = []
    while true {
      let value = try value(stopAtComma: true)
      nodes.append(try FilterValues.node(field, value, self))
      guard current == "," else { break }
      position += 1
    }
    if let scalar = current, !scalar.properties.isWhitespace, scalar != ")", scalar != "|" {
      throw error(at: position, "A space, a comma, `|` or `)` must follow a value.")
    }
    let node = nodes.count == 1 ? nodes[0] : FilterNode.any(nodes)
    return field.operation == "!=" ? .not(node) : node
  }
}
