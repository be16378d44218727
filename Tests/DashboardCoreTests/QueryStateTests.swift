import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("The query and its rows", .timeLimit(.minutes(5)))
struct QueryStateTests {
  @Test("Only the result of the evaluation that runs is taken")
  func late() throws {
    var query = QueryState()
    let firstStarted = query.evaluationStarted()
    let first = try #require(firstStarted)
    query.queryChanged()
    let secondStarted = query.evaluationStarted()
    let second = try #require(secondStarted)
    #expect(first != second)
    let isFirstTaken = query.take(RowList(count: 3), searched: 3, of: first)
    #expect(!isFirstTaken)
    #expect(query.visible.isEmpty)
    let isSecondTaken = query.take(RowList(rows: [1]), searched: 3, of: second)
    #expect(isSecondTaken)
    #expect(Array(query.visible) == [1])
    #expect(query.covers(rowCount: 3))
  }

  @Test("A second evaluation waits for the first, which is outdated then")
  func stale() throws {
    var query = QueryState()
    let idStarted = query.evaluationStarted()
    let id = try #require(idStarted)
    let another = query.evaluationStarted()
    #expect(another == nil)
    #expect(!query.covers(rowCount: 0))
    _ = query.take(RowList(count: 3), searched: 3, of: id)
    #expect(query.isOutdated(rowCount: 3))
    let nextStarted = query.evaluationStarted()
    let next = try #require(nextStarted)
    _ = query.take(RowList(count: 3), searched: 3, of: next)
    #expect(!query.isOutdated(rowCount: 3))
    #expect(query.isOutdated(rowCount: 4))
  }

  @Test("The rows of one table are not shown for the other")
  func otherTable() throws {
    var query = QueryState()
    query.show(RowList(count: 3), searched: 3)
    query.begin(try Filter(parsing: "name:a"))
    #expect(query.visible.count == 3)
    query.begin(try Filter(parsing: "is:gone"))
    #expect(query.visible.isEmpty)
    #expect(query.searched == 0)
  }
}
