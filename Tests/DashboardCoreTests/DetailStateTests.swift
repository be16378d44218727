import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The detail's cursor", .timeLimit(.minutes(5)))
struct DetailStateTests {
  @Test("Opened from the list, a key is read from its first line; Tab goes back to the line it left")
  func opening() {
    var detail = DetailState()
    detail.open(isOnePane: false)
    detail.select(line: 7, of: 20)
    detail.switchPane(isOnePane: false)
    #expect(detail.pane == .list)
    detail.switchPane(isOnePane: false)
    #expect(detail.pane == .detail && detail.line == 7)
    detail.close()
    detail.open(isOnePane: true)
    #expect(detail.line == 0 && detail.isOpen)
  }

  @Test("The line is one there is, and is kept on the screen")
  func limits() {
    var detail = DetailState()
    detail.select(line: 99, of: 20)
    #expect(detail.line == 19)
    detail.keepVisible(rows: 5)
    #expect(detail.top == 15)
    detail.select(line: -3, of: 20)
    detail.keepVisible(rows: 5)
    #expect(detail.line == 0 && detail.top == 0)
    detail.select(line: 4, of: 0)
    #expect(detail.line == 0)
  }

  @Test("With room for one pane, the one that has the keyboard is shown")
  func onePane() {
    var detail = DetailState()
    detail.switchPane(isOnePane: true)
    #expect(detail.isOpen)
    detail.switchPane(isOnePane: true)
    #expect(!detail.isOpen)
    detail.focus(.detail)
    detail.showFocusedPane()
    #expect(detail.isOpen)
  }
}
