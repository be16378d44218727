import APIKeyModel

/// What each field takes as a value.
enum FilterValues {
  static let accessWords = KeyAccess.allCases.map(\.word)
  static let predicates = ["full", "limited", "unknown", "marked", "new", "changed", "gone", "odd"]
  /// Values of `has:` in the words of the filter's fields; every name of a field is taken.
  static let reportedNames = KeyField.all(for: .filter).map { FilterParser.fieldName(NamedField($0)) }
  static let restrictedWords = ["yes", "no", "unknown"]
  static let units: [(name: String, seconds: Int64)] = [
    ("h", 3600), ("d", 86_400), ("w", 604_800), ("mo", 2_592_000), ("y", 31_536_000),
  ]

  static func examples(of field: String) -> [String] {
    switch field {
    case "is": predicates
    case "has": reportedNames
    case "access": accessWords
    case "restricted": restrictedWords
    case "created": ["2026", "2026-01", "2026-01-31", "today", "yesterday"]
    case "age": ["24h", "7d", "2w", "6mo", "1y"]
    case "perms": ["0", "10", "50"]
    default: []
    }
  }

  /// One value of a field; `!=` is made by the caller as the opposite of `=`.
  static func node(
    _ field: FilterParser.FieldPrefix, _ value: FilterParser.Value, _ parser: FilterParser
  ) throws(FilterError) -> FilterNode {
    let isOrdered = field.operation.contains { $0 == "<" || $0 == ">" }
    if isOrdered, !["perms", "created", "age"].contains(field.canonical) {
      throw parser.error(
        at: field.operationStart, "`\(field.name)` cannot be compared with `\(field.operation)`.",
        ["\(field.name):", "\(field.name)=", "\(field.name)!="])
    }
    return .test(try TypedValue(field: field, value: value, parser: parser).test())
  }

  /// A value with the field it was typed for.
  private struct TypedValue {
    let field: FilterParser.FieldPrefix
    let value: FilterParser.Value
    let parser: FilterParser

    func test() throws(FilterError) -> FilterTest {
      let isWhole = field.operation != ":"
      switch field.canonical {
      case "name": return .text(.name, value.pattern(whole: isWhole))
      case "id": return .text(.id, value.idPattern(whole: isWhole))
      case "creator": return .text(.creator, value.idPattern(whole: isWhole))
      case "last4": return .text(.lastFour, value.pattern(whole: isWhole))
      case "perm":
        let pattern = value.pattern(whole: isWhole)
        return field.operation == ":=" ? .listed(pattern) : .can(pattern)
      case "access": return .access(try word(KeyAccess.allCases.map { ($0.word, $0) }))
      case "restricted": return .access(try word([("yes", .limited), ("no", .full), ("unknown", .unknown)]))
      case "has":
        if let named = NamedField(typed: value.text) { return .reported(named.field) }
        return .reported(try word(zip(reportedNames, KeyField.all(for: .filter)).map { ($0, $1) }))
      case "is": return try predicate()
      case "perms": return try permissionCount()
      case "age": return try age()
      default: return try created()
      }
    }

    private func predicate() throws(FilterError) -> FilterTest {
      try word([
        ("full", .access(.full)), ("limited", .access(.limited)), ("unknown", .access(.unknown)),
        ("marked", .marked), ("new", .new), ("changed", .changed), ("gone", .gone), ("odd", .odd),
      ])
    }

    private func permissionCount() throws(FilterError) -> FilterTest {
      guard let number = Int(value.text), (0...1_000_000).contains(number) else {
        throw misplacedOperator()
          ?? refusal("`\(field.name)` takes a whole number, not `\(value.text)`.", examples(of: "perms"))
      }
      return .permissionCount(comparison(field), number)
    }

    private func age() throws(FilterError) -> FilterTest {
      guard let (count, unit) = FilterValues.age(value.text) else {
        throw misplacedOperator()
          ?? refusal(
            "`age` takes a number and h, d, w, mo or y, not `\(value.text)`.",
            FilterAdvice.age(field, value.text).map { [$0] } ?? examples(of: "age"))
      }
      return .age(comparison(field), count: count, unit: unit)
    }

    private func created() throws(FilterError) -> FilterTest {
      guard let (from, to) = period(value.text) else { throw misplacedOperator() ?? notADate() }
      if let span = FilterAdvice.reversedSpan(field, value.text) {
        throw refusal("This span of dates ends before it begins: no key can be in it.", [span])
      }
      switch field.operation {
      case "<": return .created(nil, from)
      case "<=": return .created(nil, to)
      case ">": return .created(to, nil)
      case ">=": return .created(from, nil)
      default: return .created(from, to)
      }
    }

    // MARK: Refusals

    private func notADate() -> FilterError {
      if let span = FilterAdvice.openSpan(field, value.text) {
        return refusal("A span of dates has two ends, `A..B`; with one end it is a comparison.", [span])
      }
      let likely = FilterAdvice.created(field, value.text)
      return refusal(
        "`created` takes a UTC date such as 2026-01-31, 2026-01 or 2026, not `\(value.text)`.",
        likely.isEmpty ? examples(of: "created") : likely)
    }

    /// An operator after the colon, which belongs instead of the colon; nil if there is none.
    private func misplacedOperator() -> FilterError? {
      FilterAdvice.misplacedOperator(field, value.text).map { refusal($0.message, $0.suggestions) }
    }

    /// One of a few words in any letter case.
    private func word<Choice>(_ choices: [(String, Choice)]) throws(FilterError) -> Choice {
      let names = choices.map(\.0)
      let typed = value.text.lowercased()
      if let found = choices.first(where: { $0.0 == typed }) { return found.1 }
      let message = "`\(field.name)` takes \(names.joined(separator: ", ")), not `\(value.text)`."
      if let other = FilterAdvice.otherWord(field, typed) { throw refusal(message, [other]) }
      let near = NearestNames.to(typed, in: names)
      throw refusal(message, near.isEmpty ? names : near)
    }

    private func refusal(_ message: String, _ suggestions: [String]) -> FilterError {
      parser.error(at: value.start, message, suggestions)
    }
  }

  private static func comparison(_ field: FilterParser.FieldPrefix) -> Comparison {
    // `!=` is the opposite of `=`, made for the whole list of values at once.
    field.operation == "!=" ? .equal : Comparison(rawValue: field.operation) ?? .equal
  }

  /// `90d` as a count and the unit's seconds; a month has 30 days, a year 365.
  static func age(_ text: String) -> (count: Int64, unit: Int64)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits), count <= 1_000_000,
      let unit = units.first(where: { $0.name == text.dropFirst(digits.count).lowercased() })
    else { return nil }
    return (count, unit.seconds)
  }

  /// The span of time a date names, end not included; `A..B` reaches from the start of A to the end of B.
  static func period(_ text: String) -> (from: TimeBound, to: TimeBound)? {
    let bytes = Array(text.utf8)
    if let dots = bytes.indices.dropLast().first(where: { bytes[$0] == 0x2E && bytes[$0 + 1] == 0x2E }) {
      guard let first = period(String(decoding: bytes[..<dots], as: UTF8.self)),
        let last = period(String(decoding: bytes[(dots + 2)...], as: UTF8.self))
      else { return nil }
      return (first.from, last.to)
    }
    switch text.lowercased() {
    case "today": return (.day(0), .day(1))
    case "yesterday": return (.day(-1), .day(0))
    default: break
    }
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let widths = [4, 2, 2]
    guard parts.count <= 3, zip(parts, widths).allSatisfy({ $0.count == $1 }),
      parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
    else { return moment(text) }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    guard CreatedDate.years.contains(numbers[0]) else { return nil }
    let month = numbers.count > 1 ? numbers[1] : 1
    guard let start = CivilDate(year: numbers[0], month: month, day: numbers.count > 2 ? numbers[2] : 1) else {
      return nil
    }
    let length: Int64 =
      switch numbers.count {
      case 1: CivilDate.days(inMonth: 2, of: numbers[0]) == 29 ? 366 : 365
      case 2: Int64(CivilDate.days(inMonth: month, of: numbers[0]))
      default: 1
      }
    return (midnight(start.daysSinceEpoch), midnight(start.daysSinceEpoch + length))
  }

  /// The first moment of a UTC day, by its number since the epoch.
  static func midnight(_ day: Int64) -> TimeBound { .moment(day * 86_400_000_000) }

  /// Any other form of a date: it names what its smallest unit spans.
  private static func moment(_ text: String) -> (from: TimeBound, to: TimeBound)? {
    var text = text
    guard let reading = text.withUTF8({ CreatedDate.reading(utf8: $0) }) else { return nil }
    let start = reading.date.microseconds
    return (.moment(start), .moment(start + reading.span))
  }
}
