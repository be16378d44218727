import APIKeyModel
import TestSupport
import Testing

@testable import KeyTable

@Suite("Hints about doubtful filters", .timeLimit(.minutes(5)))
struct FilterHintTests {
  private static let context = FilterContext(now: 1_795_500_000)

  private static let table: KeyTable = {
    var batch = KeyBatch()
    let names = ["PROD-delete", "prod-ci", "not", "DELETE me"]
    for (place, name) in names.enumerated() {
      batch.append(
        APIKey(
          id: .uuid(UUID128(high: 7, low: UInt64(place))), name: name, creator: KeyIdentifier("user-\(place)"),
          restricted: place != 0, permissions: place == 0 ? nil : PermissionSet(["calls.view", "faxes.send"])))
    }
    var table = KeyTable()
    table.append(batch)
    return table
  }()

  @Test(
    "Syntax of other query languages is refused with a suggestion", .tags(.t24),
    arguments: [
      ("not prod", "-prod"), ("NOT prod", "-prod"), ("prod OR ci", "prod | ci"), ("prod or ci", "prod | ci"),
      ("prod and ci", "prod ci"), ("prod && ci", "prod ci"), ("is:full not prod", "is:full -prod"),
      ("age:>1y", "age>1y"), ("age=>1y", "age>1y"), ("age:<=30d", "age<=30d"), ("perms:>5", "perms>5"),
      ("created:>2025", "created>2025"), ("created:2025-Q4", "created:2025-10..2025-12"),
      ("created:Q1-2026", "created:2026-01..2026-03"), ("created>=2025Q2", "created>=2025-04..2025-06"),
      ("created:2025-H1", "created:2025-01..2025-06"), ("created:2026/01/05", "created:2026-01-05"),
      ("created:31.01.2026", "created:2026-01-31"), ("created:jan-2026", "created:2026-01"),
      ("created:30d", "age<30d"), ("age < 1y", "age<1y"), ("age>1year", "age>1y"),
      ("age<=2Weeks", "age<=2w"), ("age:3hrs", "age:3h"), ("name : prod", "name:prod"),
      ("prod perms >= 5", "prod perms>=5"),
      ("name :prod", "name:prod"), ("(access != full)", "(access!=full)"), ("created:2026..2025", "created:2025..2026"),
      ("created=2026-03-05..2026-03-04", "created=2026-03-04..2026-03-05"),
      ("created:today..yesterday", "created:yesterday..today"),
      ("created:2026-01..", "created>=2026-01"), ("created:..2026", "created<=2026"),
      ("restricted=false", "restricted=no"), ("restricted:True", "restricted:yes"),
      ("restricted!=1", "restricted!=yes"),
      ("is:restricted", "is:limited"), ("is:Unrestricted", "is:full"), ("access:admin", "access:full"),
    ])
  func refused(text: String, meant: String) {
    do throws(FilterError) {
      let filter = try Filter(parsing: text)
      Issue.record("\(text) was read: \(filter)")
    } catch {
      #expect(error.suggestions.first == meant, "\(text): \(error)")
      #expect(throws: Never.self) { try Filter(parsing: meant) }
    }
  }

  @Test(
    "Relative periods are computed", .tags(.t24),
    arguments: [
      ("last-month", "2026-10"), ("this-month", "2026-11"), ("last-year", "2025"), ("last_quarter", "2026-07..2026-09"),
      ("last-30-days", "2026-10-25..2026-11-24"),
    ])
  func periods(text: String, meant: String) throws {
    let head = FilterParser.FieldPrefix(
      name: "created", canonical: "created", operation: ":", start: 0, operationStart: 7)
    #expect(FilterAdvice.created(head, text, now: FilterHintTests.context.now) == ["created:\(meant)"])
  }

  @Test(
    "Words of a key's fields are found bare and quoted", .tags(.t24),
    arguments: ["not", "\"not\"", "\"not\" is:limited", "no", "order"])
  func ownWords(text: String) throws {
    let filter = try Filter(parsing: text)
    let rows = Self.table.rows(matching: KeyQuery(filter: filter), context: Self.context)
    if text.contains("not") { #expect(rows.map(Array.init) == [2]) }
  }

  @Test(
    "A name that matches nothing always has a hint", .tags(.t24),
    arguments: [
      ("perm:api_key.create", FilterDoubt.Kind.mistake, "perm:api_keys.create"),
      ("perm:DELETE", .mistake, "perm:delete"),
      ("perm:=calls.veiw", .mistake, "perm:calls.view"), ("-perm:typo.typo", .mistake, ""),
      ("perm!=api_key.create", .mistake, "perm:api_keys.create"), ("perm:typo.typo | prod", .mistake, ""),
      ("perm:faxes.sent", .mistake, "perm:faxes.send"), ("perm:/DELETE/", .mistake, "perm:/DELETE/i"),
      ("creator!=typo", .mistake, ""), ("-creator:typo", .mistake, ""), ("-id:zzzz", .mistake, ""),
      ("creator=typo | prod", .mistake, ""), ("creator=typo", .hint, ""), ("id=typo", .hint, ""),
      ("creator:user-9", .hint, "creator:user-0"), ("creator=user", .ambiguous, "creator:user-0"),
      ("/PROD-CI/", .hint, "/PROD-CI/i"), ("Prod-ci", .hint, "prod-ci"), ("name:CI", .hint, "ci"),
    ])
  func doubts(text: String, kind: FilterDoubt.Kind, meant: String) throws {
    let filter = try Filter(parsing: text)
    let rows = try #require(Self.table.rows(matching: KeyQuery(filter: filter), context: Self.context))
    #expect(rows.isEmpty, "\(text)")
    let doubt = try #require(Self.table.doubts(about: filter, found: 0, context: Self.context).first, "\(text)")
    #expect(doubt.kind == kind, "\(doubt)")
    #expect(doubt.suggestions.first ?? "" == meant, "\(doubt)")
    if !meant.isEmpty, kind != .ambiguous {
      let better = try #require(
        Self.table.rows(matching: KeyQuery(filter: try Filter(parsing: meant)), context: Self.context))
      #expect(!better.isEmpty, "\(meant)")
    }
  }

  @Test(
    "A plausible filter has no hint", .tags(.t24),
    arguments: [
      "perm:calls.view", "perm:*.delete", "-perm:calls.view", "creator:user-1", "creator!=user-1", "DELETE", "prod",
      "zzz",
      "perm:faxes.send", "-id:00000000", "name:zzz | prod",
    ])
  func noDoubts(text: String) throws {
    let filter = try Filter(parsing: text)
    let rows = try #require(Self.table.rows(matching: KeyQuery(filter: filter), context: Self.context))
    #expect(Self.table.doubts(about: filter, found: rows.count, context: Self.context).isEmpty, "\(text)")
  }

  @Test("Keys loaded later can make a name known for earlier keys", .tags(.t24))
  func growth() throws {
    var table = Self.table
    for text in ["perm:pages.write", "creator!=user-9", "creator=user-"] {
      let query = KeyQuery(filter: try Filter(parsing: text))
      let before = try #require(Self.table.rows(matching: query, context: Self.context))
      #expect(before.isEmpty)
      table = Self.table
      var batch = KeyBatch()
      batch.append(
        APIKey(
          id: .uuid(UUID128(high: 8, low: 1)), name: "late", creator: KeyIdentifier("user-9"), restricted: true,
          permissions: PermissionSet(["pages.write"])))
      let first = table.count
      table.append(batch)
      let extended = try #require(table.extend(before, from: first, matching: query, context: Self.context))
      #expect(extended == table.rows(matching: query, context: Self.context), "\(text)")
      #expect(extended.isEmpty == (text == "creator=user-"), "\(text)")
    }
  }

  @Test("A wildcard searched literally has a hint, and no suggestion repeats the input", .tags(.t24))
  func signs() throws {
    var batch = KeyBatch()
    for (place, name) in ["prod", "ci", "ёж", "a,b"].enumerated() {
      batch.append(APIKey(id: .uuid(UUID128(high: 8, low: UInt64(place))), name: name))
    }
    var table = KeyTable()
    table.append(batch)
    func doubts(_ text: String) throws -> [FilterDoubt] {
      let filter = try Filter(parsing: text)
      let found = table.rows(matching: KeyQuery(filter: filter), context: Self.context)?.count ?? 0
      return table.doubts(about: filter, found: found, context: Self.context)
    }
    for (text, meant) in [
      ("prod,ci", "prod | ci"), ("-prod,ci", "prod | ci"), ("name=>prod", "name=prod"), ("name!=>prod", "name=prod"),
      ("name:=prod", nil), ("name:Ёж", "ёж"), ("a,b", nil), ("\"prod,ci\"", nil), ("name:\">prod\"", nil), ("zzz", nil),
    ] as [(String, String?)] {
      let found = try doubts(text)
      #expect(found.first?.suggestions.first == meant, "\(text): \(found)")
      #expect(found.allSatisfy { $0.kind == .hint && !$0.suggestions.contains(text) }, "\(text): \(found)")
    }
    for word in ["marked", "new", "changed", "gone"] {
      #expect(try Filter(parsing: "prod is:\(word)").wordOfSession == "is:\(word)")
      #expect(try Filter(parsing: "-is:\(word)").wordOfSession == "is:\(word)")
    }
    #expect(try Filter(parsing: "is:full | is:odd").wordOfSession == nil)
  }
}
