import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite(.timeLimit(.minutes(5))) struct PaletteTests {
  /// The lines above the prompt.
  private func help(_ scenario: Scenario) -> [String] {
    guard let prompt = scenario.state.input.prompt else { return [] }
    return PromptHelp(prompt: prompt, state: scenario.state).lines
      .map { $0.cells.map(\.string).filter { !$0.isEmpty }.joined(separator: "  ") }
  }

  @Test("A number in the palette goes to that row")
  func number() {
    var scenario = Scenario.loaded(10, columns: 120, rows: 40)
    scenario.press(":")
    scenario.type("7")
    #expect(help(scenario) == [CommandCatalog.entry(.goTo).summary])
    scenario.press("Enter")
    #expect(scenario.selectedName == "key-6")
    scenario.run("70")
    #expect(scenario.message == "70 is not a key number. Nothing was changed. Choose 1 to 10.")
    #expect(scenario.selectedName == "key-6")
  }

  @Test("While a name is typed, the palette lists matching commands with their keys and summaries")
  func suggestions() {
    var scenario = Scenario.loaded(10, columns: 120, rows: 40)
    scenario.press(":")
    #expect(help(scenario).last?.hasSuffix("more commands: go on typing.") == true)
    scenario.type("hist")
    #expect(help(scenario) == ["histogram  H  Count the keys created in each month."])
    #expect(scenario.grid[37].hasPrefix("histogram  H  Count the keys"))
    #expect(scenario.grid[38].hasPrefix(":hist") && scenario.textAtCaret?.hasPrefix(" ") == true)
    scenario.press("Ctrl-u")
    // An alias finds its command, and a word of its title too.
    scenario.type("yank")
    #expect(help(scenario).first?.hasPrefix("copy ") == true)
    scenario.press("Ctrl-u")
    scenario.type("rarest")
    #expect(help(scenario).first?.hasPrefix("pivot-rarest") == true)
  }

  @Test("The palette previews what Enter would do without doing it")
  func previews() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.state.settings.sort = SortOrder()
    let table: [(String, String)] = [
      ("filter key-1", "Shows 11 of 45 keys."), ("filter perm:(", "Column 6:"),
      ("mark is:full", "Marks 15 of 45 keys."), ("mark 1,3", "Marks 2 of 45 keys."),
      ("mark 99", "99 is not a key number."), ("mark 1", "Mark or unmark"),
      ("order sideways", "The order is asc or desc."),
      ("mark is:gone", "These keys are gone"), ("compare 1 99", "99 is not a key number."),
      ("sort access:desc,name", "Sorts by Access descending, then Name."), ("sort colour", "colour is not a column"),
      ("columns nothing", "nothing is not a column"), ("set theme pink", "Settings are:"),
      ("copy all", "all is not a field"),
      ("go 99", "99 is not a key number."), ("export out.csv", "Writes 45 keys, those shown, to a new file out.csv."),
      ("compare", "Not now. Mark two keys"), ("exprot", "Type a command"), ("exprot x", "exprot is not a command."),
      ("set", "set needs NAME VALUE"), ("sort ", "Choose the column"),
    ]
    let before = scenario.state
    for (line, expected) in table {
      let sentence = CommandPreview.sentence(line, in: scenario.state)
      #expect(sentence.hasPrefix(expected), "\(line): \(sentence)")
    }
    #expect(scenario.state.marks.ids == before.marks.ids && scenario.state.query.filter == before.query.filter)
    #expect(scenario.state.settings == before.settings && scenario.state.messages.log == before.messages.log)
    scenario.press(":")
    scenario.type("mark is:full")
    #expect(help(scenario) == ["Marks 15 of 45 keys."] && scenario.state.marks.isEmpty)
    scenario.press("Enter")
    #expect(scenario.state.marks.count == 15)
    scenario.press(":")
    scenario.type("export x.md")
    #expect(help(scenario) == ["Writes 15 keys, those marked, to a new file x.md."])
  }

  @Test("Tab completes commands, and the arguments of those that have words for them")
  func completion() {
    let table: [(String, [String])] = [
      ("ref", ["refresh "]), ("sort acc", ["sort access", "sort access:desc"]),
      (
        "sort name,cre", ["sort name,created", "sort name,created:desc", "sort name,creator", "sort name,creator:desc"]
      ),
      ("columns name,l", ["columns name,last-four"]), ("set theme h", ["set theme high-contrast"]),
      ("set mou", ["set mouse on", "set mouse off"]), ("copy js", ["copy json"]), ("order d", ["order desc"]),
      ("mark is:fu", ["mark is:full"]), ("filter perm:calls.cr", ["filter perm:calls.create"]),
      ("filter prod creator:00000000-0000-000c-0000-000000000002", []),
    ]
    for (typed, expected) in table {
      var scenario = Scenario.loaded(10, columns: 120, rows: 40)
      scenario.press(":")
      scenario.type(typed)
      var found: [String] = []
      while found.count < 9 {
        scenario.press("Tab")
        guard let text = scenario.state.input.prompt?.text, text != typed, !found.contains(text) else { break }
        found.append(text)
        if scenario.state.input.prompt?.choices.isEmpty == true { break }
      }
      #expect(found == (typed == "ref" ? ["refresh"] : expected), "\(typed)")
    }
  }

  @Test("Tab in the filter completes fields, permissions and creators, one choice after the other")
  func filterCompletion() {
    var scenario = Scenario.loaded(10, columns: 120, rows: 40)
    scenario.press("/")
    scenario.type("prod pe")
    scenario.press("Tab")
    #expect(scenario.state.input.prompt?.text == "prod perm:")
    #expect(help(scenario) == ["perm:", "perms:"])
    scenario.press("Tab")
    #expect(scenario.state.input.prompt?.text == "prod perms:")
    scenario.press("Tab")
    #expect(scenario.state.input.prompt?.text == "prod perm:")
    scenario.type("webh")
    scenario.press("Tab")
    #expect(scenario.state.input.prompt?.text == "prod perm:webhooks.*")
    scenario.press("Ctrl-u")
    scenario.type("creator:00000000-0000-000c")
    scenario.press("Tab")
    #expect(scenario.state.input.prompt?.text == "creator:00000000-0000-000c-0000-000000000000")
    #expect(scenario.state.query.filter.text == scenario.state.input.prompt?.text)
    scenario.press("Ctrl-u")
    scenario.type("zzz")
    scenario.press("Tab")
    #expect(scenario.message == "Nothing to complete here.")
  }

  @Test("In cursor focus the palette changes only one sentence")
  func cursorFocus() {
    var scenario = Scenario.loaded(10, columns: 120, rows: 40)
    scenario.press("F", ":")
    scenario.type("h")
    #expect(help(scenario).count == 1)
  }

  @Test("palette (:) runs commands by name, and Tab completes them")
  func palette() {
    var scenario = Scenario.loaded(10)
    scenario.press(":")
    scenario.type("perm")
    scenario.press("Tab", "Enter")
    #expect(scenario.state.views.top?.overlay is PermissionsOverlay)
    scenario.press("q")
    #expect(!scenario.state.views.hasOverlay && scenario.others.isEmpty)
  }
}
