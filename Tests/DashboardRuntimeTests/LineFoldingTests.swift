import Testing

@testable import DashboardRuntime

@Suite(.timeLimit(.minutes(5))) struct LineFoldingTests {
  @Test("No row of a folded line begins as an error, at any width")
  func rows() {
    let line = "Key 2 of 60: Error: everything was deleted. error: ERROR: x. Limited, 1 permission."
    for columns in 8...90 {
      let rows = LineFolding.rows(line, columns: columns)
      #expect(rows.joined(separator: " ") == line)
      #expect(!rows.contains { $0.lowercased().hasPrefix("error:") }, "\(columns): \(rows)")
    }
    #expect(LineFolding.rows("aa bb cc", columns: 6) == ["aa bb", "cc"])
  }
}
