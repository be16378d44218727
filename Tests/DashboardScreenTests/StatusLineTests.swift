import APIKeyClient
import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import TestSupport
import Testing

@testable import DashboardCore
@testable import KeyLoading

@Suite("The status line", .timeLimit(.minutes(5)))
struct StatusLineTests {
  @Test("The status line ends with the keys of the focused pane, and a move does not redraw them")
  func footer() throws {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    func footer() -> String { scenario.grid[39] }
    #expect(
      footer().hasSuffix("? help  q quit") && footer().contains("/ filter") && footer().contains("45 keys, complete"))
    let before = DashboardScreen.frame(of: scenario.state)
    scenario.press("j")
    let after = DashboardScreen.frame(of: scenario.state)
    #expect((40..<120).allSatisfy { before[39, $0] == after[39, $0] })
    scenario.press("/")
    #expect(footer().contains("Enter accept") && footer().contains("Tab complete") && !footer().contains("q quit"))
    scenario.press("Esc", "p")
    #expect(footer().contains("r rarest first") && footer().contains("Esc back"))
    scenario.press("Esc", "F")
    #expect(!footer().contains("q quit"))
    // On a narrow screen completeness goes before any hint.
    var narrow = Scenario.loaded(45, columns: 40, rows: 12)
    #expect(narrow.grid[11].hasPrefix("1 of 45  45 keys, complete at "))
    narrow.press("j")
    #expect(narrow.grid[11].hasPrefix("2 of 45"))
  }

  @Test("At width 40 position, matches and completeness stay, and no count is truncated")
  func narrow() throws {
    var scenario = Scenario.loaded(500, columns: 40, rows: 12)
    scenario.run("load-all")
    scenario.settle()
    #expect(scenario.grid[11].hasPrefix("1 of 500, complete at "))
    scenario.run("filter key-1")
    scenario.settle()
    #expect(scenario.grid[11].hasPrefix("1 of 111  111 match of 500, complete"))
    scenario.press("p")
    #expect(!scenario.grid[11].contains(" of 111"), "the place is the list's, which is not on the screen")
    let names = PermissionCatalog.names.prefix(8)
    for (name, row) in zip(names, scenario.grid.dropFirst(2)) {
      #expect(row.hasPrefix("  \(name) ") && row.contains(" + "), "\(row)")
    }
    scenario.press("Esc", "c")
    // Eight digits of the id are enough to tell creators apart; what is counted keeps its words.
    #expect(scenario.grid[2].hasPrefix("  00000000-000…") && scenario.grid[2].hasSuffix(" full access"))
  }

  @Test("The status line shows how complete the list is in every state")
  func completeness() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 24)
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
}
