import APIKeyModel
import Glibc

/// What was probably meant by a text that the filter language reads in another way, or not at all.
enum FilterAdvice {
  /// How a word of other languages is written here; nil for any other word.
  static func operatorWord(_ text: String) -> (sentence: String, sign: String)? {
    switch text.lowercased() {
    case "not": ("`\(text)` is written `-` before a condition.", "-")
    case "or": ("`\(text)` is written `|`.", "| ")
    case "and", "&&", "&": ("Conditions side by side must all hold, without `\(text)`.", "")
    default: nil
    }
  }

  /// `age:>1y`: one operator too many.
  static func misplacedOperator(
    _ field: FilterParser.FieldPrefix, _ value: String
  ) -> (message: String, suggestions: [String])? {
    let rest = value.drop { ":=<>!".contains($0) }
    guard rest.count < value.count, !rest.isEmpty else { return nil }
    var operation = String(value.prefix(value.count - rest.count)).filter { $0 != ":" }
    if operation.isEmpty { operation = field.operation == ":" ? "=" : field.operation }
    let hasMeaning = Comparison(rawValue: operation) != nil
    return (
      "One operator is enough: `\(field.name)` is followed by `\(operation)` alone.",
      hasMeaning ? ["\(field.name)\(operation)\(rest)"] : []
    )
  }

  /// Words of other languages and programs for one of the values of a field.
  static func otherWord(_ field: FilterParser.FieldPrefix, _ value: String) -> String? {
    let isOpposite = field.operation == "!="
    let operation = isOpposite ? "!=" : field.operation
    let word: String? =
      switch (field.canonical, value) {
      case ("restricted", "true"), ("restricted", "1"), ("restricted", "y"), ("restricted", "t"),
        ("restricted", "limited"), ("restricted", "on"), ("restricted", "restricted"):
        "yes"
      case ("restricted", "false"), ("restricted", "0"), ("restricted", "n"), ("restricted", "f"),
        ("restricted", "full"), ("restricted", "off"), ("restricted", "unrestricted"):
        "no"
      case ("restricted", "null"), ("restricted", "none"), ("restricted", "nil"): "unknown"
      case ("is", "restricted"), ("access", "restricted"), ("access", "partial"): "limited"
      case ("is", "unrestricted"), ("is", "admin"), ("access", "unrestricted"), ("access", "admin"), ("access", "all"):
        "full"
      case ("is", "selected"), ("is", "starred"): "marked"
      case ("is", "deleted"), ("is", "removed"): "gone"
      case ("is", "added"), ("is", "created"): "new"
      case ("is", "modified"), ("is", "updated"): "changed"
      case ("is", "damaged"), ("is", "broken"), ("is", "invalid"): "odd"
      default: nil
      }
    return word.map { "\(field.name)\(operation)\($0)" }
  }

  /// `1year`, `2hrs`: an age with its unit written out; nil for what is no such age.
  static func age(_ field: FilterParser.FieldPrefix, _ value: String) -> String? {
    let digits = value.prefix { $0.isASCII && $0.isNumber }
    var unit = value.dropFirst(digits.count).lowercased()
    if unit.count > 2, unit.hasSuffix("s") { unit.removeLast() }
    let units = [
      "hour": "h", "hr": "h", "day": "d", "week": "w", "wk": "w", "month": "mo", "mon": "mo", "year": "y", "yr": "y",
    ]
    guard !digits.isEmpty, let short = units[unit] else { return nil }
    return "\(field.name)\(field.operation)\(digits)\(short)"
  }

  /// `created:2026-01..`, `created:..2026`: a span with one end only.
  static func openSpan(_ field: FilterParser.FieldPrefix, _ value: String) -> String? {
    guard field.operation == ":" || field.operation == "=" else { return nil }
    if value.hasSuffix(".."), FilterValues.period(String(value.dropLast(2))) != nil {
      return "\(field.name)>=\(value.dropLast(2))"
    }
    if value.hasPrefix(".."), FilterValues.period(String(value.dropFirst(2))) != nil {
      return "\(field.name)<=\(value.dropFirst(2))"
    }
    return nil
  }

  /// `created:2026..2025`: the span in its order; nil where it is in order already.
  static func reversedSpan(_ field: FilterParser.FieldPrefix, _ value: String) -> String? {
    guard let dots = value.firstRange(of: ".."), let (from, to) = FilterValues.period(value) else { return nil }
    let isReversed =
      switch (from, to) {
      case (.moment(let from), .moment(let to)): from >= to
      case (.day(let from), .day(let to)): from >= to
      default: false
      }
    guard isReversed else { return nil }
    return "\(field.name)\(field.operation)\(value[dots.upperBound...])..\(value[..<dots.lowerBound])"
  }

  /// Periods in forms that a date field does not read.
  static func created(_ field: FilterParser.FieldPrefix, _ text: String, now: Int64 = Int64(time(nil))) -> [String] {
    let value = String(text.lowercased().map { $0 == "_" || $0 == "/" || $0 == "." ? "-" : $0 })
    let period = quarter(value) ?? relative(value, now: now) ?? otherDate(value)
    if let period { return ["\(field.name)\(field.operation)\(period)"] }
    // `created:30d` is an age.
    if FilterValues.age(text) != nil {
      let isBefore = field.operation.hasPrefix("<")
      return [isBefore ? "age>\(text)" : "age<\(text)"]
    }
    return []
  }

  private static func span(_ year: Int, _ first: Int, _ last: Int) -> String {
    "\(year)-\(twoDigits(first))..\(year)-\(twoDigits(last))"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// `2025-Q4`, `Q4-2025`, `2025Q4`, `2025-H1`
  private static func quarter(_ value: String) -> String? {
    let scalars = Array(value.filter { $0 != "-" })
    guard scalars.count == 6 else { return nil }
    let isLast = scalars[4] == "q" || scalars[4] == "h"
    let (letter, digit, digits) =
      isLast ? (scalars[4], scalars[5], scalars[..<4]) : (scalars[0], scalars[1], scalars[2...])
    guard let year = Int(String(digits)), (1970...9999).contains(year), let number = Int(String(digit)) else {
      return nil
    }
    switch letter {
    case "q" where (1...4).contains(number): return span(year, number * 3 - 2, number * 3)
    case "h" where (1...2).contains(number): return span(year, number * 6 - 5, number * 6)
    default: return nil
    }
  }

  /// `last-month`, `this-year`, `last-30-days`
  private static func relative(_ value: String, now: Int64) -> String? {
    let words = value.split(separator: "-").map(String.init)
    guard words.count >= 2, ["last", "this", "past", "previous", "current"].contains(words[0]) else { return nil }
    let today = CivilTime(seconds: now).date
    let isThis = words[0] == "this" || words[0] == "current"
    func day(_ back: Int64) -> String {
      let date = CivilTime(seconds: now - back * 86_400).date
      return "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))"
    }
    if words.count == 3, let days = Int64(words[1]), (1...100_000).contains(days), words[2].hasPrefix("day") {
      return "\(day(days)).." + day(0)
    }
    guard words.count == 2 else { return nil }
    switch words[1] {
    case "month":
      let (year, month) =
        isThis ? (today.year, today.month) : today.month == 1 ? (today.year - 1, 12) : (today.year, today.month - 1)
      return "\(year)-\(twoDigits(month))"
    case "year": return "\(isThis ? today.year : today.year - 1)"
    case "week": return isThis ? "\(day(6))..\(day(0))" : "\(day(13))..\(day(7))"
    case "quarter":
      let number = (today.month - 1) / 3
      if isThis { return span(today.year, number * 3 + 1, number * 3 + 3) }
      return number == 0 ? span(today.year - 1, 10, 12) : span(today.year, number * 3 - 2, number * 3)
    default: return nil
    }
  }

  /// `2026-1-5`, `2026/01/05`, `31.01.2026`, `20260131`, `jan-2026`, `2026-january`
  private static func otherDate(_ value: String) -> String? {
    if value.utf8.count == 8, Int(value) != nil {
      return date(String(value.prefix(4)), String(value.dropFirst(4).prefix(2)), String(value.suffix(2)))
    }
    let parts = value.split(separator: "-").map(String.init)
    if parts.count == 2 {
      let (year, month) = parts[0].count == 4 && Int(parts[0]) != nil ? (parts[0], parts[1]) : (parts[1], parts[0])
      guard year.count == 4, let number = Int(year) else { return nil }
      let named = (1...12).first { month.count >= 3 && CivilDate.name(ofMonth: $0).lowercased().hasPrefix(month) }
      guard let found = named ?? Int(month), (1...12).contains(found) else { return nil }
      return "\(number)-\(twoDigits(found))"
    }
    guard parts.count == 3 else { return nil }
    return parts[0].count == 4 ? date(parts[0], parts[1], parts[2]) : date(parts[2], parts[1], parts[0])
  }

  private static func date(_ year: String, _ month: String, _ day: String) -> String? {
    guard year.count == 4, let year = Int(year), let month = Int(month), let day = Int(day),
      (1970...9999).contains(year), CivilDate(year: year, month: month, day: day) != nil
    else { return nil }
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }
}
