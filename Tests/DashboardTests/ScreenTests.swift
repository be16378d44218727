import APIKeyClient
import APIKeyModel
import Testing

@testable import DashboardCore
@testable import KeyLoading

@Suite struct ScreenTests {
  private func loaded(_ columns: Int, _ rows: Int, keys: Int = 45) -> Scenario {
    var scenario = Scenario(keys: keys, columns: columns, rows: rows)
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  @Test("Layouts at 120x40, 80x24, 40x12 and 39x8")
  func layouts() {
    func layout(_ columns: Int, _ rows: Int) -> Layout {
      Layout(columns: columns, rows: rows, settings: DisplaySettings(), pane: .list, detailIsOpen: false)
    }
    let wide = layout(120, 40)
    #expect(wide.arrangement == .sideBySide && wide.listRows == 36)
    #expect(wide.list.columns + 1 + wide.detail.columns == 120)
    let usual = layout(80, 24)
    #expect(usual.arrangement == .stacked)
    #expect(usual.list.row + usual.list.rows + 1 == usual.detail.row)
    #expect(usual.detail.row + usual.detail.rows == usual.messageRow)
    #expect(layout(40, 12).arrangement == .onePane && layout(40, 12).detail.rows == 0)
    #expect(layout(79, 24).arrangement == .onePane && layout(80, 15).arrangement == .onePane)
    #expect(layout(39, 8).arrangement == .tooSmall && layout(40, 7).arrangement == .tooSmall)
    #expect(layout(40, 8).arrangement == .onePane && layout(40, 8).listRows == 4)
  }

  @Test(
    "Frames: top, header, rows, status, and the caret on the selected name", arguments: [(120, 40), (80, 24), (40, 12)])
  func frames(size: (Int, Int)) {
    var scenario = loaded(size.0, size.1)
    scenario.press("j")
    let grid = scenario.grid
    #expect(grid.count == size.1)
    #expect(grid[0].hasPrefix("apikeys-tui  keys.example.com"))
    #expect(grid[1].hasPrefix("  Name") && grid[1].contains("Access"))
    #expect(grid[2].hasPrefix("  key-0") && grid[2].contains("full"))
    #expect(grid[3].hasPrefix("  key-1") && grid[3].contains("limited"))
    #expect(grid[size.1 - 1].contains("45 keys, complete at "))
    #expect(scenario.textAtCaret?.hasPrefix("key-1 ") == true)
    let showsBoth = size.0 >= 80
    #expect(grid.contains { $0.contains("00000000-0000-000a-0000-000000000002") } == showsBoth)
    scenario.press("Enter", "G")
    let last = scenario.textAtCaret
    #expect(last?.contains("delete") == true, "caret at \(last ?? "nothing")")
    #expect(scenario.grid.contains { $0.contains("[ ] not granted  delete") })
  }

  @Test("The caret is at the insertion point of a prompt, and on the focused row of what is open")
  func carets() {
    var scenario = loaded(80, 24)
    scenario.press("/")
    scenario.type("key-12")
    scenario.press("Left", "Left")
    #expect(scenario.textAtCaret?.hasPrefix("12") == true)
    #expect(scenario.grid[22].hasPrefix("Filter: key-12"))
    scenario.press("Esc", "s", "j")
    #expect(scenario.textAtCaret?.hasPrefix("Name") == true)
    #expect(scenario.grid[1].hasPrefix("Sort by"))
    scenario.press("Esc", "?", "j")
    #expect(scenario.textAtCaret?.hasPrefix("j Down") == true)
    scenario.press("Esc", "p")
    #expect(scenario.textAtCaret?.contains(".") == true)
  }

  @Test("What is open has a line for the caret, also without any key", arguments: ["p", "c", "H", "e", "C", "y"])
  func emptyOverlays(chord: String) {
    var scenario = loaded(80, 24, keys: 0)
    scenario.press(chord)
    #expect(scenario.textAtCaret != nil)
    #expect(scenario.textAtCaret?.hasPrefix(" ") == false)
  }

  @Test("A screen made narrow shows the pane that has the focus, and the cursor in it")
  func narrowed() {
    var scenario = loaded(120, 40)
    scenario.press("Tab")
    #expect(scenario.textAtCaret?.hasPrefix("Name") == true)
    scenario.send(.resized(columns: 60, rows: 20))
    #expect(scenario.textAtCaret?.hasPrefix("Name") == true)
    scenario.press("Esc")
    #expect(scenario.textAtCaret?.hasPrefix("key-0") == true)
    scenario.send(.resized(columns: 39, rows: 8))
    #expect(scenario.grid.joined(separator: " ").contains("needs 40 by 8"))
    scenario.press("j", "x", "q")
    #expect(scenario.others == [.quit(status: 0)])
  }

  @Test("The status line says how complete the list is, in every state")
  func completeness() {
    var scenario = loaded(120, 24)
    func sentence(_ phase: LoadPhase, _ freshness: ListLoad.Freshness = .init()) -> String {
      var load = scenario.state.load
      load.phase = phase
      load.freshness = freshness
      scenario.state.loading = LoadingState(load: load)
      return StatusViewModel.completeness(scenario.state)
    }
    let id = LoadID(number: 0)
    #expect(sentence(.resting(.nothing)) == "nothing loaded yet")
    #expect(sentence(.resting(.partial)) == "45 loaded, more on the server")
    #expect(sentence(.loading(.paging(near: id, far: nil))) == "45 loaded, loading... (2 requests)")
    let whole = LoadPhase.resting(.whole(at: 50_531))
    #expect(sentence(whole) == "45 keys, complete at 14:02:11Z")
    #expect(
      sentence(whole, .init(lookedAt: 50_995, new: 1)) == "44 keys read whole at 14:02:11Z, 1 new at 14:09:55Z")
    #expect(
      sentence(whole, .init(lookedAt: 50_995, new: 0)) == "45 keys read whole at 14:02:11Z, none new at 14:09:55Z")
    let changed = ListLoad.Freshness(lookedAt: 50_995, new: 1, isChanged: true)
    #expect(
      sentence(whole, changed)
        == "44 keys read whole at 14:02:11Z, 1 new at 14:09:55Z, changed on the server: press R to read it again")
    #expect(
      sentence(whole, .init(isChanged: true))
        == "45 keys read whole at 14:02:11Z, changed on the server: press R to read it again")
    #expect(
      sentence(.resting(.partial), changed)
        == "45 loaded, more on the server, changed on the server: press R to read it again")
    #expect(
      sentence(.resting(.contradicted(.otherEndDiffers, at: 50_531)))
        == "45 keys, not complete: the other end of the list is another key")
    #expect(
      sentence(.resting(.halted(.check(.connectionLost(host: "h"), at: 50_531))))
        == "45 keys, not complete: the check from the other end failed: The connection to h was lost, press r to repeat it"
    )
    #expect(sentence(.resting(.unknown(at: 0))) == "45 keys in the file; it does not say whether that is all")
    #expect(sentence(.resting(.interrupted)) == "stopped after 45 by you, press r to resume")
    #expect(
      sentence(.resting(.halted(.page(.connectionLost(host: "h")))))
        == "stopped after 45: The connection to h was lost, press r to resume")
  }

  @Test("Control characters of a name never reach a cell")
  func hostileName() {
    var scenario = Scenario(keys: 1, columns: 80, rows: 24)
    scenario.keys[0].name = "a\u{1B}[2Jb\u{202E}c\u{7}"
    scenario.send(.start)
    scenario.settle()
    for line in scenario.grid {
      #expect(
        !line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E || (0x7F...0x9F).contains($0.value) })
    }
  }
}
