import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import TerminalCore
import TestSupport
import Testing

@testable import DashboardCore

/// What the dashboard owes to people who hear it, feel it, or see little of it.
@Suite("Cursor focus", .timeLimit(.minutes(5))) struct CursorFocusTests {
  private func loaded(_ columns: Int, _ rows: Int, keys: Int = 45, cursorFocus: Bool = false) -> Scenario {
    var scenario = Scenario(keys: keys, columns: columns, rows: rows)
    scenario.state.settings.cursorFocus = cursorFocus
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  @Test(
    "In cursor focus a row starts with name and access, both in 40 cells", .tags(.n2),
    arguments: [40, 80, 100, 120, 220])
  func rowStart(columns: Int) {
    var scenario = Scenario(keys: 3, columns: columns, rows: 24)
    scenario.keys[1].name = String(repeating: "long-name-", count: 9)
    scenario.state.settings.cursorFocus = true
    scenario.send(.start)
    scenario.settle()
    let rows = scenario.grid
    #expect(rows[3].hasPrefix("key-0") && rows[3].prefix(40).contains(" full"))
    #expect(rows[4].hasPrefix("long-name-") && rows[4].prefix(40).contains(" limited"))
    scenario.press("j", "Space")
    #expect(scenario.grid[4].prefix(40).contains(", marked") && scenario.grid[4].prefix(40).contains(" limited"))
  }

  @Test(
    "In cursor focus the number of permissions has its word, and what does not fit is dropped from the right",
    .tags(.n2))
  func spokenRow() {
    func rows(_ columns: Int, _ change: (inout Scenario) -> Void = { _ in }) -> [String] {
      var scenario = Scenario(keys: 5, columns: columns, rows: 24)
      scenario.keys[1].name = "billing-core-prod"
      scenario.keys[2].name = "contacts-importer-for-staging"
      scenario.keys[3].restricted = nil
      scenario.keys[4].permissions = PermissionSet(["calls.view", "calls.create"])
      scenario.state.settings.cursorFocus = true
      change(&scenario)
      scenario.send(.start)
      scenario.settle()
      return Array(scenario.grid[3...7])
    }
    #expect(
      rows(80) == [
        "key-0  full access  5 minutes ago  00000000  0000",
        "billing-core-prod  limited, 1 permission  24 hours ago  00000000  0001",
        "contacts-importer-for-staging  limited, 1 permission  2 days ago  00000000  0002",
        "key-3  access not reported  3 days ago  00000000  0003",
        "key-4  limited, 2 permissions  4 days ago  00000000  0004",
      ])
    #expect(
      rows(40) == [
        "key-0  full access  5 minutes ago", "billing-core-prod  limited, 1 permission",
        "contacts-importer-for-staging  limited", "key-3  access not reported  3 days ago",
        "key-4  limited, 2 permissions",
      ])
    #expect(
      rows(80) { $0.state.settings.columns = [.name, .access, .lastFour] } == [
        "key-0  full access  0000", "billing-core-prod  limited  0001", "contacts-importer-for-staging  limited  0002",
        "key-3  access not reported  0003", "key-4  limited  0004",
      ])
    #expect(
      rows(40) { $0.state.list.scrollSideways(1, columnCount: 7) } == [
        "key-0  all permissions  5 minutes ago", "billing-core-prod  1 permission",
        "contacts-importer-for-staging", "key-3  permissions not reported", "key-4  2 permissions  4 days ago",
      ])
    // Words a little shorter, before the number is left to the detail.
    for (count, access) in [(1, "limited, 1 perm"), (18, "limited, 18 perms"), (53, "limited, 53 perms")] {
      let row = rows(40) {
        $0.keys[1].name = "support-edge-testing"
        $0.keys[1].permissions = PermissionSet(Array(PermissionCatalog.names.prefix(count)))
      }
      #expect(row[1] == "support-edge-testing  \(access)")
    }
    for width in 40...130 {
      for row in rows(width) {
        // A number is followed by what it counts.
        #expect(!row.contains(/limited,? \d+( |$)(?!perm)/), "\(width): \(row)")
      }
    }
  }

  @Test("In cursor focus a move changes nothing but the cursor", .tags(.n3, .n4))
  func stillMove() {
    var scenario = loaded(80, 24, cursorFocus: true)
    let before = scenario.grid
    scenario.press("j", "j", "j", "k")
    #expect(scenario.grid == before)
    #expect(scenario.textAtCaret?.hasPrefix("key-2 ") == true)
  }

  @Test("In cursor focus a filter shows one sentence, and rows appear as the cursor reaches them", .tags(.n5))
  func filterInFocus() {
    var scenario = loaded(80, 24, cursorFocus: true)
    let page = scenario.grid
    scenario.press("/")
    scenario.type("key-1")
    #expect(scenario.grid.dropFirst(2) == page.dropFirst(2))
    scenario.press("Enter")
    #expect(scenario.textAtCaret?.hasPrefix("11 of 45 keys match key-1.") == true)
    #expect(scenario.grid.filter { $0.hasPrefix("key-") }.isEmpty)
    scenario.press("j")
    #expect(scenario.grid.filter { $0.hasPrefix("key-") }.map { $0.prefix(7) } == ["key-1  "])
    scenario.press("j", "j")
    #expect(scenario.grid.filter { $0.hasPrefix("key-") }.count == 3)
    #expect(scenario.textAtCaret?.hasPrefix("key-11 ") == true)
    // Back over what is there: nothing new.
    let three = scenario.grid
    scenario.press("k")
    #expect(scenario.grid == three)
    scenario.press("Ctrl-l")
    #expect(scenario.grid.filter { $0.hasPrefix("key-") }.count == 11)
    scenario.press("Esc")
    #expect(scenario.textAtCaret?.hasPrefix("45 keys.") == true)
  }

  @Test("A wrong filter in cursor focus stays in its prompt, and a right one follows", .tags(.n5))
  func wrongFilterInFocus() {
    var scenario = loaded(80, 24, cursorFocus: true)
    scenario.press("/")
    scenario.type("perm:(")
    scenario.press("Enter")
    #expect(scenario.state.input.prompt?.problem != nil)
    #expect(scenario.state.messages.log.last?.kind == .error)
    scenario.press("Ctrl-u")
    scenario.type("is:full")
    scenario.press("Enter")
    #expect(scenario.state.input.prompt == nil)
    #expect(scenario.textAtCaret?.hasPrefix("15 of 45 keys match is:full.") == true)
  }

  @Test("In cursor focus the filter result waits for the whole list, and an error replaces it", .tags(.n5))
  func answerWaits() {
    var scenario = Scenario(keys: 120, columns: 80, rows: 24)
    scenario.state.settings.cursorFocus = true
    scenario.send(.start)
    scenario.answer()
    scenario.run("filter is:full")
    #expect(scenario.message == "Searching every key.")
    scenario.settle()
    #expect(scenario.message == "40 of 120 keys match is:full.")
    var broken = Scenario(keys: 120, columns: 80, rows: 24)
    broken.state.settings.cursorFocus = true
    broken.send(.start)
    broken.answer()
    broken.run("filter is:full")
    broken.fail(.connectionLost(host: "h"))
    #expect(broken.message.hasPrefix("The connection to h was lost."))
    #expect(broken.status.hasPrefix("stopped after 50"))
  }

  @Test("In cursor focus closing help or a detail returns to the row with the cursor", .tags(.n3))
  func backInFocus() {
    var scenario = loaded(80, 24, cursorFocus: true)
    scenario.press("j", "j", "?", "Esc")
    #expect(scenario.grid.filter { $0.hasPrefix("key-") }.map { $0.prefix(6) } == ["key-2 "])
    scenario.press("Enter", "Esc", "j")
    #expect(scenario.grid.filter { $0.hasPrefix("key-") }.map { $0.prefix(6) } == ["key-2 ", "key-3 "])
    #expect(scenario.textAtCaret?.hasPrefix("key-3 ") == true)
  }

  @Test("In cursor focus the status line changes only when the list is complete", .tags(.n3))
  func quietStatus() {
    var scenario = Scenario(keys: 120, columns: 80, rows: 24)
    scenario.state.settings.cursorFocus = true
    scenario.send(.start)
    #expect(scenario.status == "loading")
    scenario.answer()
    #expect(scenario.status == "more keys are on the server")
    scenario.press("L")
    #expect(scenario.status == "more keys are on the server")
    scenario.settle()
    #expect(scenario.status.hasPrefix("120 keys, complete at "))
    let status = scenario.status
    scenario.press("j", "Space")
    #expect(scenario.status == status)
  }

  @Test("A message stays while the cursor moves, and messages keeps a list of errors", .tags(.n6))
  func messages() {
    var scenario = loaded(80, 24)
    scenario.run("sort nonsense")
    let message = scenario.grid[22]
    #expect(message.hasPrefix("nonsense is not a column to sort by."))
    scenario.press("j", "G", "gg", "Tab", "j", "Esc")
    #expect(scenario.grid[22] == message)
    scenario.run("where")
    scenario.press("e")
    let list = scenario.grid
    #expect(list.contains { $0.contains("error") && $0.contains("nonsense is not a column") })
    #expect(list.contains { $0.contains("note") && $0.contains("Key 1 of 45") })
  }

  @Test("At width 40 every permission has its word, and every column is reachable", .tags(.n11, .n14))
  func narrow() {
    var scenario = loaded(40, 12)
    scenario.press("j")
    #expect(scenario.textAtCaret?.hasPrefix("key-1") == true && scenario.textAtCaret?.contains("limited") == true)
    #expect(scenario.status.contains("complete"))
    scenario.press("Enter")
    var lines: Set<String> = []
    var words: [Substring] = []
    for _ in 0..<90 {
      if let text = scenario.textAtCaret, text.hasPrefix("["), lines.insert("\(scenario.state.detail.line)").inserted {
        words.append(text.dropFirst(4).drop { $0 == " " })
      }
      scenario.press("j")
    }
    #expect(words.count == PermissionCatalog.count)
    // Behind the word are the action and, on the last line, how many more there are.
    func count(_ word: String) -> Int { words.count { $0 == word || $0.hasPrefix(word + " ") } }
    #expect(count("granted") == 1 && count("not granted") == 52, "\(words)")
    scenario.press("Esc")
    var headers = scenario.grid[1]
    for _ in 0..<6 {
      scenario.press("l")
      headers += scenario.grid[1]
    }
    for column in KeyField.columns { #expect(headers.contains(column.shortTitle), "\(column.shortTitle)") }
  }

  @Test("Every command is reached by plain letters, arrows, Tab, Enter and Esc", .tags(.n12))
  func plainKeys() {
    // Ctrl with these is taken by readers before a program sees it.
    let taken = ["Ctrl-a", "Ctrl-l", "Ctrl-n", "Ctrl-x"]
    for entry in CommandCatalog.entries {
      for chord in entry.chords {
        #expect(!chord.contains("Alt-") && !chord.hasPrefix("F1") && !chord.contains("Meta"), "\(chord)")
      }
      let free = entry.chords.filter { !taken.contains($0) }
      // By its name, in the palette, where it has no other key.
      let byName = entry.isInPlainMode && !CommandLineParser.completions(of: entry.name).isEmpty
      #expect(!free.isEmpty || byName, "\(entry.name)")
      let simple = entry.chords.filter { !$0.contains("Ctrl-") }
      let editing: Set<CommandID> = [.promptDeleteWord, .promptClear]  // Backspace does both.
      #expect(!simple.isEmpty || byName || editing.contains(entry.id), "\(entry.name)")
    }
    #expect(Keymap.label(.palette) == ":")
  }
}
