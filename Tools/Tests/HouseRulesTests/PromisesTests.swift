import Foundation
import Testing

@testable import HouseRules

struct PromisesTests {
  private let rows = PromiseRow.all(
    in: "T6 Ids are | compared\nT14 A lookup reads the rest\nG1 Fuzzing -- `make fuzz`\nA1 Nothing yet\n")

  private func table(_ text: String, path: String = "Tests/ATests/A.swift") throws -> PromiseTable {
    try PromiseTable(rows: rows, repository: repository([path: text]))
  }

  private let tagged = """
    @Suite("Ids", .tags(.t6, .slow)) struct IdTests {
      @Test("show takes ids", .tags(.t14)) func show() {}
      @Test(.tags(.t14)) func `many | ids`(count: Int, _ other: Int) {}
      @Test func plain() {}
      func helper() {}
    }
    """

  @Test func `A row is shown by tests with its tag, their suites' tags included`() throws {
    let tests = try table(tagged).tests
    #expect(tests.map(\.name) == ["show takes ids", "many | ids", "plain"])
    #expect(tests.map(\.rows) == [["T14", "T6"], ["T14", "T6"], ["T6"]])
    #expect(
      tests.map(\.id) == ["ATests.IdTests/show()", "ATests.IdTests/`many | ids`(count:_:)", "ATests.IdTests/plain()"])
  }

  @Test func `Codes before a name are tags too`() throws {
    let tests = try table(#"@Test("T6 T14 show takes 5 ids") func a() {}"#).tests
    #expect(tests.map(\.name) == ["show takes 5 ids"])
    #expect(tests.map(\.rows) == [["T6", "T14"]])
    #expect(try table(#"@Test("Reads UTF8 text") func a() {}"#).tests.isEmpty)
  }

  @Test func `The document lists tests by row, then what else shows it`() throws {
    let lines = try table(tagged).document().split(separator: "\n").suffix(4)
    #expect(
      Array(lines) == [
        #"| T6 | Ids are \| compared | “many \| ids”<br>“plain”<br>“show takes ids” |"#,
        #"| T14 | A lookup reads the rest | “many \| ids”<br>“show takes ids” |"#, "| G1 | Fuzzing | `make fuzz` |",
        "| A1 | Nothing yet | not yet shown |",
      ])
  }

  @Test(arguments: [
    #"@Test("B7 a row that is not there") func a() {}"#, "@Test(.tags(.b7)) func a() {}",
    "extension Tag { @Tag package static var b7: Self }",
  ])
  func `A row that is not there is an error with its location`(_ text: String) {
    let error = #expect(throws: HouseError.self) { try table(text) }
    #expect(error?.description.contains("Tests/ATests/A.swift:1: ") == true)
  }

  @Test func `Results come from the file of the run, figures from its output`() throws {
    let xUnit = """
      <testsuites><testsuite name="TestResults">
        <testcase classname="ATests.IdTests" name="show()" time="0.1" />
        <testcase classname="ATests.IdTests" name="`many | ids`(count:_:)" time="0.1"><failure message="no" /></testcase>
      </testsuite></testsuites>
      """
    let figures = TestResults.figures(in: "noise\n◇ figure T6: 5 of 5\nfigure T6: more\nfigure of speech: none\n")
    let report = try table(tagged).report(try TestResults(xUnit: Data(xUnit.utf8)), figures: figures)
    #expect(!report.passed)
    #expect(
      report.text.split(separator: "\n").dropFirst(2) == [
        #"| T6 | Ids are \| compared | show takes ids | 5 of 5<br>more | passed |"#,
        #"| T6 |  | many \| ids |  | failed |"#,
        "| T6 |  | plain |  | not run |", "| T14 | A lookup reads the rest | show takes ids |  | passed |",
        #"| T14 |  | many \| ids |  | failed |"#, "| G1 | Fuzzing | `make fuzz` |  | see there |",
        "| A1 | Nothing yet | none |  | an aim |", "4 rows, 1 without a test; 2 of 3 tests run, 1 failed.",
      ])
    let passed = xUnit.replacing(#"><failure message="no" /></testcase>"#, with: " />")
    #expect(try table(tagged).report(try TestResults(xUnit: Data(passed.utf8)), figures: [:]).passed)
    #expect(try !table(tagged).report(try TestResults(xUnit: Data("<testsuites/>".utf8)), figures: [:]).passed)
  }
}
