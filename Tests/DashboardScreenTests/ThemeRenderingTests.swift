import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("Themes", .timeLimit(.minutes(5)))
struct ThemeRenderingTests {
  @Test("Every theme shows the same text, in every size", arguments: [(120, 40), (80, 24), (40, 12)])
  func themesShowTheSameText(size: (Int, Int)) {
    var scenario = Scenario.loaded(45, columns: size.0, rows: size.1)
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
}
