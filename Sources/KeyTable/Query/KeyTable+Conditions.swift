package import APIKeyModel

/// Filters that match exactly the keys that a tally counted, made as values; their text parses to the same filter.
extension KeyTable {
  /// Keys that can use a permission: those that list it, and those with full access.
  package func filter(permission name: String) throws(FilterError) -> Filter {
    var names = PermissionCatalog.names
    for index in 0..<chunkCount {
      for set in chunk(index).rare.permissionLists.values { names += set.others }
    }
    return try KeyTable.filter("perm", name, among: names)
  }

  /// Keys of one creator; nil is for keys without one.
  package func filter(creator: KeyIdentifier?) throws(FilterError) -> Filter {
    guard let creator else { return .without(.creator) }
    // A UUID is found in no other UUID.
    let others = creators.identifiers.filter { id in if case .opaque = id { true } else { false } }
    return try KeyTable.filter("creator", creator.text, among: others.map(\.text))
  }

  /// The loosest way of asking that no other of the names fits: within the text, the whole text, or letter by letter.
  private static func filter(
    _ field: String, _ value: String, among names: [String]
  ) throws(FilterError) -> Filter {
    func folded(_ text: String) -> [UInt8] {
      var bytes = Array(text.utf8)
      foldCase(&bytes)
      return bytes
    }
    let wanted = folded(value)
    let others = names.lazy.filter { !$0.utf8.elementsEqual(value.utf8) }.map(folded)
    if wanted.isEmpty || others.contains(wanted) { return try Filter.exactly(field, value) }
    let isWithin = others.contains { other in
      other.count > wanted.count
        && (0...(other.count - wanted.count)).contains { other[$0...].starts(with: wanted) }
    }
    return try Filter(field, isWithin ? "=" : ":", value)
  }
}

extension Filter {
  /// Keys for which a field was not reported, or not understood.
  package static func without(_ field: KeyField) -> Filter {
    Filter(text: "-has:\(FilterParser.fieldName(NamedField(field)))", root: .not(.test(.reported(field))))
  }

  /// Keys created in a UTC month; nil where there is no such month. Dates outside the calendar's years are counted in
  /// the nearest month, and are found with it.
  package init?(year: Int, month: Int) {
    guard let start = CivilDate(year: year, month: month, day: 1) else { return nil }
    let end = start.daysSinceEpoch + Int64(CivilDate.days(inMonth: month, of: year))
    let (from, to) = (FilterValues.midnight(start.daysSinceEpoch), FilterValues.midnight(end))
    let text = MonthTally(year: year, month: month, keys: 0).text
    switch text {
    case MonthTally.first: self.init(text: "created<=\(text)", root: .test(.created(nil, to)))
    case MonthTally.last: self.init(text: "created>=\(text)", root: .test(.created(from, nil)))
    default: self.init(text: "created:\(text)", root: .test(.created(from, to)))
    }
  }

  /// A field with a value, quoted in the text where the language needs it.
  fileprivate init(_ field: String, _ operation: String, _ value: String) throws(FilterError) {
    try self.init(
      field, operation, FilterParser.Value(start: 0, text: value, form: .quoted, isFuzzy: false),
      written: Filter.quotedIfNeeded(value))
  }

  /// Keys of which a field is a text letter by letter, capitals and small letters apart; the filter's text is ASCII.
  package static func exactly(_ field: String, _ value: String) throws(FilterError) -> Filter {
    try Filter(field, exactly: value)
  }

  private init(_ field: String, exactly value: String) throws(FilterError) {
    let letters = value.unicodeScalars.map { scalar in
      let isAlphanumeric = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isAlphanumeric ? String(scalar) : "\\x{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
    let source = "^\(letters.joined())$"
    let pattern: TextPattern
    do throws(RegexProblem) {
      pattern = TextPattern(
        try RegularExpression(source, ignoresCase: false), source: source, ignoresCase: false)
    } catch {
      throw FilterError(error)
    }
    try self.init(
      field, ":", FilterParser.Value(start: 0, text: source, form: .regex(pattern), isFuzzy: false),
      written: "/\(source)/")
  }

  private init(
    _ field: String, _ operation: String, _ value: FilterParser.Value, written: String
  ) throws(FilterError) {
    let text = "\(field)\(operation)\(written)"
    let prefix = FilterParser.FieldPrefix(
      name: field, canonical: field, operation: operation, start: 0, operationStart: 0)
    self.init(text: text, root: try FilterValues.node(prefix, value, FilterParser(text)))
  }

  /// The keys that match this filter and a condition too, within the limits that a typed filter has.
  package func adding(_ condition: Filter) throws(FilterError) -> Filter {
    guard let own = root else { return condition }
    guard let added = condition.root else { return self }
    var nodes = [own]
    if !hasAlternatives, case .all(let conditions) = own { nodes = conditions }
    // Asked again, the filter stays as it is.
    if nodes.contains(added) { return Filter(text: trimmedText, root: own) }
    let text = text(adding: condition.text)
    if text.unicodeScalars.count > FilterParser.maximumLength { throw FilterParser.tooLong }
    let root = FilterNode.all(nodes + [added])
    if root.regexSize > RegularExpression.maximumSize { throw FilterError(RegularExpression.tooLarge) }
    return Filter(text: text, root: root)
  }

  /// A value as the filter language reads it back.
  package static func quotedIfNeeded(_ text: String) -> String {
    let isWord = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D
    }
    if isWord && !text.isEmpty { return text }
    // By scalars: a mark after a quote makes the two one character, and the quote would stay.
    return "\"" + text.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }

  /// The text of a filter for the keys that match this one and a condition too, to be shown.
  package func text(adding condition: String) -> String {
    if isEmpty { return condition }
    let beside = "\(trimmedText) \(condition)"
    // The word `or` alone is searched for; beside a condition it is a mistake.
    return hasAlternatives || !Filter.isRead(beside) ? "(\(text)) \(condition)" : beside
  }

  private static func isRead(_ text: String) -> Bool {
    do throws(FilterError) {
      _ = try Filter(parsing: text)
      return true
    } catch {
      return false
    }
  }

  private var trimmedText: String {
    let trimmed = text.unicodeScalars.reversed().drop { $0.properties.isWhitespace }.reversed()
    return String(String.UnicodeScalarView(trimmed))
  }
}

extension FilterError {
  /// Of a condition that was not typed.
  fileprivate init(_ problem: RegexProblem) {
    self.init(column: 1, message: problem.sentence, suggestions: problem.suggestions)
  }
}
