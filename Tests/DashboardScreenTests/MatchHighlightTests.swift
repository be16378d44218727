import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("Highlighted matches", .timeLimit(.minutes(5)))
struct MatchHighlightTests {
  private func place(of text: String, in scenario: Scenario) throws -> (row: Int, column: Int) {
    let grid = scenario.grid
    let row = try #require(grid.firstIndex { $0.contains(text) }, "\(text) is not in\n\(grid.joined(separator: "\n"))")
    let range = try #require(grid[row].firstRange(of: text))
    return (row, grid[row].distance(from: grid[row].startIndex, to: range.lowerBound))
  }

  @Test("Filter matches are underlined in the rows, and nothing else is")
  func highlights() throws {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
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

  @Test("Highlights cover the right cells after wide and escaped characters")
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
}
