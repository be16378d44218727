import Foundation
import TestSupport
import Testing

/// Secrets stay out of saved state and of helpers, and nothing that was saved is lost.
@Suite("Saved state", .serialized, .timeLimit(.minutes(5)))
struct SavedStateTests {
  private let program: String

  init() throws { program = try TestProducts.path("apikeys-tui") }

  private func folder(_ home: String) -> String { "\(home)/.local/state/apikeys-tui/file" }

  private func dashboard(
    _ arguments: [String], home: String, environment: [String: String] = [:]
  ) throws -> PtySession {
    let session = try PtySession(
      program: program, arguments: arguments,
      environment: ["HOME": home].merging(environment) { $1 }, columns: 160, rows: 30)
    try session.waitUntil("the keys", timeout: .seconds(20)) {
      $0.contains { $0.contains("12 keys, complete") || $0.contains("12 keys in the file;") }
    }
    return session
  }

  private func leave(_ session: PtySession) throws {
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
  }

  @Test("The demonstration server is started without secrets in its environment", .tags(.s15))
  func demoEnvironment() throws {
    let home = try Scratch()
    let secrets = [
      "APIKEYS_TOKEN": "canary-1", "APIKEYS_URL": "https://canary-2.example",
      "https_proxy": "http://u:canary-3@localhost:1",
      "HTTPS_PROXY": "http://u:canary-4@localhost:1", "AWS_SECRET_ACCESS_KEY": "canary-5", "GH_TOKEN": "canary-6",
      "APIKEYS_OTHER": "canary-7", "LCX": "canary-8",
    ]
    let session = try dashboard(
      ["--demo", "--demo-keys", "12"], home: home.url.path, environment: secrets.merging(["TZ": "Europe/Rome"]) { $1 })
    let children = try String(
      contentsOfFile: "/proc/\(session.processIdentifier)/task/\(session.processIdentifier)/children", encoding: .utf8)
    let servers = children.split(separator: " ").filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/exe"))?.hasSuffix("apikeys-server")
        == true
    }
    let server = try #require(servers.first)
    let bytes = try #require(FileManager.default.contents(atPath: "/proc/\(server)/environ"))
    let variables = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    #expect(variables.contains("TZ=Europe/Rome") && variables.contains("HOME=\(home.url.path)"))
    #expect(!variables.contains { $0.contains("canary") }, "\(variables)")
    try leave(session)
    print("figure S15: 0 of \(secrets.count) secrets in the \(variables.count) variables of the demonstration server")
  }

  @Test("A filter that contains a secret is not saved and reported, and other filters are saved", .tags(.s15))
  func secretFilters() async throws {
    let home = try Scratch()
    let token = "prod-token-Zq81_k3xTtWv55mB"
    let server = try await FaultServer { _, head in .http(PageBody.page(for: head, of: 12)) }
    let session = try dashboard(["--url", server.url], home: home.url.path, environment: ["APIKEYS_TOKEN": token])
    let secrets = [
      token, "name:Zq81_k3x", "x \(token.uppercased())", "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
      "AKIAIOSFODNN7EXAMPLE",
    ]
    let filters = ["key 1", "perm:calls.view", "id:00000000-0000-4000-8000-000000000001"]
    for (number, line) in (secrets + filters).enumerated() {
      try session.send("/\u{15}\(line)\r")
      try session.waitUntil("the filter \(line)") { $0[0].contains("filter: \(line)") }
      if number == 0 { try session.waitUntil("the note") { $0.contains { $0.contains("looks like a secret") } } }
    }
    try leave(session)
    await server.close()
    var kept = ""
    let files = FileManager.default.enumerator(at: home.url, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard !file.hasDirectoryPath else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      if file.lastPathComponent == "filters" { kept = text }
      #expect(!text.lowercased().contains("zq81") && !text.contains("ghp_") && !text.contains("AKIA"), "\(file.path)")
    }
    #expect(kept == filters.map { $0 + "\n" }.joined())
  }

  @Test("A secret saved by an older version is removed with the next filter, and not offered before", .tags(.s15))
  func oldSecrets() throws {
    let file = try KeyFile(count: 12)
    let home = file.directory.path
    try FileManager.default.createDirectory(atPath: folder(home), withIntermediateDirectories: true)
    try "old\nghp_16C7e42F292c6912E7710c838347Ae178B4a\n".write(
      toFile: folder(home) + "/filters", atomically: false, encoding: .utf8)
    let session = try dashboard(["--from", file.path], home: home)
    try session.send("/\u{1B}[A")
    try session.waitUntil("the filter before it") { $0.contains { $0.hasPrefix("Filter: old") } }
    try session.send("\u{15}key 1\r")
    try session.waitUntil("the filter") { $0[0].contains("filter: key 1") }
    try leave(session)
    #expect(try String(contentsOfFile: folder(home) + "/filters", encoding: .utf8) == "old\nkey 1\n")
  }

  /// Three dashboards in which `count` filters each are typed in turn; gives how many of them were not kept.
  private func lost(_ file: borrowing KeyFile, count: Int) throws -> Int {
    let home = file.directory.path
    let path = file.path
    let sessions = try (0..<3).map { _ in try dashboard(["--from", path], home: home) }
    for number in 0..<count {
      // All are sent before the first is waited for, so that they are kept at the same time.
      for (name, session) in sessions.enumerated() { try session.send("/\u{15}s\(name)n\(number)\r") }
      for (name, session) in sessions.enumerated() {
        try session.waitUntil("filter \(number)") { $0[0].contains("filter: s\(name)n\(number)") }
      }
    }
    for session in sessions { try leave(session) }
    let kept = Set(try String(contentsOfFile: folder(home) + "/filters", encoding: .utf8).split(separator: "\n"))
    let wanted = (0..<3).flatMap { name in (0..<count).map { "s\(name)n\($0)" } }
    return wanted.filter { !kept.contains(Substring($0)) }.count
  }

  @Test("Three parallel dashboards lose no filter", .tags(.s15))
  func parallelFilters() throws {
    let file = try KeyFile(count: 12)
    let lost = try lost(file, count: 45)
    #expect(lost == 0)
    print("figure S15: 3 dashboards, 45 filters each, \(lost) lost")
  }

  @Test("Without file locks filters are still saved", .tags(.s15))
  func withoutLocks() throws {
    let file = try KeyFile(count: 12)
    // A directory in the place of the lock: it cannot be opened for writing.
    try FileManager.default.createDirectory(
      atPath: folder(file.directory.path) + "/.lock", withIntermediateDirectories: true)
    // What a killed session left behind.
    let held = folder(file.directory.path) + "/.held"
    try Data().write(to: URL(filePath: held))
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: held)
    let lost = try lost(file, count: 15)
    #expect(lost == 0)
    #expect(!FileManager.default.fileExists(atPath: held))
    print("figure S15: without locks of the system, 3 dashboards, 15 filters each, \(lost) lost")
  }

  @Test("Parallel sessions keep each other's settings and lines of a newer version", .tags(.s15))
  func parallelSettings() throws {
    let file = try KeyFile(count: 12)
    let home = file.directory.path
    try FileManager.default.createDirectory(atPath: folder(home), withIntermediateDirectories: true)
    let future = "# made by 9.9\nformat = 7\ntheme = solarized\nrating = stars # five\n"
    try future.write(toFile: folder(home) + "/settings", atomically: false, encoding: .utf8)
    let scripts = [
      (["sort name", "sort access"], "sort name:desc"), (["set mouse on", "set mouse off"], "set mouse on"),
      (["columns access", "columns creator"], "columns created"),
    ]
    let running = try scripts.map { turns, last in
      try PlainConversation(
        shell: "\"$0\" --plain --from \"$1\"", [file.path],
        lines: Array(repeating: turns, count: 15).joined() + [last, "quit"], environment: ["HOME": home])
    }
    for session in running { #expect(try session.end().status == 0) }
    let lines = try String(contentsOfFile: folder(home) + "/settings", encoding: .utf8).split(separator: "\n")
    for line in future.split(separator: "\n") { #expect(lines.contains(line), "\(line): \(lines)") }
    for line in ["sort = name:desc", "mouse = on"] { #expect(lines.contains(Substring(line)), "\(line): \(lines)") }
    #expect(lines.filter { $0.hasPrefix("columns = ") }.count == 1)
    print(
      "figure S15: 3 sessions, 93 changes of settings at once: the last of each kept, \(lines.count) lines, none of 4 others' lost"
    )
  }

  @Test(
    "An unreadable state file is left unchanged and reported", .tags(.s15),
    arguments: ["invalid", "large", "link", "folder", "fifo"])
  func unreadable(kind: String) throws {
    let file = try KeyFile(count: 12)
    let home = file.directory.path
    try FileManager.default.createDirectory(atPath: folder(home), withIntermediateDirectories: true)
    let path = folder(home) + "/settings"
    switch kind {
    case "invalid": try Data([0x66, 0xFF, 0x0A]).write(to: URL(filePath: path))
    case "large": try Data(repeating: 0x0A, count: (1 << 20) + 1).write(to: URL(filePath: path))
    case "link": try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: file.path)
    case "folder": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    default: try #require(mkfifo(path, 0o600) == 0)
    }
    var before = stat()
    try #require(lstat(path, &before) == 0)
    let text = try PlainConversation(
      shell: "\"$0\" --plain --from \"$1\"", [file.path], lines: ["sort name", "sort access", "quit"],
      environment: ["HOME": home]
    ).end().text
    #expect(text.components(separatedBy: "Settings are not kept").count == 2 && text.contains("Goodbye."), "\(text)")
    var after = stat()
    try #require(lstat(path, &after) == 0)
    #expect(before.st_ino == after.st_ino && before.st_size == after.st_size && before.st_mode == after.st_mode)
  }
}
