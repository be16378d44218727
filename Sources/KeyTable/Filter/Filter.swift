import APIKeyModel

/// A condition on keys, parsed from the filter language (docs/filter-language.md).
package struct Filter: Sendable, Equatable {
  /// As typed.
  package let text: String
  /// Nil matches every key.
  let root: FilterNode?
  /// What is beside it must be outside of the parentheses around it.
  let hasAlternatives: Bool
  /// It asks about keys that are gone, which are searched instead of those in the list.
  package let asksForGone: Bool

  package var isEmpty: Bool { root == nil }
  /// Every condition is evaluated by a scan at the speed of memory.
  package var isQuick: Bool { root?.isQuick ?? true }
  /// What a byte of the keys' texts costs at most to be searched, in steps of about a nanosecond.
  package var cost: Int { root?.cost ?? 0 }
  var usesRegex: Bool { root?.usesRegex ?? false }
  /// Whether it asks when keys were created.
  package var usesDates: Bool { root?.usesDates ?? false }
  /// Whether marking a key can change what it shows.
  package var usesMarks: Bool { root?.uses(.marked) ?? false }
  package var usesNew: Bool { root?.uses(.new) ?? false }
  package var usesChanged: Bool { root?.uses(.changed) ?? false }
  /// Its first condition on what only the dashboard and plain mode know of a key; nil where it has none.
  package var wordOfSession: String? {
    let words: [(String, FilterTest)] = [("marked", .marked), ("new", .new), ("changed", .changed), ("gone", .gone)]
    return words.first { root?.uses($0.1) == true }.map { "is:\($0.0)" }
  }
  package static let none = Filter(text: "", root: nil)

  init(text: String, root: FilterNode?, hasAlternatives: Bool = false) {
    self.text = text
    self.root = root
    self.hasAlternatives = hasAlternatives
    asksForGone = root?.implies(.gone) ?? false
  }

  /// Reads a filter; blank text matches every key.
  package init(parsing text: String) throws(FilterError) {
    var parser = FilterParser(text)
    let root = try parser.parse()
    self.init(text: text, root: root, hasAlternatives: parser.hasAlternatives)
    // Gone keys and others are never in one list: no number could speak of both.
    if !asksForGone, let root, root.uses(.gone, isNegated: false) {
      throw FilterError(
        column: 1, message: "`is:gone` asks about keys that are no longer in the list, not about others too.",
        suggestions: ["is:gone"])
    }
  }
}

/// What evaluation needs besides the table.
package struct FilterContext: Sendable, Equatable {
  /// Seconds since the epoch, for ages, `today` and `yesterday`.
  package var now: Int64
  /// For `is:marked`.
  package var marked: RowSet
  /// For `is:new`.
  package var newRows: RowSet
  /// For `is:changed`.
  package var changedRows: RowSet
  /// For `is:gone`: of the table of keys that are gone.
  package var goneRows: RowSet

  package init(
    now: Int64, marked: RowSet = RowSet(), newRows: RowSet = RowSet(), changedRows: RowSet = RowSet(),
    goneRows: RowSet = RowSet()
  ) {
    self.now = now
    self.marked = marked
    self.newRows = newRows
    self.changedRows = changedRows
    self.goneRows = goneRows
  }
}

/// Why a filter cannot be read.
package struct FilterError: Error, Sendable, Equatable {
  /// Where, in Unicode scalars from 1.
  package let column: Int
  /// A full sentence.
  package let message: String
  /// What would be valid there instead, nearest first.
  package let suggestions: [String]
}

indirect enum FilterNode: Sendable, Equatable {
  case all([FilterNode])
  case any([FilterNode])
  case not(FilterNode)
  case test(FilterTest)

  var isQuick: Bool {
    switch self {
    case .all(let nodes), .any(let nodes): nodes.allSatisfy(\.isQuick)
    case .not(let node): node.isQuick
    case .test(.text(_, let pattern)): pattern.kind == .substring
    case .test: true
    }
  }

  var cost: Int {
    switch self {
    case .all(let nodes), .any(let nodes): nodes.reduce(0) { $0 + $1.cost }
    case .not(let node): node.cost
    case .test(.text(_, let pattern)), .test(.can(let pattern)), .test(.listed(let pattern)): pattern.cost
    case .test: 1
    }
  }

  var usesRegex: Bool {
    switch self {
    case .all(let nodes), .any(let nodes): nodes.contains { $0.usesRegex }
    case .not(let node): node.usesRegex
    case .test(.text(_, let pattern)), .test(.can(let pattern)), .test(.listed(let pattern)): pattern.kind == .regex
    case .test: false
    }
  }

  /// Steps that its regular expressions have together.
  var regexSize: Int {
    switch self {
    case .all(let nodes), .any(let nodes): nodes.reduce(0) { $0 + $1.regexSize }
    case .not(let node): node.regexSize
    case .test(.text(_, let pattern)), .test(.can(let pattern)), .test(.listed(let pattern)): pattern.regex?.size ?? 0
    case .test: 0
    }
  }

  var usesDates: Bool {
    switch self {
    case .all(let nodes), .any(let nodes): nodes.contains { $0.usesDates }
    case .not(let node): node.usesDates
    case .test(.created), .test(.age): true
    case .test: false
    }
  }

  func uses(_ test: FilterTest) -> Bool {
    uses(test, isNegated: false) || uses(test, isNegated: true)
  }

  /// Whether a test occurs, under an even number of negations or under an odd one.
  func uses(_ test: FilterTest, isNegated: Bool) -> Bool {
    switch self {
    case .all(let nodes), .any(let nodes): nodes.contains { $0.uses(test, isNegated: isNegated) }
    case .not(let node): node.uses(test, isNegated: !isNegated)
    case .test(let own): !isNegated && own == test
    }
  }

  /// Whether nothing can match but what passes a test; false where that takes more than the form of the filter to see.
  func implies(_ test: FilterTest, isNegated: Bool = false) -> Bool {
    switch self {
    case .test(let own): !isNegated && own == test
    case .not(let node): node.implies(test, isNegated: !isNegated)
    case .all(let nodes):
      isNegated
        ? nodes.allSatisfy { $0.implies(test, isNegated: true) } : nodes.contains { $0.implies(test) }
    case .any(let nodes):
      isNegated
        ? nodes.contains { $0.implies(test, isNegated: true) } : nodes.allSatisfy { $0.implies(test) }
    }
  }
}

/// One condition on one key. A comparison with something that was not reported, or not understood, is false.
enum FilterTest: Sendable, Equatable {
  /// A nil field is any that has text.
  case text(KeyField?, TextPattern)
  /// What the key can do: a full-access key can do everything.
  case can(TextPattern)
  case listed(TextPattern)
  case permissionCount(Comparison, Int)
  case access(KeyAccess)
  /// From the first bound up to, not including, the second; nil is open.
  case created(TimeBound?, TimeBound?)
  case age(Comparison, count: Int64, unit: Int64)
  case reported(KeyField)
  case marked
  case new
  /// Some field was damaged or not understood.
  case odd
  case changed
  case gone
}

enum Comparison: String, Sendable {
  case equal = "=", notEqual = "!=", greater = ">", greaterOrEqual = ">=", less = "<", lessOrEqual = "<="

  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .less: left < right
    case .lessOrEqual: left <= right
    }
  }
}

/// A moment in microseconds since the epoch, or a UTC day counted from today.
enum TimeBound: Sendable, Equatable {
  case moment(Int64)
  case day(Int64)

  func microseconds(now: Int64) -> Int64 {
    switch self {
    case .moment(let value): value
    case .day(let offset): (CivilDate.floorDivide(now, 86_400) + offset) * 86_400_000_000
    }
  }
}

/// How a text is compared. `bytes` are folded unless `exact`, which a capital letter switches on; a regular expression
/// is exact unless stated otherwise.
struct TextPattern: Sendable, Hashable {
  enum Kind: Sendable, Hashable { case substring, whole, glob, regex, fuzzy }
  let kind: Kind
  let bytes: [UInt8]
  let exact: Bool
  /// Of an id: UUIDs are compared without regard to case.
  var isOfID = false
  /// Compiled once for the filter; set for ``Kind/regex`` only.
  let regex: RegularExpression?

  /// Any kind but a regular expression.
  init(_ kind: Kind, _ text: String) {
    self.kind = kind
    var bytes = Array(text.utf8)
    var folded = bytes
    foldCase(&folded)
    exact = folded != bytes
    if !exact { bytes = folded }
    self.bytes = bytes
    regex = nil
  }

  init(_ regex: RegularExpression, source: String, ignoresCase: Bool) {
    kind = .regex
    bytes = Array(source.utf8)
    exact = !ignoresCase
    self.regex = regex
  }

  private init(folding pattern: TextPattern, regex: RegularExpression?) {
    kind = pattern.kind
    isOfID = pattern.isOfID
    exact = false
    var bytes = pattern.bytes
    if kind != .regex { foldCase(&bytes) }
    self.bytes = bytes
    self.regex = regex
  }

  /// The same without regard to case; nil where that cannot be expressed.
  var ignoringCase: TextPattern? {
    guard exact else { return self }
    guard kind == .regex else { return TextPattern(folding: self, regex: nil) }
    do throws(RegexProblem) {
      let regex = try RegularExpression(String(decoding: bytes, as: UTF8.self), ignoresCase: true)
      return TextPattern(folding: self, regex: regex)
    } catch {
      return nil
    }
  }

  /// As it is compared with a UUID, whose text is in small letters.
  var ofUUID: TextPattern { isOfID && kind != .regex ? ignoringCase ?? self : self }

  static func == (left: TextPattern, right: TextPattern) -> Bool {
    left.kind == right.kind && left.exact == right.exact && left.isOfID == right.isOfID && left.bytes == right.bytes
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(exact)
    hasher.combine(isOfID)
    hasher.combine(bytes)
  }

  /// What a byte of text costs at most, in steps of about a nanosecond.
  var cost: Int {
    switch kind {
    case .substring: 1
    case .regex: max(regex?.size ?? 0, 8)
    case .whole, .fuzzy: 8
    // Each `*` may try every position again.
    case .glob: max(bytes.count, 8)
    }
  }
}
