import Foundation
import TestSupport

/// How to see that an option changes what a command does: what comes before it, and a value for it.
///
/// `{url}`, `{any}` (the same server by an address that is not loopback's), `{keys}`, `{bad}`, `{long}` and `{folder}` stand
/// for what the bench has.
struct OptionProbe: Hashable {
  var base: [String]
  /// Further options for `list`.
  var ofList: [String] = []
  var value = ""
  /// Plain mode's input.
  var input = ""
  var environment: [String: String] = [:]
  /// The dashboard is seen in a terminal.
  var needsScreen = false

  /// All but the value: what the outcome without the option depends on.
  var withoutValue: OptionProbe {
    var probe = self
    probe.value = ""
    return probe
  }

  private static let server = ["--url", "{url}"]
  private static let file = ["--from", "{keys}"]
  private static let nowhere = ["APIKEYS_URL": "http://127.0.0.1:1"]

  static let all: [String: OptionProbe] = [
    "url": OptionProbe(base: [], value: "{url}", environment: nowhere),
    "demo": OptionProbe(base: [], environment: nowhere),
    "demo-keys": OptionProbe(base: ["--demo"], value: "0"),
    "from": OptionProbe(base: [], value: "{keys}", environment: nowhere),
    "max-memory": OptionProbe(base: ["--from", "{long}"], value: "64M"),
    "token-file": OptionProbe(base: server, value: "{folder}/none"),
    "token-command": OptionProbe(base: server, value: "/bin/false"),
    "token-command-timeout": OptionProbe(
      base: server + ["--token-command", "/bin/sh -c 'sleep 1.5; echo token'"], value: "1"),
    "order": OptionProbe(base: server, value: "asc"),
    "limit-param": OptionProbe(base: server, value: "size"),
    "order-param": OptionProbe(base: server, value: "direction"),
    "log-file": OptionProbe(base: server, value: "{folder}/log"),
    "ca-file": OptionProbe(base: server, value: "{folder}/none"),
    "ca-only": OptionProbe(base: server, value: "{folder}/none"),
    "pin": OptionProbe(base: server, value: "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    "listener-user": OptionProbe(base: server, value: "no-such-user-here"),
    "allow-http": OptionProbe(base: ["--url", "{any}"], environment: ["APIKEYS_TOKEN": "token-of-a-test"]),
    // What they limit is tested with the client; here they are read.
    "connect-timeout": OptionProbe(base: server, value: "0"),
    "answer-timeout": OptionProbe(base: server, value: "0"),
    "idle-timeout": OptionProbe(base: server, value: "0"),
    "timeout": OptionProbe(base: server, value: "0"),
    "page-size": OptionProbe(base: server, value: "7"),
    "max-keys": OptionProbe(base: server, value: "1"),
    "after-param": OptionProbe(base: server, value: "starting_after"),
    "filter": OptionProbe(base: file, value: "name:zzz"),
    "plain": OptionProbe(base: file, needsScreen: true),
    "no-plain": OptionProbe(base: file),
    "no-color": OptionProbe(base: file, needsScreen: true),
    "theme": OptionProbe(base: file, value: "mono", needsScreen: true),
    "cursor-focus": OptionProbe(base: file, needsScreen: true),
    // In no format that is data.
    "ascii": OptionProbe(base: file, ofList: ["--format", "table"]),
    "strict": OptionProbe(base: file, input: "nonsense\n"),
    "format": OptionProbe(base: file, value: "json"),
    "columns": OptionProbe(base: file, value: "id"),
    "sort": OptionProbe(base: file, value: "name:desc"),
    "limit": OptionProbe(base: file, value: "1"),
    "output": OptionProbe(base: file, value: "{folder}/out.csv"),
    "force": OptionProbe(base: file + ["--output", "{folder}/there.csv"]),
    "csv-raw": OptionProbe(base: file + ["--format", "csv"]),
    "tsv-raw": OptionProbe(base: file + ["--format", "tsv"]),
    "evidence": OptionProbe(base: file + ["--format", "csv"]),
    "no-evidence": OptionProbe(base: file + ["--output", "{folder}/out.csv"]),
    "allow-partial": OptionProbe(base: ["--from", "{bad}"]),
  ]
}

/// Runs commands on a server and on files of their own, and writes down all that can be seen of them.
struct OptionBench: ~Copyable {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "options-\(UUID().uuidString)")

  /// Three keys: not all ASCII, a formula among the names.
  private static let keys = [("a", "caf\u{E9}"), ("b", "=1+1"), ("c", "plain")].map { id, name in
    "{\"id\":\"\(id)\",\"name\":\"\(name)\",\"created_date\":\"2023-11-07T05:31:56Z\",\"last_four_digits\":\"ab12\","
      + "\"creator_id\":null,\"restricted\":true,\"permissions\":[\"f\u{E9}.x\"]}"
  }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let lines = OptionBench.keys.joined(separator: "\n") + "\n"
    try lines.write(to: folder.appending(path: "keys"), atomically: false, encoding: .utf8)
    try (lines + "no key\n").write(to: folder.appending(path: "bad"), atomically: false, encoding: .utf8)
    // More than one text may have with the least memory, and less than with half of all.
    let long = OptionBench.keys[0].replacing("caf\u{E9}", with: String(repeating: "n", count: 9 << 20)) + "\n"
    try long.write(to: folder.appending(path: "long"), atomically: false, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }  // What is left over harms nothing.

  /// Status, output, messages, files and requests of one run, without what differs between any two runs.
  func outcome(of command: String, _ probe: OptionProbe, with option: [String]) async throws -> String {
    let scratch = folder.appending(path: "run")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: scratch) }  // What is left over harms nothing.
    try "there\n".write(to: scratch.appending(path: "there.csv"), atomically: false, encoding: .utf8)
    let input = scratch.appending(path: "input")
    try probe.input.write(to: input, atomically: false, encoding: .utf8)
    let server = try await FaultServer { _, head in .http(OptionBench.page(head)) }
    let words = (start(command) + probe.base + (command == "list" ? probe.ofList : []) + option).map {
      filled($0, server)
    }
    var seen: String
    if probe.needsScreen, command == "browse" {
      seen = try screen(words)
    } else {
      let run = try await ProgramRun(words, environment: probe.environment, inputPath: input.path)
      seen = "\(run.status)\n\(run.output)\n\(run.errors)"
    }
    await server.close()
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() {
      seen += "\n\(name): " + (try String(contentsOf: scratch.appending(path: name), encoding: .utf8))
    }
    // The two ends of a list are read at the same time.
    seen += server.heads.map { "\n" + $0.prefix { $0 != "\r" } }.sorted().joined()
    return seen.replacing(/\d{4}-\d\d-\d\dT[\d:]+Z|\b\d\d:\d\d:\d\dZ?|\b\d+ ms|ms=\d+|:\d{4,5}\b/, with: "…")
  }

  /// A page of two keys, then a last one.
  private static func page(_ head: String) -> String {
    let isSecond = head.contains("after=")
    let shown = isSecond ? keys[2...] : keys[..<2]
    return
      "{\"data\":[\(shown.joined(separator: ","))],\"has_more\":\(!isSecond),\"first_id\":\"\(isSecond ? "c" : "a")\","
      + "\"last_id\":\"\(isSecond ? "c" : "b")\"}"
  }

  private func start(_ command: String) -> [String] {
    switch command {
    case "browse": []
    case "show": ["show", "caf\u{E9}"]
    default: [command]
    }
  }

  private func filled(_ word: String, _ server: FaultServer) -> String {
    word.replacing("{url}", with: server.url).replacing("{any}", with: "http://0.0.0.0:\(server.port)")
      .replacing("{folder}", with: folder.appending(path: "run").path)
      .replacing("{keys}", with: folder.appending(path: "keys").path)
      .replacing("{bad}", with: folder.appending(path: "bad").path)
      .replacing("{long}", with: folder.appending(path: "long").path)
  }

  /// The colours that the dashboard or plain mode was drawn with, its text, and where its cursor is.
  private func screen(_ arguments: [String]) throws -> String {
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: arguments, columns: 100, rows: 30)
    try session.waitUntil("the keys", timeout: .seconds(30)) { $0.contains { $0.contains("in the file;") } }
    try session.waitUntilQuiet(for: .milliseconds(100))
    let log = String(decoding: session.rawBytes, as: UTF8.self)
    let colours = Set(log.matches(of: /\u{1B}\[[0-9;]*m/).map { String($0.output) }).sorted()
    let seen = ([colours.joined(), "\(session.caret)"] + session.screen).joined(separator: "\n")
    // Its first letter is enough for the dashboard.
    try session.send("quit\r")
    _ = try session.waitForExit()
    return seen
  }
}
