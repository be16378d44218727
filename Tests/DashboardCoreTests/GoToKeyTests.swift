import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import TestSupport
import Testing

@testable import DashboardCore

@Suite("Keys by name, last four, prefix and number", .timeLimit(.minutes(20)))
struct GoToKeyTests {
  /// 500 keys of which the first page is here. Rows 2 and 400 end in `a376`; row 7 and row 450 are called `twin`.
  private static func scenario(loaded pages: Int? = 1, pageSize: Int = 50) -> Scenario {
    var scenario = Scenario(keys: 500) { $0.pageSize = pageSize }
    for (place, lastFour) in [(1, "a376"), (399, "a376"), (420, "0099"), (430, "beef")] {
      scenario.keys[place].lastFour = lastFour
    }
    scenario.keys[6].name = "twin"
    scenario.keys[449].name = "twin"
    scenario.keys[460].name = "lonely"
    scenario.send(.start)
    if let pages { for _ in 0..<pages { scenario.answer() } } else { scenario.run("load-all"); scenario.settle() }
    return scenario
  }

  private static let lookups = [
    "go a376", "go twin", "go lonely", "go beef", "go 0099", "go nothing", "go 460", "go #460", "go 900", "go a 3 7 6",
    "go b e e f", "go 0000000a", "go 1 3", "open a376", "open lonely", "explain twin", "explain lonely",
    "compare lonely beef", "compare twin beef", "compare 1,3", "mark is:full", "mark 0099", "mark 1,3", "mark 460-462",
    "mark 3-1", "mark 1,900", "mark-all", "find lonely", "find zzz", "mark perm:api_key.create",
  ]

  /// What a user can see of an answer.
  private struct Seen: Equatable {
    let selection: String?
    let overlay: ViewStack.Trace
    let marks: Set<KeyIdentifier>
    let text: String
    init(_ scenario: Scenario) {
      selection = scenario.selectedName
      overlay = scenario.state.views.trace
      marks = scenario.state.marks.ids
      text = scenario.message
    }
  }

  @Test(
    "go, open, explain, compare, mark and find give the same result however much of the list is loaded", .tags(.t14))
  func samePartOrWhole() {
    var (compared, wrong) = (0, 0)
    for line in GoToKeyTests.lookups {
      var whole = GoToKeyTests.scenario(loaded: nil)
      whole.run(line)
      whole.settle()
      for pages in [1, 2, 8] {
        var part = GoToKeyTests.scenario(loaded: pages)
        part.run(line)
        part.settle()
        #expect(Seen(part) == Seen(whole), "\(line) with \(pages) pages: \(part.message) / \(whole.message)")
        #expect(part.state.loading.lookup == nil)
        if Seen(part) != Seen(whole) { wrong += 1 }
        compared += 1
      }
    }
    print(
      "figure T14: \(GoToKeyTests.lookups.count) lookups on 3 parts of a list, \(compared) answers, \(wrong) other than of the whole"
    )
  }

  @Test("go lists several matches and selects none until one is chosen", .tags(.t14))
  func severalAreListed() {
    var scenario = GoToKeyTests.scenario()
    let before = scenario.selectedName
    scenario.run("go a376")
    #expect(scenario.message.contains("Searching every key"))
    scenario.settle()
    guard let matches = (scenario.state.views.top?.overlay as? MatchesOverlay)?.matches else {
      Issue.record("no list: \(scenario.message)")
      return
    }
    #expect(matches.ids == [scenario.keys[1].id, scenario.keys[399].id])
    #expect(scenario.selectedName == before)
    #expect(scenario.grid.contains { $0.contains(scenario.keys[399].id.text) || $0.contains("key-399") })
    scenario.press("j", "Enter")
    #expect(scenario.selectedName == "key-399")
    #expect(!scenario.state.views.hasOverlay)
    // Of two names the ambiguous one is chosen, and the command goes on with both.
    scenario.run("compare lonely twin")
    scenario.press("Enter")
    #expect(
      scenario.state.views.top?.overlay as? ComparisonOverlay
        == ComparisonOverlay(scenario.keys[460].id, scenario.keys[6].id))
  }

  @Test("Ctrl-C stops the search, changes nothing, and reports what was searched", .tags(.t14))
  func interrupted() {
    for line in ["go a376", "explain lonely", "mark is:full", "mark-all", "find zzz", "open beef"] {
      var scenario = GoToKeyTests.scenario()
      let before = (scenario.selectedName, scenario.state.marks.ids)
      scenario.run(line)
      scenario.answer()
      scenario.press("Ctrl-c")
      #expect(scenario.message.contains("Stopped after 100 keys searched"), "\(line): \(scenario.message)")
      #expect(scenario.message.contains("Nothing was changed"), "\(line): \(scenario.message)")
      #expect((scenario.selectedName, scenario.state.marks.ids) == before && !scenario.state.views.hasOverlay)
      #expect(scenario.state.loading.lookup == nil)
    }
  }

  @Test("A failed load ends the search, and what was found is listed but not selected", .tags(.t14))
  func failed() {
    var scenario = GoToKeyTests.scenario()
    scenario.run("go a376")
    scenario.answer()
    scenario.fail(.unreachable(host: "keys.example.com", reason: "gone"))
    #expect(scenario.message.contains("The load stopped after 100 keys searched for a376, 1 of them matches."))
    guard let matches = (scenario.state.views.top?.overlay as? MatchesOverlay)?.matches else {
      Issue.record("no list")
      return
    }
    #expect(matches.ids == [scenario.keys[1].id] && matches.searched == 100)
    #expect(scenario.selectedName == "key-0")
  }

  @Test("go lists a number that is both a row and a key's last four", .tags(.t15))
  func numbers() {
    var scenario = GoToKeyTests.scenario(loaded: nil)
    scenario.run("go 0099")
    // Row 99 and the key that ends in 0099.
    guard let matches = (scenario.state.views.top?.overlay as? MatchesOverlay)?.matches else {
      Issue.record("no list")
      return
    }
    #expect(matches.count == 2)
    scenario.press("Esc")
    scenario.run("go #0099")
    #expect(scenario.selectedName == "key-98")
    scenario.run("go 0012")
    #expect(scenario.message.hasPrefix("No key has the id, name or last four 0012"))
    #expect(scenario.selectedName == "key-98")
    scenario.run("go 12")
    #expect(scenario.selectedName == "key-11")
    scenario.run("go 9999")
    #expect(scenario.message == "9999 is not a key number. Nothing was changed. Choose 1 to 500.")
  }

  @Test(
    "mark takes a list of rows, and an invalid list marks none", .tags(.t15),
    arguments: [
      ("1,3", [1, 3]), ("1-3", [1, 2, 3]), ("1 3", [1, 3]), ("1-3,7", [1, 2, 3, 7]), ("#2 #4", [2, 4]), ("13", [13]),
      ("3-1", []), ("0", []), ("99999", []), ("1-", []), ("1,99999", []), ("1,,3", []), ("1,100", [1, 100]),
    ])
  func rowLists(text: String, rows: [Int]) {
    var scenario = Scenario(keys: 120)
    scenario.send(.start)
    scenario.run("load-all")
    scenario.settle()
    scenario.run("mark \(text)")
    #expect(scenario.state.marks.ids == Set(rows.map { scenario.keys[$0 - 1].id }), "\(text): \(scenario.message)")
    if rows.isEmpty {
      #expect(scenario.state.messages.current?.kind == .error && scenario.message.contains("Nothing was changed."))
    }
  }

  @Test("find searches beyond what is loaded, and reports no match only after everything is read", .tags(.t14))
  func find() {
    var scenario = GoToKeyTests.scenario()
    scenario.press("f")
    scenario.type("key-120")
    scenario.press("Enter")
    #expect(!scenario.message.contains("Not found"))
    scenario.answer()
    scenario.answer()
    #expect(scenario.selectedName == "key-120")
    scenario.run("find zzz")
    while scenario.state.loading.lookup != nil, scenario.answer() {
      #expect(!scenario.message.contains("Not found") || scenario.state.loading.lookup == nil)
    }
    #expect(scenario.message == "Not found: zzz.")
    #expect(scenario.state.load.completeness.isComplete)
  }

  @Test("Filter hints are shown below the prompt while typing, and as a message afterwards", .tags(.t24))
  func hints() {
    var scenario = GoToKeyTests.scenario(loaded: nil)
    scenario.press("/")
    scenario.type("perm:api_key.create")
    #expect(scenario.grid.contains { $0.contains("There is no permission") })
    #expect(scenario.state.query.visible.isEmpty)
    scenario.press("Enter")
    #expect(scenario.message.contains("perm:api_keys.create") && scenario.state.messages.current?.kind == .error)
    scenario.press("/", "Ctrl-u")
    scenario.type("KEY-7")
    scenario.press("Enter")
    #expect(scenario.message.contains("without regard to case") && scenario.state.messages.current?.kind == .note)
    scenario.run("filter key-7")
    #expect(scenario.state.query.doubt == nil)
  }
}
