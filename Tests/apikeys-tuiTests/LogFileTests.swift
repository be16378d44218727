import Foundation
import TestSupport
import Testing

/// What `--log-file` writes, and where it does not.
@Suite("The log file", .serialized, .timeLimit(.minutes(5)))
struct LogFileTests {
  private func shell(_ command: String, in scratch: Scratch) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", command]
    process.currentDirectoryURL = scratch.url
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(command)")
  }

  @Test("A log that is not our own regular file is refused before any request", .tags(.s14))
  func targets() async throws {
    let scratch = try Scratch()
    let server = try await FaultServer { _, head in .http(PageBody.page(for: head, of: 3)) }
    try shell(
      """
      umask 077; echo mine >victim; ln -s victim link; ln -s nothing dangling; mkfifo fifo read-fifo; mkdir folder
      echo mine >several; ln several other-name; ln -s /dev/null device-link
      for mode in 644 640 606 620 610 666 602; do echo mine >mode-$mode; chmod $mode mode-$mode; done
      """, in: scratch)
    var refused = [
      ("link", "is a link"), ("dangling", "is a link"), ("device-link", "is a link"), ("fifo", "not a regular file"),
      ("folder", "not a regular file"), ("several", "second name"), ("read-fifo", "not a regular file"),
      ("nowhere/log", "cannot be opened"),
    ]
    refused += ["644", "640", "606", "620", "610", "666", "602"].map { ("mode-\($0)", "has mode \($0)") }
    refused += [("/dev/null", "not a regular file"), ("/dev/full", "not a regular file")]
    if getuid() == 0 {
      try shell(
        "for mode in 600 666; do echo theirs >theirs-$mode; chown 65534 theirs-$mode; chmod $mode theirs-$mode; done",
        in: scratch)
      refused += [("theirs-600", "belongs to user 65534"), ("theirs-666", "belongs to user 65534")]
    }
    // Somebody reads this one: it could be opened.
    let reader = open(scratch.path("read-fifo"), O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    for (name, words) in refused {
      let path = name.hasPrefix("/") ? name : scratch.path(name)
      let run = try await ProgramRun(["list", "--url", server.url, "--log-file", path])
      #expect(run.status == 73 && run.errors.contains(words) && run.output.isEmpty, "\(name): \(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1)
    }
    var byte: UInt8 = 0
    #expect(read(reader, &byte, 1) <= 0)
    #expect(server.heads.isEmpty)
    for name in ["victim", "several", "mode-644"] {
      #expect(try String(contentsOfFile: scratch.path(name), encoding: .utf8) == "mine\n")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("nothing")))
    await server.close()
    print(
      "figure S14: \(refused.count) of \(refused.count) log files that are not ours, regular and 0600 refused, 0 requests sent"
    )
  }

  @Test(
    "A new log is private under any umask, and an existing one is appended to", .tags(.s14),
    arguments: ["000", "022", "777"])
  func created(umask: String) async throws {
    let scratch = try Scratch()
    let file = try KeyFile(count: 3)
    let process = try ProgramRun.process([])
    let program = try #require(process.executableURL).path
    for lines in 1...2 {
      try shell(
        "umask \(umask); LC_ALL=C.UTF-8 '\(program)' list --from '\(file.path)' --log-file log >/dev/null", in: scratch)
      let log = try String(contentsOfFile: scratch.path("log"), encoding: .utf8)
      #expect(log.split(separator: "\n").count == lines && log.contains(" keys=3 "))
    }
    let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("log"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  /// Bodies that hold `secret` everywhere but in an error message; those after the first ones are generated.
  private static func bodies(secret: String, seed: UInt64) -> [(type: String, text: String)] {
    let page = PageBody.page(0..<2, more: false).replacing("key 0", with: secret)
    var result = [
      ("application/json", page), ("text/plain", secret), ("text/csv", "id,name\r\n1,\(secret)\r\n"),
      ("application/octet-stream", page), ("text/html", "<!doctype html><p>\(secret)</p>"),
      ("application/json", PageBody.record(1, name: secret)),
      ("application/json", "[\(PageBody.record(1, name: secret))]"),
      ("application/json", "\"\(secret)\""), ("application/json", String(page.dropLast(9))),
      ("application/json", "{\"detail\":\"quota\",\"data\":[\(PageBody.record(1, name: secret))]}"),
      ("application/json", "{\"error\":{\"message\":\"quota\",\"keys\":[\"\(secret)\"]}}"),
      ("application/problem+json", "{\"title\":\"quota\",\"instance\":\"\(secret)\"}"), ("", secret),
    ]
    var random = SplitMix(state: seed)
    func value(_ depth: Int) -> String {
      switch random.next() % (depth > 3 ? 2 : 4) {
      case 0: return "\"\(secret)\""
      case 1: return "{\"name\":\"\(secret)\"}"
      case 2: return "[" + (0...random.next() % 3).map { _ in value(depth + 1) }.joined(separator: ",") + "]"
      default:
        let names = ["data", "keys", "items", "results", "name", "value", "\(secret)", "payload"]
        return "{"
          + (0...random.next() % 3).map { _ in
            "\"\(names[Int(random.next() % UInt64(names.count))])\":\(value(depth + 1))"
          }.joined(separator: ",") + "}"
      }
    }
    while result.count < 26 { result.append(("application/json", value(0))) }
    return result
  }

  @Test("Only the error message of a response reaches the log and standard error", .tags(.s14))
  func responses() async throws {
    let scratch = try Scratch()
    let seed = UInt64.random(in: 0 ... .max)
    let bodies = LogFileTests.bodies(secret: "SECRET-KEY-NAME", seed: seed)
    let statuses = [201, 202, 203, 206, 226, 400, 401, 402, 403, 404, 405, 409, 418, 422, 451]
    var tried = 0
    let log = scratch.path("log")
    for status in statuses {
      let server = try await FaultServer { index, _ in
        let body = bodies[index % bodies.count]
        return .http(status, body.text, type: body.type)
      }
      for body in bodies {
        let run = try await ProgramRun(["list", "--url", server.url, "--log-file", log])
        #expect(!run.errors.contains("SECRET-KEY"), "seed \(seed), \(status): \(body): \(run.errors)")
        if body.text.contains("quota"), status != 404, status > 299, !body.text.contains("title") {
          #expect(run.errors.contains("quota"), "\(status): \(run.errors)")
        }
        tried += 1
      }
      await server.close()
    }
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    // A list, whatever its status, is asked for from the other end too.
    #expect(lines.count >= tried)
    #expect(lines.allSatisfy { !$0.contains("SECRET") && !$0.contains("quota") && $0.contains(" ms=") })
    #expect(lines.filter { $0.contains("status=418") }.count == bodies.count)
    print(
      "figure S14: \(tried) unexpected responses with keys in them, 0 in \(lines.count) lines of the log and on standard error (seed \(seed))"
    )
  }
}
