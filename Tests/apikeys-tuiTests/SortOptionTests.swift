import Foundation
import Testing

@Suite("The --sort option", .serialized, .timeLimit(.minutes(5)))
struct SortOptionTests {
  @Test("list sorts by several fields and reports an invalid order")
  func severalColumns() async throws {
    let file = try KeyFile(count: 12)
    let run = try await ProgramRun([
      "list", "--from", file.path, "--sort", "access,name:desc", "--columns", "name", "--limit", "5",
    ])
    #expect(run.output == "name\nkey 5\nkey 10\nkey 0\nkey 9\nkey 8\n", "\(run.errors)")
    let wrong = try await ProgramRun(["list", "--from", file.path, "--sort", "name,colour"])
    #expect(wrong.status == 64 && wrong.errors.contains("colour is not a column to sort by"))
  }
}
