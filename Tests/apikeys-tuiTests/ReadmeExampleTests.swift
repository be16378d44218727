import Foundation
import Testing

/// The README's ten questions are run as they stand there.
@Suite("Examples of the README", .serialized, .timeLimit(.minutes(5)))
struct ReadmeExampleTests {
  /// The commands of the README's section, in order.
  private func commands() throws -> [String] {
    var root = URL(filePath: #filePath)
    while root.path != "/", !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
      root.deleteLastPathComponent()
    }
    let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## Ten questions").dropFirst().first)
    let body = try #require(section.components(separatedBy: "\n## ").first)
    return body.split(separator: "\n").filter { $0.hasPrefix("apikeys-tui list ") }.map(String.init)
  }

  @Test("The README's example commands give the results of an independent evaluation")
  func answers() async throws {
    let demo = try await DemoKeys.make(count: 500)
    func text(_ key: [String: Any], _ field: String) -> String { key[field] as? String ?? "" }
    func isFull(_ key: [String: Any]) -> Bool { key["restricted"] as? Bool == false }
    func lists(_ key: [String: Any]) -> [String] { key["permissions"] as? [String] ?? [] }
    let yearAgo = Date().addingTimeInterval(-365 * 86_400)
    let dates = ISO8601DateFormatter()
    func age(_ key: [String: Any], over limit: Date) -> Bool {
      dates.date(from: text(key, "created_date")).map { $0 < limit } ?? false
    }
    let questions: [([String: Any]) -> Bool] = [
      { isFull($0) },
      { isFull($0) && age($0, over: yearAgo) },
      { key in isFull(key) || lists(key).contains { $0 == "api_keys.create" || $0 == "api_keys.update" } },
      { key in !isFull(key) && lists(key).contains { $0.hasSuffix(".delete") } },
      { key in
        text(key, "name").lowercased().contains("prod")
          && (isFull(key) || lists(key).contains { $0.hasPrefix("billing.") })
      },
      { text($0, "created_date").hasPrefix("2025-12") },
      { text($0, "creator_id").hasPrefix("be415c0c") },
      { text($0, "last_four_digits") == "353d" },
      {
        text($0, "name").unicodeScalars.contains { !("a"..."z").contains($0) && !("0"..."9").contains($0) && $0 != "-" }
      },
      { !isFull($0) && lists($0).count >= 15 },
    ]
    let commands = try commands()
    try #require(commands.count == 10, "\(commands)")
    for (command, fits) in zip(commands, questions) {
      let process = try ProgramRun.process([])
      let program = try #require(process.executableURL).path
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = [
        "-c", command.replacing("apikeys-tui list", with: "\"$0\" list --from \"$1\" --format ndjson"), program,
        demo.file.path,
      ]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(command)")
      let found = try DemoKeys.ids(String(decoding: data, as: UTF8.self))
      let wanted = demo.keys.filter(fits).compactMap { $0["id"] as? String }
      #expect(!wanted.isEmpty && wanted.count < 500, "\(command) asks nothing")
      #expect(found.sorted() == wanted.sorted(), "\(command): \(found.count) found, \(wanted.count) expected")
      // What the order is by, so that it only grows.
      func rank(_ key: [String: Any]) -> String? {
        if command.contains("--sort created") { return text(key, "created_date") }
        if command.contains("--sort name") { return text(key, "name").lowercased() }
        if command.contains("--sort permissions:desc") { return String(1000 - lists(key).count) }
        return nil
      }
      let ranks = found.compactMap { id in demo.keys.first { text($0, "id") == id }.flatMap(rank) }
      #expect(command.contains("--sort") == !ranks.isEmpty && ranks == ranks.sorted(), "\(command)")
    }
  }
}
