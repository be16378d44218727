import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

/// How the screen looks: colours, highlights, alignment and what stands where.
@Suite struct LookTests {
  private func loaded(_ columns: Int, _ rows: Int, keys: Int = 45) -> Scenario {
    var scenario = Scenario(keys: keys, columns: columns, rows: rows)
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  private func place(of text: String, in scenario: Scenario) throws -> (row: Int, column: Int) {
    let grid = scenario.grid
    let row = try #require(grid.firstIndex { $0.contains(text) }, "\(text) is not in\n\(grid.joined(separator: "\n"))")
    let range = try #require(grid[row].firstRange(of: text))
    return (row, grid[row].distance(from: grid[row].startIndex, to: range.lowerBound))
  }

  @Test("Every theme shows the same text, in every size", arguments: [(120, 40), (80, 24), (40, 12)])
  func themesShowTheSameText(size: (Int, Int)) {
    var scenario = loaded(size.0, size.1)
    for chords in [["j"], ["Enter"], ["Esc", "?"], ["Esc", "p"], ["Esc", "H"], ["Esc", "/"]] {
      for chord in chords { scenario.press(chord) }
      var texts: Set<[String]> = []
      for theme in Theme.allCases {
        scenario.state.settings.theme = theme
        texts.insert(scenario.grid)
      }
      #expect(texts.count == 1, "after \(chords)")
    }
  }

  @Test("What the filter found is underlined in the rows, and nothing else is")
  func highlights() throws {
    var scenario = loaded(120, 40)
    scenario.press("/")
    scenario.type("ey-1")
    let frame = DashboardScreen.frame(of: scenario.state)
    let name = try place(of: "key-11", in: scenario)
    let underlined = (0..<frame.width).filter { frame[name.row, $0].style.underline }
    #expect(underlined == Array(name.column + 1..<name.column + 5))
    scenario.press("Enter", "F")
    let still = DashboardScreen.frame(of: scenario.state)
    // Below the headings, which cursor focus has in the third row.
    #expect((3..<38).allSatisfy { row in (0..<still.width).allSatisfy { !still[row, $0].style.underline } })
  }

  @Test("Highlights are in columns, also behind wide and escaped characters")
  func highlightColumns() throws {
    let filter = try Filter(parsing: "prod")
    func ranges(_ name: String) -> [Range<Int>] {
      MatchHighlight.ranges(in: DisplayText(name), column: .name, filter: filter)
    }
    #expect(ranges("prod-a") == [0..<4])
    #expect(ranges("\u{754C}\u{754C} PROD prod") == [5..<9, 10..<14])
    #expect(ranges("\u{1B}prod") == [8..<12])
    #expect(ranges("none") == [])
    #expect(MatchHighlight.ranges(in: "prod", column: .access, filter: filter) == [])
    #expect(MatchHighlight.ranges(in: "prod", column: .name, filter: try Filter(parsing: "-prod")) == [])
    #expect(MatchHighlight.ranges(in: "prod", column: .lastFour, filter: try Filter(parsing: "name:prod")) == [])
  }

  @Test(
    "The values of the detail stand in one column, ids too, and no id is cut",
    arguments: [(120, 40), (80, 24), (40, 12)])
  func detailColumns(size: (Int, Int)) throws {
    var scenario = loaded(size.0, size.1)
    scenario.press("Enter")
    let id = try #require(scenario.state.list.selection).text
    let place = try place(of: id, in: scenario)
    if size.0 >= 80 {
      let label = try self.place(of: "Id  ", in: scenario)
      #expect(place.column == label.column + DetailViewModel.labelWidth)
      #expect(scenario.grid[place.row].contains("Id        \(id)"))
    } else {
      #expect(scenario.grid[place.row - 1] == "Id")
    }
    // Taken away, an id is beside its label in any size.
    scenario.press("Y")
    guard case .printLines(let lines)? = scenario.others.last else {
      Issue.record("nothing printed")
      return
    }
    #expect(lines.map(\.string).contains("Id: \(id)"))
  }

  @Test("The status line ends with the keys of the place, and a move does not touch them")
  func footer() throws {
    var scenario = loaded(120, 40)
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
    var narrow = loaded(40, 12)
    #expect(narrow.grid[11].hasPrefix("1 of 45  45 keys, complete at "))
    narrow.press("j")
    #expect(narrow.grid[11].hasPrefix("2 of 45"))
  }

  @Test("On 40 columns place, matches and completeness stay, and no count is cut")
  func narrow() throws {
    var scenario = loaded(40, 12, keys: 500)
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

  @Test("The line for a file name says what is written and how the format is chosen, but not in cursor focus")
  func exportHelp() throws {
    var scenario = loaded(120, 40)
    scenario.press("Space", "x")
    #expect(scenario.grid[37].hasPrefix("Writes 1 key, the one marked, to a new file; its ending says how: .csv"))
    #expect(scenario.grid[38].hasPrefix("Export to:"))
    scenario.press("Esc", "F", "x")
    #expect(!scenario.grid.contains { $0.contains("its ending says") })
  }

  @Test("The top line names program, source, filter, order and plain mode, and cuts the filter first")
  func topLine() {
    var scenario = loaded(120, 40)
    #expect(scenario.grid[0].hasPrefix("apikeys-tui  keys.example.com  newest first"))
    #expect(scenario.grid[0].hasSuffix("read-only  ? help  --plain: plain mode"))
    scenario.run("filter \(String(repeating: "key ", count: 30))")
    #expect(scenario.grid[0].contains("filter: key key") && scenario.grid[0].contains("  newest first"))
    #expect(scenario.grid[0].hasSuffix("--plain"))
    #expect(loaded(40, 12).grid[0].hasSuffix("--plain"))
    #expect(loaded(80, 24).grid[0].hasSuffix("--plain: plain mode"))
  }

  @Test("Columns that do not fit are scrolled to; Name stays, and the header says which way there are more")
  func sideways() {
    var scenario = loaded(80, 24)
    scenario.send(.resized(columns: 60, rows: 24))
    #expect(scenario.grid[1].contains("Created") && !scenario.grid[1].contains("Last four"))
    #expect(scenario.grid[1].contains("2 more >"))
    scenario.press("l")
    #expect(scenario.grid[1].contains("< 1  1 >"))
    scenario.press("l")
    #expect(scenario.grid[1].hasPrefix("  Name") && scenario.grid[1].contains("Last four"))
    #expect(!scenario.grid[1].contains("Access") && scenario.grid[1].contains("< 2 more"))
    #expect(scenario.grid[2].hasPrefix("  key-0"))
    scenario.press("l")
    #expect(scenario.message == "Every column is shown.")
    scenario.press("h", "h")
    #expect(scenario.grid[1].contains("Access"))
  }

  @Test("A sorted column has an arrow, and its rank where there are several")
  func sortArrows() {
    var scenario = loaded(120, 40)
    scenario.run("sort access:desc,name")
    #expect(scenario.grid[1].contains("Access\u{2193}1") && scenario.grid[1].contains("Name\u{2191}2"))
    #expect(scenario.grid[0].contains("sorted by Access descending, then Name"))
    DisplayCharset.current = .ascii
    defer { DisplayCharset.current = .utf8 }
    #expect(scenario.grid[1].contains("Accessv1") && scenario.grid[1].contains("Name^2"))
  }

  @Test("Text that is read is broken into lines", arguments: [120, 80, 40])
  func explanation(columns: Int) {
    var scenario = loaded(columns, 24)
    scenario.press("i")
    let text = scenario.grid.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(text.contains("whether it expires, or the creator's name."))
  }
}
