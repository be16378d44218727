import APIKeyModel
import KeyTable
import TestSupport

/// Filters in the filter language, each with what it means in plain Swift.
package struct RandomFilter {
  package let text: String
  package let holds: (APIKey) -> Bool

  package init(text: String, holds: @escaping (APIKey) -> Bool) {
    self.text = text
    self.holds = holds
  }
}

/// A list of keys with odd values, and what was marked and what a second reading found.
package struct OddList {
  /// Names that contain each other, differ in case alone, or need quotes.
  package static let permissions = [
    "calls.view", "calls.create", "members.view", "api_keys.create", "xmembers.view", "Calls.View", "calls.views",
    "a b",
    "a\"b", "x|y", "(x)", "/re/", "g*b", "ü", "Ü", "\\", ",", "~f", "not", "e\u{301}", "tab\there",
  ]
  package static let creators: [KeyIdentifier] = [
    .uuid(UUID128(high: 1, low: 1)), .uuid(UUID128(high: 1, low: 2)), .opaque("me"), .opaque("Me"), .opaque("me too"),
    .opaque("x00000000-0000-0001-0000-000000000001"), .opaque("a|b"), .opaque("\""), .opaque("or"),
  ]
  package static let dates = [
    "1970-01-01T00:00:00Z", "1970-01-01T00:00:00+05:00", "1970-02-01T00:00:00Z", "2025-02-28T23:59:59Z",
    "2025-03-01T00:00:00Z", "2025-12-31T23:59:59.999Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-05:00",
  ]
  package static let names: [String?] = [
    "prod", "prod ci", "say \"hi\"", "a|b", "(c)", "", nil, "or", "Prod-2", "k\\", "ü",
  ]

  package static func key(_ number: Int, _ random: inout SplitMix) -> APIKey {
    func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }
    var key = APIKey(
      id: .uuid(UUID128(high: 0xA, low: UInt64(number + 1))), name: names.randomElement(using: &random) ?? nil)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: break
    case 1:
      key.createdText = "the day before yesterday"
      key.notUnderstood[.created] = NotUnderstood(text: "the day before yesterday")
    default: key.created = dates.randomElement(using: &random).flatMap { CreatedDate($0) }
    }
    key.creator = chance(9) ? nil : creators.randomElement(using: &random)
    key.lastFour = chance(5) ? nil : "00\(number % 90 + 10)"
    key.restricted = [true, true, false, nil][Int.random(in: 0..<4, using: &random)]
    let listed = permissions.filter { _ in chance(4) }
    key.permissions = chance(6) ? nil : PermissionSet(listed)
    return key
  }
}

/// A generator over the filter language. Words are in small ASCII letters, so that case is ignored.
package struct FilterGenerator {
  package var random: SplitMix
  package let now: Int64
  package let marked: Set<KeyIdentifier>
  package let new: Set<KeyIdentifier>
  package let changed: Set<KeyIdentifier>

  package init(
    random: SplitMix, now: Int64, marked: Set<KeyIdentifier>, new: Set<KeyIdentifier>, changed: Set<KeyIdentifier>
  ) {
    self.random = random
    self.now = now
    self.marked = marked
    self.new = new
    self.changed = changed
  }

  package mutating func filter(depth: Int = 0) -> RandomFilter {
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in conjunction(depth) }
    return RandomFilter(text: parts.map(\.text).joined(separator: " | ")) { key in parts.contains { $0.holds(key) } }
  }

  private mutating func conjunction(_ depth: Int) -> RandomFilter {
    let parts = (0..<Int.random(in: 1...2, using: &random)).map { _ in term(depth) }
    return RandomFilter(text: parts.map(\.text).joined(separator: " ")) { key in parts.allSatisfy { $0.holds(key) } }
  }

  private mutating func term(_ depth: Int) -> RandomFilter {
    let isNegated = Int.random(in: 0..<3, using: &random) == 0
    let inner: RandomFilter
    if depth < 2, Int.random(in: 0..<4, using: &random) == 0 {
      let nested = filter(depth: depth + 1)
      inner = RandomFilter(text: "(\(nested.text))", holds: nested.holds)
    } else {
      inner = condition()
    }
    guard isNegated else { return inner }
    return RandomFilter(text: (Bool.random(using: &random) ? "-" : "!") + inner.text) { !inner.holds($0) }
  }

  private mutating func condition() -> RandomFilter {
    let all = texts + sets + dates
    return all.randomElement(using: &random) ?? all[0]
  }

  /// Compared byte by byte, ASCII letters without regard to case.
  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
  }
  private static func has(_ text: String?, _ needle: String) -> Bool {
    guard let bytes = text.map(folded) else { return false }
    let wanted = Array(needle.utf8)
    return bytes.count >= wanted.count
      && (0...(bytes.count - wanted.count)).contains { bytes[$0...].starts(with: wanted) }
  }
  private static func isEqual(_ text: String?, _ other: String) -> Bool { text.map(folded) == Array(other.utf8) }

  private var texts: [RandomFilter] {
    let words = ["prod", "ci", "\"prod ci\"", "\"say \\\"hi\\\"\"", "\"a|b\"", "\"(c)\"", "zzz", "\" \""]
    let names: [RandomFilter] = words.flatMap { word -> [RandomFilter] in
      var value = word
      if word.hasPrefix("\"") { value = String(word.dropFirst().dropLast()).replacing("\\\"", with: "\"") }
      let text = value
      return [
        RandomFilter(text: "name:\(word)") { Self.has($0.name, text) },
        RandomFilter(text: "name=\(word)") { Self.isEqual($0.name, text) },
        RandomFilter(text: word) { key in
          ([key.name, key.id.text, key.creator?.text, key.lastFour] + (key.permissions?.list ?? []))
            .contains { Self.has($0, text) }
        },
      ]
    }
    let permissions = ["calls.view", "members.view", "\"a b\"", "\"a\\\"b\"", "\"x|y\"", "view"]
    let abilities: [RandomFilter] = permissions.flatMap { word -> [RandomFilter] in
      var value = word
      if word.hasPrefix("\"") { value = String(word.dropFirst().dropLast()).replacing("\\\"", with: "\"") }
      let text = value
      return [
        RandomFilter(text: "perm:\(word)") { key in
          key.access == .full || key.permissions?.list.contains { Self.has($0, text) } == true
        },
        RandomFilter(text: "perm:/^calls/") { key in
          key.access == .full || key.permissions?.list.contains { $0.hasPrefix("calls") } == true
        },
      ]
    }
    let others: [RandomFilter] = [
      RandomFilter(text: "name:/^prod|b$/") { $0.name.map { $0.hasPrefix("prod") || $0.hasSuffix("b") } == true },
      RandomFilter(text: "creator:me") { Self.has($0.creator?.text, "me") },
      RandomFilter(text: "creator:\"me too\",\"a|b\"") {
        Self.has($0.creator?.text, "me too") || Self.has($0.creator?.text, "a|b")
      },
      RandomFilter(text: "last4:1") { Self.has($0.lastFour, "1") },
    ]
    return names + abilities + others
  }

  private var sets: [RandomFilter] {
    let (marked, new, changed) = (marked, new, changed)
    return [
      RandomFilter(text: "is:full") { $0.access == .full },
      RandomFilter(text: "is:limited") { $0.access == .limited },
      RandomFilter(text: "access:unknown") { $0.restricted == nil },
      RandomFilter(text: "restricted=yes") { $0.restricted == true },
      RandomFilter(text: "is:marked") { marked.contains($0.id) },
      RandomFilter(text: "is:new") { new.contains($0.id) },
      RandomFilter(text: "is:changed") { changed.contains($0.id) },
      RandomFilter(text: "is:odd") { $0.isOdd },
      RandomFilter(text: "has:name") { $0.name != nil },
      RandomFilter(text: "has:creator") { $0.creator != nil },
      RandomFilter(text: "has:created") { $0.created != nil },
      RandomFilter(text: "perms>=4") { $0.access != .full && ($0.permissions?.count ?? 0) >= 4 },
    ]
  }

  private var dates: [RandomFilter] {
    func year(_ key: APIKey) -> Int? { key.created.map { CivilTime(seconds: $0.seconds).date.year } }
    let (first, now) = (CreatedDate("2025-03-01T00:00:00Z")?.seconds ?? 0, now)
    return [
      RandomFilter(text: "created:2025") { year($0) == 2025 },
      RandomFilter(text: "created>=2025-03") { $0.created.map { $0.seconds >= first } == true },
      RandomFilter(text: "created:1970..2024") { year($0).map { (1970...2024).contains($0) } == true },
      RandomFilter(text: "age>1y") { $0.created.map { now - $0.seconds > 365 * 86_400 } == true },
    ]
  }
}
