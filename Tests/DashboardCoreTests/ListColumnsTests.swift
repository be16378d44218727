import APIKeyModel
import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("How the columns share the list's width", .timeLimit(.minutes(5)))
struct ListColumnsTests {
  private func columns(_ width: Int, scroll: Int = 0, wordWidth: Int = 0, cursorFocus: Bool = false) -> ListColumns {
    var settings = DisplaySettings()
    settings.cursorFocus = cursorFocus
    return ListColumns(settings, horizontalScroll: scroll, width: width, wordWidth: wordWidth)
  }

  @Test("No column is cut, none overlaps, and every one is shown, hidden or scrolled away", arguments: 25...140)
  func fitting(_ width: Int) {
    for (scroll, wordWidth) in [(0, 0), (2, 0), (0, 7), (3, 7)] {
      let fitted = columns(width, scroll: scroll, wordWidth: wordWidth)
      #expect(fitted.columns.first?.field == .name)
      #expect(fitted.columns.count + fitted.hiddenCount + fitted.scrolledCount == KeyField.columns.count)
      #expect(fitted.columns.last.map { $0.start + $0.width <= width } == true)
      for (left, right) in zip(fitted.columns, fitted.columns.dropFirst()) {
        #expect(left.start + left.width < right.start)
        #expect(fitted.words.map { $0.lowerBound > left.start || $0.upperBound < right.start } != false)
      }
    }
  }

  @Test("A click finds the column it is on, and none between two")
  func clicks() throws {
    let fitted = columns(120)
    for column in fitted.columns {
      #expect(fitted.field(at: column.start) == column.field)
      #expect(fitted.field(at: column.start + column.width - 1) == column.field)
      #expect(fitted.field(at: column.start + column.width) == nil)
    }
    #expect(fitted.field(at: 0) == nil)
  }

  @Test("Cursor focus has no columns, but says how many do not fit")
  func spoken() {
    #expect(columns(40, cursorFocus: true).columns.isEmpty)
    #expect(columns(40, cursorFocus: true).hiddenCount > 0)
    #expect(columns(200, cursorFocus: true).hiddenCount == 0)
  }
}
