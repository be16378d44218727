import APIKeyModel
import DashboardCore
import DashboardTestSupport
import KeyTable
import TestSupport
import Testing

@testable import DashboardPlain

@Suite("Plain mode: keys by name, last four, prefix and number", .timeLimit(.minutes(20)))
struct PlainLookupTests {
  private static func held() -> HeldKeys {
    var held = HeldKeys.usual
    held.keys[400].lastFour = "4f2a"
    held.keys[410].name = "lonely"
    held.keys[430].lastFour = "0003"
    return held
  }

  private static func driver(whole: Bool = false) -> PlainDriver {
    .started(held(), pageSize: whole ? 1000 : 50)
  }

  private static func choices(_ lines: [String]) -> [String] {
    lines.filter { $0.first?.isNumber == true && $0.contains(". ") }
  }

  @Test("A command gives the same result with part of the list loaded and with all of it", .tags(.t14))
  func samePartOrWhole() {
    var (compared, wrong) = (0, 0)
    for line in [
      "show 4f2a", "go 4f2a", "show lonely", "explain lonely", "permissions lonely", "show raw lonely", "go 0003",
      "mark 1,3", "mark is:full", "mark-all", "show nothing", "compare lonely 2", "find lonely", "find zzz", "mark 3-1",
    ] {
      var part = PlainLookupTests.driver()
      var whole = PlainLookupTests.driver(whole: true)
      let answer = part.type(line)
      let expected = whole.type(line)
      #expect(answer == expected, "\(line): \(answer)")
      if answer != expected { wrong += 1 }
      #expect(!answer.isEmpty)
      #expect(part.session.state.loading.lookup == nil && !part.session.isWaiting)
      compared += 1
    }
    print("figure T14 plain: \(compared) commands, \(wrong) answers other than of the whole list")
  }

  @Test(
    "Several matches are a numbered list, and a number alone opens its entry; then numbers are rows again", .tags(.t14))
  func numberedList() {
    var driver = PlainLookupTests.driver()
    let lines = driver.type("show 4f2a")
    #expect(lines.first == "Error: 2 keys match 4f2a. Nothing was changed.")
    #expect(PlainLookupTests.choices(lines).count == 2)
    #expect(lines.last == "Type the number of one.")
    let detail = driver.type("2")
    #expect(detail.first == "Key 401 of 500:")
    #expect(detail.contains("Last four: 4 f 2 a."))
    // The table heard last is still that one.
    #expect(driver.type("1").first == "Key 2 of 500:")
    // Beyond the table a number is a row, and after the list of keys all are.
    #expect(driver.type("3").first == "Key 3 of 500:")
    _ = driver.type("list")
    #expect(driver.type("2").first == "Key 2 of 500:")
    // Creators are a numbered table too.
    _ = driver.type("creators")
    _ = driver.type("3")
    #expect(driver.session.state.query.filter.text.hasPrefix("creator:"))
  }

  @Test("mark of an ambiguous name asks which key, and a number chooses it", .tags(.t14))
  func chosenMark() {
    var driver = PlainLookupTests.driver()
    let lines = driver.type("mark 0003")
    #expect(PlainLookupTests.choices(lines).count == 2 && driver.session.state.marks.isEmpty)
    let chosen = driver.type("2")
    #expect(driver.session.state.marks.ids == [driver.held.keys[430].id], "\(chosen)")
  }

  @Test("mark takes lists of rows", .tags(.t15))
  func rowLists() {
    for (text, rows) in [("1,3", [1, 3]), ("1-3", [1, 2, 3]), ("1 3", [1, 3]), ("3-1", []), ("1-", []), ("0", [])] {
      var driver = PlainLookupTests.driver()
      let lines = driver.type("mark \(text)")
      #expect(driver.session.state.marks.ids == Set(rows.map { driver.held.keys[$0 - 1].id }), "\(text)")
      #expect(rows.isEmpty == (lines.first?.hasPrefix("Error: ") == true), "\(lines)")
    }
  }

  @Test("Ctrl-C stops a search, changes nothing, and reports how much is loaded", .tags(.t14))
  func interrupted() {
    var driver = PlainLookupTests.driver()
    driver.holdsLoads = true
    #expect(driver.type("show lonely").isEmpty && driver.session.isWaiting)
    let lines = driver.interrupt()
    #expect(lines.contains { $0.contains("50 keys") }, "\(lines)")
    #expect(lines.contains { $0.contains("Nothing was changed") }, "\(lines)")
    #expect(driver.session.state.list.position == 0 && driver.session.state.loading.lookup == nil)
  }

  @Test("An impossible filter is an error, and a doubtful one has a hint", .tags(.t24))
  func hints() {
    var driver = PlainLookupTests.driver()
    let lines = driver.type("filter perm:api_key.create")
    #expect(lines.first?.hasPrefix("Error: There is no permission `api_key.create`") == true, "\(lines)")
    #expect(lines.first?.contains("perm:api_keys.create") == true)
    #expect(!lines.contains { $0.contains("125 keys match") })
    let hint = driver.type("filter SERVICE-7")
    #expect(hint.first?.contains("without regard to case") == true, "\(hint)")
    #expect(driver.type("filter not prod").first?.contains("-prod") == true)
  }
}
