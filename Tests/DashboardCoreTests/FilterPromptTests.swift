import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("The filter prompt", .timeLimit(.minutes(5)))
struct FilterPromptTests {
  @Test("The filter prompt filters while typing, Esc restores, Enter keeps, and Up recalls the history")
  func prompt() {
    var scenario = Scenario.loaded(30)
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
}
