import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("The list's cursor", .timeLimit(.minutes(5)))
struct ListStateTests {
  /// Keys 0 to `count - 1`, in the order of the table.
  static func table(_ count: Int) -> KeyTable {
    var table = KeyTable()
    table.append(Scenario.batch((0..<count).map { Scenario.key($0) }))
    return table
  }

  @Test("An index outside the rows selects the nearest row")
  func limits() {
    let table = ListStateTests.table(5)
    let rows = RowList(rows: [4, 2, 0])
    var list = ListState()
    for (index, position) in [(1, 1), (99, 2), (-7, 0)] {
      list.select(index: index, in: rows, of: table)
      #expect(list.position == position)
      #expect(list.selection == table.id(at: rows[position]))
    }
  }

  @Test("Nothing is selected where there are no rows")
  func empty() {
    var list = ListState()
    list.select(index: 3, in: RowList(count: 0), of: ListStateTests.table(5))
    #expect(list.position == 0)
    #expect(list.selection == nil)
  }

  @Test("The cursor follows its key, and stays at its index where the key is not shown")
  func following() {
    let table = ListStateTests.table(6)
    var list = ListState()
    list.select(index: 3, in: RowList(count: 6), of: table)
    list.follow(in: RowList(rows: [3, 1]), of: table)
    #expect(list.position == 0)
    list.select(index: 5, in: RowList(count: 6), of: table)
    list.follow(in: RowList(rows: [0, 1, 2]), of: table)
    #expect(list.position == 2)
  }

  @Test("The page scrolls as little as it takes to show the cursor")
  func scrolling() {
    let table = ListStateTests.table(30)
    let rows = RowList(count: 30)
    var list = ListState()
    func top(after index: Int, mayLeaveBlankRows: Bool = false) -> Int {
      list.select(index: index, in: rows, of: table)
      list.keepVisible(pageRows: 10, count: 30, mayLeaveBlankRows: mayLeaveBlankRows)
      return list.top
    }
    #expect(top(after: 9) == 0)
    #expect(top(after: 10) == 1)
    #expect(top(after: 29) == 20)
    #expect(top(after: 20) == 20)
    #expect(top(after: 19) == 19)
    list.select(index: 29, in: rows, of: table)
    list.scroll(rowsAbove: 0)
    #expect(top(after: 29, mayLeaveBlankRows: true) == 29)
    #expect(top(after: 29) == 20)
  }

  @Test("A page keeps the cursor's line of the screen; the last page is the end")
  func paging() {
    let table = ListStateTests.table(25)
    let rows = RowList(count: 25)
    var list = ListState()
    list.select(index: 3, in: rows, of: table)
    func turn(_ isTurned: Bool) {
      let result = list.turnPage(1, pageRows: 10, in: rows, of: table)
      #expect(result == isTurned)
    }
    turn(true)
    #expect([list.top, list.position] == [10, 13])
    turn(true)
    #expect([list.top, list.position] == [15, 18])
    turn(false)
    #expect([list.top, list.position] == [15, 18])
    #expect(list.selection == table.id(at: 18))
  }

  @Test("Name and the last column are not scrolled away")
  func sideways() {
    var list = ListState()
    for _ in 0..<9 { list.scrollSideways(1, columnCount: 4) }
    #expect(list.horizontalScroll == 2)
    for _ in 0..<9 { list.scrollSideways(-1, columnCount: 4) }
    #expect(list.horizontalScroll == 0)
    list.scrollSideways(1, columnCount: 1)
    #expect(list.horizontalScroll == 0)
  }
}
