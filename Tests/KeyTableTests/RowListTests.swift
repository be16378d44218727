import Testing

@testable import KeyTable

@Suite(.timeLimit(.minutes(5))) struct RowListTests {
  @Test("A row is found in its list in any order")
  func places() {
    var rows = (0..<5000).map { UInt32($0 * 3) }
    #expect(RowList(rows: rows).place(of: 2997) == 999)
    #expect(RowList(rows: rows).place(of: 2998) == nil)
    rows.reverse()
    #expect(RowList(rows: rows).place(of: 2997) == 4000)
    #expect(RowList(rows: rows).place(of: 1) == nil)
    #expect(RowList(count: 5).place(of: 4) == 4 && RowList(count: 5).place(of: 5) == nil)
  }
}
