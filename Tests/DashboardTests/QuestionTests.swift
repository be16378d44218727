import APIKeyClient
import APIKeyModel
import KeyTable
import Testing

@testable import DashboardCore

@Suite struct QuestionTests {
  private func loaded(_ count: Int) -> Scenario {
    var scenario = Scenario(keys: count)
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  @Test("A filter on a part loads the rest, and never says none was found before it is whole")
  func filterLoadsTheRest() {
    var scenario = loaded(3_000)
    scenario.run("filter name:=key-2999")
    #expect(scenario.requests.last?.limit == 1000)
    #expect(scenario.state.emptyListSentence == "No match among the 50 keys searched so far.")
    #expect(scenario.status.contains("0 match of 50 searched, still loading"))
    scenario.settle()
    #expect(scenario.visibleNames == ["key-2999"])
    #expect(scenario.status.contains("1 match of 3,000 searched"))
    scenario.run("filter nothing-has-this")
    #expect(scenario.state.emptyListSentence == "No key matches the filter.")
  }

  @Test("Loaded is not searched: none found is said after the search only")
  func loadedIsNotSearched() {
    var scenario = loaded(100)
    scenario.run("filter zzz")
    scenario.holdsEvaluations = true
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete)
    #expect(!scenario.state.emptyListSentence.contains("No key matches"))
    scenario.answerEvaluation()
    #expect(scenario.state.emptyListSentence == "No key matches the filter.")
  }

  @Test("A mistake in a filter names the column, and the last valid one stays")
  func filterMistake() {
    var scenario = loaded(10)
    scenario.run("filter key-1")
    scenario.run("filter perm:(")
    #expect(scenario.message.hasPrefix("Column ") && scenario.message.hasSuffix("Nothing was changed."))
    #expect(scenario.state.query.filter.text == "key-1" && scenario.visibleNames == ["key-1"])
  }

  @Test("The filter prompt is live; Esc restores; Enter keeps; Up walks the history")
  func prompt() {
    var scenario = loaded(30)
    scenario.press("/")
    scenario.type("key-2")
    #expect(scenario.visibleNames.count == 11)
    scenario.press("Left")
    scenario.type("x")
    #expect(scenario.state.input.prompt?.text == "key-x2" && scenario.state.input.prompt?.caret == 5)
    scenario.press("Backspace", "End")
    #expect(scenario.state.input.prompt?.text == "key-2" && scenario.state.input.prompt?.caret == 5)
    scenario.press("Esc")
    #expect(scenario.state.input.prompt == nil && scenario.visibleNames.count == 30)
    scenario.press("/")
    scenario.type("key-29")
    scenario.press("Enter")
    #expect(scenario.visibleNames == ["key-29"])
    #expect(scenario.others.contains(.saveHistory(["key-29"])))
    scenario.press("/", "Ctrl-u")
    scenario.type("abc")
    scenario.press("Up")
    #expect(scenario.state.input.prompt?.text == "key-29")
    scenario.press("Down")
    #expect(scenario.state.input.prompt?.text == "abc")
    scenario.press("Ctrl-w")
    #expect(scenario.state.input.prompt?.text.isEmpty == true)
    scenario.press("Ctrl-c")
    #expect(scenario.state.query.filter.text == "key-29")
    scenario.press("Esc")
    #expect(scenario.visibleNames.count == 30)
  }

  @Test("The palette runs commands by name, and completes them")
  func palette() {
    var scenario = loaded(10)
    scenario.press(":")
    scenario.type("perm")
    scenario.press("Tab", "Enter")
    #expect(scenario.state.views.top?.overlay is PermissionsOverlay)
    scenario.press("q")
    #expect(!scenario.state.views.hasOverlay && scenario.others.isEmpty)
  }

  @Test("Sort, reverse, order, columns and settings")
  func sortAndSettings() {
    var scenario = loaded(12)
    scenario.run("sort name")
    #expect(scenario.visibleNames.prefix(3) == ["key-0", "key-1", "key-10"])
    scenario.press("S")
    #expect(scenario.visibleNames.first == "key-9")
    scenario.run("sort colour")
    #expect(scenario.message.contains("is not a column") && scenario.visibleNames.first == "key-9")
    scenario.run("sort server")
    #expect(scenario.visibleNames.first == "key-0")
    scenario.press("o")
    scenario.settle()
    // The last request of all asks for the other end.
    #expect(
      scenario.requests.suffix(2).map(\.order) == [.ascending, .descending] && scenario.visibleNames.first == "key-11")
    scenario.run("columns access,created")
    #expect(scenario.state.settings.columns == [.name, .access, .created])
    scenario.run("columns nothing")
    #expect(scenario.state.settings.columns == [.name, .access, .created])
    scenario.run("set mouse on")
    #expect(scenario.state.settings.mouse && scenario.others.contains(.setMouse(true)))
    scenario.run("set mouse maybe")
    #expect(scenario.message.hasPrefix("Settings are:"))
    scenario.press("t")
    #expect(scenario.state.settings.absoluteTime)
  }

  @Test("Marks, ranges, all, and going between them")
  func marks() {
    var scenario = loaded(20)
    scenario.press("Space", "j", "Space")
    #expect(scenario.state.marks.ids == [scenario.keys[0].id, scenario.keys[2].id])
    scenario.press("gg", "}")
    #expect(scenario.selectedName == "key-2")
    scenario.press("{")
    #expect(scenario.selectedName == "key-0")
    scenario.press("=")
    #expect(
      scenario.state.views.top?.overlay as? ComparisonOverlay
        == ComparisonOverlay(scenario.keys[0].id, scenario.keys[2].id))
    scenario.press("Esc", "U", "gg", "v", "j", "j", "j", "v")
    #expect(scenario.state.marks.count == 4)
    scenario.run("filter key-1")
    scenario.press("U", "*")
    #expect(scenario.state.marks.count == 11)
    scenario.press("Space")
    #expect(scenario.state.marks.count == 10)
    scenario.run("filter is:marked")
    #expect(scenario.state.query.visible.count == 10)
  }

  @Test("A command that can do nothing says why")
  func availability() {
    var scenario = Scenario(keys: 20)
    #expect(CommandID.open.availability(in: scenario.state) == .disabled("Still loading the first keys."))
    scenario.send(.start)
    scenario.settle()
    for id: CommandID in [.nextMarked, .compare, .reverseSort, .clearFilter, .loadAll, .nextHit] {
      guard case .disabled(let reason) = id.availability(in: scenario.state) else {
        Issue.record("\(id.rawValue) is enabled")
        continue
      }
      scenario.send(.invoke(CommandInvocation(id)))
      #expect(scenario.message == reason && reason.hasSuffix("."))
    }
    for id: CommandID in [.open, .mark, .markAll, .export, .order, .refresh, .growDetail] {
      #expect(id.availability(in: scenario.state) == .enabled)
    }
  }

  @Test("A file has one order, typed or pressed")
  func fileOrder() {
    var scenario = Scenario(keys: 5) { $0.isFile = true }
    scenario.send(.start)
    scenario.settle()
    scenario.press("o")
    #expect(scenario.message.hasPrefix("A file has one order"))
    scenario.run("order asc")
    #expect(scenario.requests.count == 1 && scenario.visibleNames.first == "key-0")
  }

  @Test("A part is never exported as the whole")
  func export() {
    var scenario = loaded(300)
    scenario.run("export keys.csv")
    #expect(scenario.others.isEmpty && scenario.state.messages.current?.exitCode == 75)
    let refusal = "Only 50 keys were loaded, and a part is never exported as the whole. "
    #expect(scenario.message == refusal + "Loading the rest; export again when it is complete.")
    scenario.press("Ctrl-c")
    let requests = scenario.requests.count
    scenario.run("export keys.csv")
    #expect(scenario.message == refusal + "Press L to load the rest, then export.")
    #expect(scenario.others.isEmpty && scenario.requests.count == requests)
    scenario.press("L")
    scenario.settle()
    scenario.run("export keys.csv")
    #expect(scenario.others == [.export(ExportRequest(path: "keys.csv", marked: nil))])
    scenario.press("gg", "j", "Space", "Space")
    scenario.run("export two.csv")
    let marked = [scenario.keys[1].id, scenario.keys[2].id]
    #expect(scenario.others.last == .export(ExportRequest(path: "two.csv", marked: marked)))
  }

  @Test("Exporting while a page is on its way loads the rest too, and says so")
  func exportWhileLoading() {
    var scenario = loaded(3_000)
    for _ in 0..<40 { scenario.press("j") }
    #expect(scenario.state.load.isLoading && scenario.state.load.goal == .onePage)
    scenario.run("export keys.csv")
    #expect(scenario.others.isEmpty)
    #expect(scenario.message.hasSuffix("Loading the rest; export again when it is complete."))
    scenario.settle()
    #expect(scenario.state.table.count == 3_000 && scenario.state.load.completeness.isComplete)
  }

  @Test("Marked keys are exported as they stand on the screen, and hidden ones after them in the order of the list")
  func exportOrder() {
    var scenario = loaded(12)
    scenario.run("sort name:desc")
    for number in [5, 1, 2, 10] { scenario.run("mark name:=key-\(number)") }
    scenario.run("filter key-1")
    #expect(scenario.visibleNames == ["key-11", "key-10", "key-1"])
    scenario.run("export keys.csv")
    let marked = [10, 1, 2, 5].map { scenario.keys[$0].id }
    #expect(scenario.others.last == .export(ExportRequest(path: "keys.csv", marked: marked)))
  }

  @Test("A list with an unreadable record is never exported as the whole; marked keys can be")
  func exportOfUnreadable() {
    var scenario = Scenario(keys: 5)
    scenario.send(.start)
    scenario.answer(unreadable: 1)
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete)
    scenario.run("export keys.csv")
    #expect(scenario.others.isEmpty && scenario.state.messages.current?.exitCode == 65)
    #expect(
      scenario.message == "1 record could not be read, and a part is never exported as the whole. "
        + "Nothing was written. Mark keys to export just those.")
    scenario.press("Space")
    scenario.run("export keys.csv")
    #expect(scenario.others.last == .export(ExportRequest(path: "keys.csv", marked: [scenario.keys[0].id])))
  }

  @Test(
    "A filter on marks follows them, however it is spelled",
    arguments: ["is:marked", "is=marked", "is!=marked", "IS:Marked", "-is:marked", "(zzz | is:marked)"])
  func filterOnMarks(_ text: String) throws {
    #expect(try Filter(parsing: text).usesMarks)
    var scenario = loaded(10)
    scenario.run("mark 2")
    scenario.run("filter \(text)")
    let before = scenario.visibleNames.count
    #expect(before == 1 || before == 9)
    scenario.run("mark name:=key-7")
    #expect(scenario.visibleNames.count == (before == 1 ? 2 : 8))
  }

  @Test(
    "A filter that only looks as if it asked for marks does not", arguments: ["\"is:marked\"", "is:full -mark", ""])
  func filterWithoutMarks(_ text: String) throws {
    let usesMarks = try Filter(parsing: text).usesMarks
    #expect(!usesMarks)
  }

  @Test("Copy takes the key that is open, also where the filter hides it")
  func copyOfHiddenKey() {
    var scenario = loaded(10)
    scenario.run("filter key-1")
    scenario.run("open key-7")
    #expect(scenario.selectedName == "key-7")
    scenario.run("copy name")
    #expect(scenario.others.last == .copyToClipboard(ClipboardText(value: "key-7")))
    #expect(scenario.message.contains("sent to the terminal's clipboard"))
  }

  @Test(
    "A value put into a filter by the program is read back as it was",
    arguments: [
      "plain", "two words", "a\"b", "a\"\u{301}b", "\\\u{301}", "(x|y)", "-no", "a,b", "/re/", "g*b", "~f",
    ])
  func quoting(_ name: String) throws {
    let quoted = Filter.quotedIfNeeded(name)
    let filter = try Filter(parsing: "name=\(quoted)")
    var batch = KeyBatch()
    for (number, text) in [name, name + "x", "other"].enumerated() {
      batch.append(APIKey(id: .uuid(UUID128(high: 1, low: UInt64(number))), name: text))
    }
    var table = KeyTable()
    table.append(batch)
    let rows = table.rows(matching: KeyQuery(filter: filter), context: FilterContext(now: 0))
    #expect(rows.map { Array($0) } == [0], "\(quoted)")
  }

  @Test("mark takes a key's number, or a filter, and a number that names no key changes nothing")
  func markByNumber() {
    var scenario = loaded(30)
    scenario.run("mark 2")
    #expect(scenario.state.marks.ids == [scenario.keys[1].id])
    #expect(scenario.message == "Marked: \(scenario.keys[1].shownName).")
    scenario.run("mark 2")
    #expect(scenario.state.marks.isEmpty)
    scenario.run("mark 31")
    #expect(scenario.state.marks.isEmpty && scenario.message.contains("31"))
    scenario.run("mark \"2\"")
    #expect(scenario.state.marks.count > 1)
  }
}
