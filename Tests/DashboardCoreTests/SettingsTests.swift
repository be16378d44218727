import DashboardTestSupport
import KeyTable
import TerminalCore
import TestSupport
import Testing

@testable import DashboardCore

@Suite(.timeLimit(.minutes(5))) struct SettingsTests {
  @Test("Settings survive being written and read")
  func roundTrip() throws {
    var settings = DisplaySettings()
    #expect(DisplaySettings(text: settings.text) == settings)
    settings.columns = [.name, .lastFour, .access]
    settings.absoluteTime = true
    settings.detailAdjustment = -3
    settings.detailShown = false
    settings.cursorFocus = true
    settings.mouse = true
    settings.theme = .highContrast
    settings.sort = try SortOrder(parsing: "access:desc,last-four,id")
    #expect(DisplaySettings(text: settings.text) == settings)
    #expect(settings.text.contains("sort = access:desc,last-four,id\n"))
  }

  @Test(
    "An invalid settings line changes nothing",
    arguments: [
      "", "columns", "columns = access", "columns = name,name", "columns = name,colour", "sort = colour",
      "sort = name:up",
      "theme = pink", "detail-size = 1000000000000000000000", "detail-size = -999", "mouse = perhaps", "future = thing",
      "# mouse = on", "\u{0}\u{FFFD}=\u{1B}[2J",
    ])
  func notUnderstood(line: String) {
    #expect(DisplaySettings(text: line + "\n") == DisplaySettings())
    var wanted = DisplaySettings()
    wanted.mouse = true
    #expect(DisplaySettings(text: line + "\nmouse=on\n") == wanted)
  }

  @Test("Sort orders take several fields and aliases, and errors are reported")
  func sortOrders() throws {
    #expect(try SortOrder(parsing: "name").terms == [SortTerm(.name)])
    #expect(
      try SortOrder(parsing: "Access:desc,created_date:asc,last4").terms == [
        SortTerm(.access, descending: true), SortTerm(.created), SortTerm(.lastFour),
      ])
    for (text, part) in [
      ("colour", "colour is not a column"), ("name:up", ":asc or :desc"), ("name,", "missing"),
      ("name,name:desc", "twice"),
      ("", "missing"), ("name:desc:asc", ":asc or :desc"),
    ] {
      let problem = #expect(throws: SortProblem.self) { try SortOrder(parsing: text) }
      #expect(problem?.sentence.contains(part) == true, "\(text): \(problem?.sentence ?? "")")
    }
  }

  @Test("The history keeps each filter once, at its latest position, and at most 500")
  func history() {
    #expect(FilterHistory.lines(of: "a\n\n  \nb c\n") == ["a", "b c"])
    #expect(FilterHistory.merged(["a", "b"], with: ["a", "c"]) == ["b", "a", "c"])
    let many = (0..<700).map { "f\($0)" }
    #expect(FilterHistory.lines(of: FilterHistory.text(many)) == Array(many.suffix(500)))
  }

  @Test("The history compares filters by bytes, and ends lines as the file does")
  func historyBytes() {
    #expect(FilterHistory.merged(["caf\u{E9}"], with: ["cafe\u{301}"]).count == 2)
    #expect(FilterHistory.lines(of: "a\u{2028}b\u{85}c\nd\r\n") == ["a\u{2028}b\u{85}c", "d"])
  }

  @Test("Settings that the user did not change stay as they are in the file, whatever wrote them", .tags(.s15))
  func otherLinesStay() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    func pick<Value>(_ values: [Value]) -> Value { values[Int(random.next() % UInt64(values.count))] }
    let foreign = [
      "# a comment", "future = yes", "theme = solarized", "columns = name,rating", "sort = risk:desc", "no sign",
      "mouse = sometimes", "  indented = 1", "a = b = c", "detail-size = 9000", "caf\u{E9} = \u{1F511}", "",
      "x=\u{85}y",
    ]
    let known = ["theme = mono", "mouse = on", "time = date", "sort = name", "detail-size = 3", "cursor-focus=off"]
    for _ in 0..<2000 {
      let lines = (0...Int(random.next() % 9)).map { _ in pick(foreign + known) }
      let text = lines.joined(separator: "\n") + "\n"
      let read = DisplaySettings(text: text)
      #expect(text.utf8.allSatisfy { $0 <= 0x20 } || read.text(updating: text, from: read) == text, "seed \(seed)")
      var chosen = read
      chosen.mouse.toggle()
      chosen.detailAdjustment = read.detailAdjustment == 5 ? 6 : 5
      let written = chosen.text(updating: text, from: read)
      #expect(DisplaySettings(text: written) == chosen, "seed \(seed): \(text)")
      let others = lines.filter { !$0.contains("mouse") && !$0.contains("detail-size") && !$0.isEmpty }
      let left = written.utf8.split(separator: 0x0A).map { String(Substring($0)) }
      for line in Set(others) {
        #expect(left.filter { $0 == line }.count == others.filter { $0 == line }.count, "seed \(seed): \(line)")
      }
    }
    print("figure S15: 2,000 files with lines of other versions, every such line kept (seed \(seed))")
  }

  @Test("Every display setting is saved")
  func saved() {
    var scenario = Scenario(keys: 12, columns: 120, rows: 40)
    scenario.send(.start)
    scenario.settle()
    for line in [
      "sort name", "reverse-sort", "time-format", "grow-detail", "columns access", "set mouse on", "set theme mono",
      "set detail off", "cursor-focus",
    ] {
      let before = scenario.others.count
      scenario.run(line)
      #expect(scenario.others[before...].contains(.saveSettings(scenario.state.settings)), "\(line)")
    }
    #expect(scenario.others.contains(.setTheme(.mono)))
  }

  @Test("The sort menu offers a second column once there is a first, and shows which is in force")
  func sortMenu() throws {
    var scenario = Scenario(keys: 30, columns: 120, rows: 40)
    scenario.send(.start)
    scenario.settle()
    scenario.press("s")
    func rows() -> [OverlayRow] { SortMenuOverlay().rows(scenario.state.overlayInput()) }
    #expect(!rows().contains { $0.plainText.hasPrefix("then") })
    let access = try #require(rows().firstIndex { $0.plainText == "Access, descending" })
    for _ in 0..<access { scenario.press("j") }
    scenario.press("Enter", "s")
    #expect(rows()[access].plainText == "Access, descending  now")
    let name = try #require(rows().firstIndex { $0.plainText == "then Name" })
    for _ in 0..<name { scenario.press("j") }
    scenario.press("Enter")
    #expect(scenario.state.settings.sort.text == "access:desc,name")
    #expect(scenario.visibleNames.first == "key-1" && scenario.visibleNames.last == "key-9")
  }
}
