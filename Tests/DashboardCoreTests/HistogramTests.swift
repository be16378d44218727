import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The histogram command", .timeLimit(.minutes(5)))
struct HistogramTests {
  @Test("histogram (H) shows each month in words with a scaled bar, also in ASCII")
  func histogram() throws {
    var scenario = Scenario.loaded(60, columns: 120, rows: 40)
    scenario.press("H")
    func bars() -> [Int] { scenario.overlayRows.map { $0.cells[2].width } }
    let counts = scenario.overlayRows.map { Int($0.cells[1].string.filter(\.isNumber)) ?? 0 }
    #expect(counts.reduce(0, +) == 60)
    let longest = try #require(counts.max())
    for (count, bar) in zip(counts, bars()) {
      #expect(bar == (count * 60 + longest - 1) / longest)
    }
    #expect(scenario.overlayRows[0].cells[2].string.allSatisfy { $0 == "\u{2588}" })
    DisplayCharset.current = .ascii
    defer { DisplayCharset.current = .utf8 }
    // The rows are made again for another size.
    scenario.send(.resized(columns: 121, rows: 40))
    #expect(scenario.overlayRows[0].cells[2].string.allSatisfy { $0 == "#" })
    scenario.press("Enter")
    #expect(scenario.state.query.filter.text.hasPrefix("created:") && scenario.state.query.visible.count == counts[0])
  }
}
