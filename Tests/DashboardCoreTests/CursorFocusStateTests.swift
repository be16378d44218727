import APIKeyModel
import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("Which rows cursor focus shows", .timeLimit(.minutes(5)))
struct CursorFocusStateTests {
  private func page(_ top: Int, width: Int = 80, isShown: Bool = true) -> CursorFocusState.Page {
    CursorFocusState.Page(
      isShown: isShown, width: width, top: top, ids: (top..<top + 10).map { Scenario.key($0).id })
  }

  @Test("Another page shows the cursor's row alone, on top; the rows beside it come as the cursor reaches them")
  func otherPage() {
    var focus = CursorFocusState()
    let isOnTop = focus.keepStill(from: page(0), to: page(50), position: 55)
    #expect(isOnTop)
    #expect(focus.shownRows == 55..<56)
    for (position, rows) in [(56, 55..<57), (54, 54..<57), (56, 54..<57), (70, 70..<71)] {
      let isMoved = focus.keepStill(from: page(50), to: page(50), position: position)
      #expect(!isMoved)
      #expect(focus.shownRows == rows)
    }
  }

  @Test("No row is shown while the cursor is on the result of a query")
  func message() {
    var focus = CursorFocusState()
    focus.queryBegan()
    #expect(focus.awaitsResult && focus.isOnMessage)
    _ = focus.keepStill(from: page(0), to: page(0), position: 3)
    #expect(focus.shownRows == 3..<3)
    focus.leaveMessage(hasRows: false)
    #expect(focus.isOnMessage)
    focus.leaveMessage()
    #expect(!focus.isOnMessage)
  }

  @Test("A page that scrolled by one is the same page; another width draws it whole; a hidden list stays as it is")
  func samePage() {
    var focus = CursorFocusState()
    _ = focus.keepStill(from: page(0), to: page(50), position: 59)
    let isMoved = focus.keepStill(from: page(50), to: page(51), position: 60)
    #expect(!isMoved)
    #expect(focus.shownRows == 59..<61)
    _ = focus.keepStill(from: page(51), to: page(0, isShown: false), position: 0)
    #expect(focus.shownRows == 59..<61)
    _ = focus.keepStill(from: page(51), to: page(51, width: 100), position: 60)
    #expect(focus.shownRows == nil)
  }
}
