import Foundation
import TestSupport
import Testing

@Suite("Keys by name in commands", .timeLimit(.minutes(5)))
struct LookupCommandTests {
  @Test("show takes ids in capitals and shortened, and lists several matches with status 1", .tags(.t6, .t14))
  func show() async throws {
    let keys = try KeyFile(count: 20)
    for text in [
      "00000000-0000-4000-8000-000000000007", "00000000-0000-4000-8000-000000000007".uppercased(), "key 7",
    ] {
      let run = try await ProgramRun(["show", text, "--from", keys.path])
      #expect(run.status == 0 && run.output.contains("key 7"), "\(text): \(run.errors)")
    }
    let several = try await ProgramRun(["show", "ab12", "--from", keys.path])
    #expect(several.status == 1 && several.output.split(separator: "\n").count == 21)
    #expect(several.errors.contains("20 keys match ab12"))
    let spoken = try await ProgramRun(["show", "a b 1 2", "--from", keys.path])
    #expect(spoken.status == 1 && spoken.output == several.output)
    let short = try await ProgramRun(["show", "0000", "--from", keys.path])
    #expect(short.status == 1 && short.output == several.output)
    let none = try await ProgramRun(["show", "000", "--from", keys.path])
    #expect(none.status == 1 && none.output.isEmpty)
  }

  @Test(
    "An impossible filter exits with 64 and prints nothing, and a likely mistake has a hint", .tags(.t24),
    arguments: [
      ("perm:api_key.create", 64, "perm:api_keys.create"), ("perm:DELETE", 64, "perm:delete"), ("not key", 64, "-key"),
      ("key OR ci", 64, "key | ci"), ("key and ci", 64, "key ci"), ("age:>1y", 64, "age>1y"),
      ("created:2025-Q4", 64, "created:2025-10..2025-12"), ("created:last-month", 64, "created:20"),
      ("creator!=typo", 64, "typo"), ("creator=typo", 1, "typo"), ("/KEY/", 1, "/KEY/i"), ("KEY", 1, "key"),
      ("id=0000", 1, "20 keys have an id"), ("id!=0000", 1, "20 keys have an id"), ("key", 0, ""),
      ("zzz", 1, "Nothing matched"),
    ])
  func hints(filter: String, status: Int, hint: String) async throws {
    let keys = try KeyFile(count: 20)
    for command in [["list", "--format", "ndjson"], ["permissions", "--format", "tsv"]] {
      let run = try await ProgramRun(command + ["--from", keys.path, "--filter", filter])
      #expect(run.status == Int32(status), "\(filter): \(run.errors)")
      #expect(hint.isEmpty || run.errors.contains(hint), "\(filter): \(run.errors)")
      #expect(status == 0 || run.output.isEmpty, "\(filter): \(run.output)")
    }
  }
}
