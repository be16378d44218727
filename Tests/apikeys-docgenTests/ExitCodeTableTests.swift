import Testing

@testable import apikeys_docgen

@Suite("The table of exit codes", .timeLimit(.minutes(5)))
struct ExitCodeTableTests {
  @Test("Cases with a doc comment and a number become rows in the order of their codes")
  func rows() throws {
    let rows = try ExitCodeTable.rows(
      inSource: """
        enum ExitCode {
          /// The command line
          /// is wrong.
          case usage = 64
          case undocumented = 3
          /// Success.
          case fine = 0
          /// Not a case.
          let other = 5
        }
        """)
    #expect(rows == [.init(code: 0, meaning: "Success."), .init(code: 64, meaning: "The command line is wrong.")])
  }

  @Test("A source without exit codes is an error")
  func none() { #expect(throws: ExitCodeTable.NoRows.self) { try ExitCodeTable.rows(inSource: "enum ExitCode {}") } }
}
