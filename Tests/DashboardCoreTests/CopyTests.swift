import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("The copy command", .timeLimit(.minutes(5)))
struct CopyTests {
  @Test("copy (y) takes the open key, also if the filter hides it")
  func copyOfHiddenKey() {
    var scenario = Scenario.loaded(10)
    scenario.run("filter key-1")
    scenario.run("open key-7")
    #expect(scenario.selectedName == "key-7")
    scenario.run("copy name")
    #expect(scenario.others.last == .copyToClipboard(ClipboardText(value: "key-7")))
    #expect(scenario.message.contains("sent to the terminal's clipboard"))
  }
}
