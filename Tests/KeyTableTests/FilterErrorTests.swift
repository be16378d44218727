import APIKeyModel
import Testing

@testable import KeyTable

/// What is refused, where, and what is suggested instead.
@Suite(.timeLimit(.minutes(5))) struct FilterErrorTests {
  @Test(
    "A mistake names its column and suggests a choice",
    arguments: [
      ("nmae:x", 1, "name"), ("prod craeted:2026", 6, "created"), ("permz:x", 1, "perm"), ("http://x", 1, "name"),
      ("is:ful", 4, "full"), ("is:markd", 4, "marked"), ("is:", 4, "full"), ("is:full,limted", 9, "limited"),
      ("access:ful", 8, "full"), ("access:none", 8, "full"), ("restricted:true", 12, "restricted:yes"),
      ("has:creater", 5, "creator"),
      ("has:", 5, "name"), ("perms>many", 7, "10"), ("perms>=-1", 8, "10"), ("perms:", 7, "0"), ("age>90", 5, "7d"),
      ("age>d", 5, "7d"), ("age>9x", 5, "7d"), ("age:", 5, "7d"), ("created:2026-02-30", 9, "2026"),
      ("created>=2026-13", 10, "2026"), ("created:0000", 9, "2026"), ("created:tomorrow", 9, "today"),
      ("created:26", 9, "2026"), ("created:2026..x", 9, "2026"), ("name>a", 5, "name:"), ("id<=a", 3, "id:"),
      ("perm>x", 5, "perm:"), ("last4<1", 6, "last4:"), ("creator>=1", 8, "creator:"), ("is>full", 3, "is:"),
    ])
  func suggestions(text: String, column: Int, suggestion: String) {
    check(text, column) { #expect($0.suggestions.contains(suggestion), "\(text): \($0.suggestions)") }
  }

  @Test(
    "An impossible condition matches no key and does not trap",
    arguments: [
      "created:2027-01..2026-03", "created>9999 created:2026..1970", "age>999999999999999999y",
      "age:9223372036854775807y",
      "age>9223372036854775807s", "perms>9223372036854775807",
    ])
  func impossible(text: String) {
    var batch = KeyBatch()
    batch.append(APIKey(id: .opaque("a"), name: "a", created: CreatedDate(seconds: 1_700_000_000)))
    var table = KeyTable()
    table.append(batch)
    guard let filter = try? Filter(parsing: text) else { return }  // Refused is as good.
    let rows = table.rows(matching: KeyQuery(filter: filter), context: FilterContext(now: 1_790_000_000))
    #expect(rows?.isEmpty == true)
  }

  @Test(
    "A broken structure names its column",
    arguments: [
      ("(prod", 1), ("prod)", 5), ("()", 2), ("prod |", 7), ("| prod", 1), ("-", 1), ("prod - x", 6), ("--x", 1),
      ("\"open", 1), ("\"\"", 1), ("/open", 1), ("//", 1), ("/(/", 2), ("/[/", 2), ("/(a)\\1/", 5), ("/a{9999}/", 3),
      ("/id++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++/", 4),
      ("name:a,", 8), ("name:\"a\"b", 9),
    ])
  func structure(text: String, column: Int) { check(text, column) { #expect($0.message.hasSuffix(".")) } }

  private func check(_ text: String, _ column: Int, _ more: (FilterError) -> Void) {
    do {
      _ = try Filter(parsing: text)
      Issue.record("\(text) was accepted")
    } catch {
      #expect(error.column == column, "\(text): \(error)")
      more(error)
    }
  }
}
