import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The layout of the detail pane", .timeLimit(.minutes(5))) struct DetailLayoutTests {
  private func place(of text: String, in scenario: Scenario) throws -> (row: Int, column: Int) {
    let grid = scenario.grid
    let row = try #require(grid.firstIndex { $0.contains(text) }, "\(text) is not in\n\(grid.joined(separator: "\n"))")
    let range = try #require(grid[row].firstRange(of: text))
    return (row, grid[row].distance(from: grid[row].startIndex, to: range.lowerBound))
  }

  @Test(
    "The values of the detail pane are aligned, and no id is truncated",
    arguments: [(120, 40), (80, 24), (40, 12)])
  func detailColumns(size: (Int, Int)) throws {
    var scenario = Scenario.loaded(45, columns: size.0, rows: size.1)
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
}
