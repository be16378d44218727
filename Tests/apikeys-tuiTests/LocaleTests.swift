import Foundation
import TestSupport
import Testing

@Suite("Locales", .timeLimit(.minutes(20)))
struct LocaleTests {
  static let locales = ["C", "POSIX", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"]

  private static func file() throws -> URL {
    let path = FileManager.default.temporaryDirectory.appending(path: "locale-\(UUID().uuidString).ndjson")
    let names = [
      "caf\u{E9}-prod", "CAF\u{C9}-PROD", "i-istanbul", "I-ISTANBUL", "\u{130}stanbul", "\u{131}lk", "stra\u{DF}e",
      "STRASSE",
      "\u{41A}\u{41B}\u{42E}\u{427}", "\u{43A}\u{43B}\u{44E}\u{447}", "\u{1F511}", "cafe\u{301}-prod", "=1+1", "a\tb",
      "z", "Z", "\u{17B}",
      String(repeating: "l\u{F6}ng", count: 40),
    ]
    let lines = names.enumerated().map { place, name in
      let quoted = String(decoding: (try? JSONEncoder().encode(name)) ?? Data(), as: UTF8.self)
      return "{\"id\":\"key-\(place)\",\"name\":\(quoted),\"created_date\":\"2023-11-07T05:31:56Z\","
        + "\"last_four_digits\":\"\u{E9}\(place)\",\"creator_id\":\"us\u{E9}r\",\"restricted\":true,"
        + "\"permissions\":[\"calls.view\",\"f\u{E9}.x\"]}\n"
    }
    try lines.joined().write(to: path, atomically: false, encoding: .utf8)
    return path
  }

  @Test("Piped output is the same byte for byte in five locales", .tags(.t21))
  func piped() async throws {
    let file = try LocaleTests.file()
    defer { try? FileManager.default.removeItem(at: file) }  // A file left over harms nothing.
    let formats = ["table", "plain", "tsv", "csv", "ndjson", "markdown"]
    let filters = [
      "name:/caf.-prod/", "caf\u{E9}", "CAF\u{C9}", "name:caf?-prod", "~cfpr", "/ISTANBUL/i", "i-ist", "STRA",
      "/stra\u{DF}e/i",
      "\u{43A}\u{43B}", "name:/^.$/", "name:/[[:alpha:]]{5}/",
    ]
    let commands: [[String]] =
      formats.flatMap { [["list", "--format", $0], ["list", "--format", $0, "--sort", "name"]] }
      + [["list", "--format", "csv", "--csv-raw"], ["list", "--format", "tsv", "--sort", "name:desc,creator"]]
      + filters.map { ["list", "--format", "tsv", "--filter", $0] }
      + [["show", "key-0"], ["show", "caf\u{E9}-prod"], ["show", "nothing-\u{E9}"], ["permissions"]]
      + ["tsv", "json"].map { ["permissions", "--format", $0] } + [["--plain"]]
    var (runs, different) = (0, 0)
    for command in commands {
      var first: ProgramRun?
      for locale in LocaleTests.locales {
        let run = try await ProgramRun(command + ["--from", file.path], environment: ["LC_ALL": locale])
        runs += 1
        guard let expected = first else {
          first = run
          continue
        }
        let isSame = run.output == expected.output && run.status == expected.status
        #expect(isSame, "\(command) in \(locale)")
        if !isSame { different += 1 }
      }
      #expect(first?.output.contains("<U+00E9>") == false, "\(command)")
    }
    print(
      "figure T21: \(commands.count) commands in \(LocaleTests.locales.count) locales, \(runs) runs, \(different) differ"
    )
  }

  @Test("Files are UTF-8 in every locale", .tags(.t21), arguments: ["csv", "tsv", "json", "ndjson", "md", "txt"])
  func files(ending: String) async throws {
    let file = try LocaleTests.file()
    defer { try? FileManager.default.removeItem(at: file) }  // A file left over harms nothing.
    var contents: Set<String> = []
    for locale in LocaleTests.locales {
      let output = file.path + "-\(locale).\(ending)"
      defer { try? FileManager.default.removeItem(atPath: output) }  // A file left over harms nothing.
      let run = try await ProgramRun(
        ["list", "--from", file.path, "--sort", "name", "--output", output], environment: ["LC_ALL": locale])
      #expect(run.status == 0, "\(run.errors)")
      var text = try String(contentsOfFile: output, encoding: .utf8)
      if ending == "json" {
        text = String(text.prefix(upTo: text.range(of: "\"evidence\"")?.lowerBound ?? text.endIndex))
      }
      contents.insert(text)
      #expect(text.contains("caf\u{E9}-prod") && !text.contains("<U+00E9>"))
    }
    #expect(contents.count == 1)
  }

  @Test("The dashboard of an ASCII terminal exports UTF-8", .tags(.t21))
  func dashboardExport() async throws {
    let file = try LocaleTests.file()
    let output = file.path + ".csv"
    defer {
      try? FileManager.default.removeItem(at: file)  // A file left over harms nothing.
      try? FileManager.default.removeItem(atPath: output)  // The same.
    }
    let run = try await ProgramRun(
      ["--plain", "--from", file.path, "--ascii"], environment: ["LC_ALL": "C"],
      inputPath: try LocaleTests.script("export \(output)\nquit\n"))
    #expect(run.status == 0, "\(run.output)")
    let text = try String(contentsOfFile: output, encoding: .utf8)
    #expect(text.contains("caf\u{E9}-prod") && !text.contains("<U+00E9>"))
  }

  static func script(_ text: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "script-\(UUID().uuidString)")
    try text.write(to: path, atomically: false, encoding: .utf8)
    return path.path
  }
}
