import Foundation
import TestSupport
import Testing

/// Lists without end, and files that are bombs, before the real program.
@Suite("Load limits", .serialized, .timeLimit(.minutes(20)))
struct LoadLimitTests {
  /// What a key of an endless list is made of: everything that takes memory, one at a time.
  static let shapes: [(name: String, size: Int, key: @Sendable (Int) -> String)] = {
    @Sendable func key(
      _ number: Int, id: String? = nil, name: String = "n", date: String = "2023-11-07T05:31:56Z",
      four: String = "ab12",
      creator: String? = nil, permissions: String = "\"calls.view\""
    ) -> String {
      "{\"id\":\"\(id ?? PageBody.identifier(number))\",\"name\":\"\(name)\",\"created_date\":\"\(date)\","
        + "\"last_four_digits\":\"\(four)\",\"creator_id\":\(creator.map { "\"\($0)\"" } ?? "null"),"
        + "\"restricted\":true,\"permissions\":[\(permissions)]}"
    }
    let long = String(repeating: "n", count: 15_000)
    let list = (0..<200).map { "\"unknown.permission\($0)\"" }.joined(separator: ",")
    return [
      ("small keys", 1000, { key($0) }), ("long names", 100, { key($0, name: long) }),
      ("ids of another form", 1000, { key($0, id: "key-\($0)-of-another-form") }),
      ("long ids", 100, { key($0, id: "\($0)" + long) }),
      ("creators", 1000, { key($0, creator: "user\($0)@example.com") }),
      ("permissions", 100, { key($0, permissions: list) }),
      ("odd dates and ends", 1000, { key($0, date: "day \($0) of no calendar", four: "\($0)-is-longer") }),
    ]
  }()

  private func endless(_ key: @escaping @Sendable (Int) -> String, _ size: Int) async throws -> FaultServer {
    try await FaultServer { index, head in
      // From the other end there is nothing to be had.
      if head.contains("order=asc") { return .http(500, "{}") }
      let records = (0..<size).map { key(index * size + $0) }.joined(separator: ",")
      return .http("{\"data\":[\(records)],\"has_more\":true}")
    }
  }

  /// The most memory a process has, in MiB, looked at until it ends.
  private func peak(_ arguments: [String]) async throws -> (mebibytes: Int, status: Int32, errors: String) {
    let process = try ProgramRun.process(arguments)
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let identifier = process.processIdentifier
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var most = 0
        while process.isRunning {
          // The file goes away with the process.
          let status = (try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)) ?? ""
          let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
          most = max(most, line.flatMap { $0.split(separator: " ").dropLast().last }.flatMap { Int($0) } ?? 0)
          usleep(2000)
        }
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        continuation.resume(returning: (most / 1024, process.terminationStatus, text))
      }
    }
  }

  @Test("An endless list stops at --max-memory, whatever its keys contain", .tags(.s10))
  func memory() async throws {
    var most = 0
    for (name, size, key) in Self.shapes {
      let server = try await endless(key, size)
      let run = try await peak(["list", "--url", server.url, "--max-memory", "96M", "--timeout", "300"])
      await server.close()
      #expect(run.status == 65, "\(name): \(run.errors)")
      #expect(
        run.errors.contains("The limit of --max-memory, 96 MiB, is reached.")
          && run.errors.contains("nothing was written"),
        "\(name): \(run.errors)")
      // A page that is being read, and what it is decoded to, come on top.
      if !TestProducts.isSanitized { #expect(run.mebibytes < 96 + 48, "\(name)") }
      most = max(most, run.mebibytes)
    }
    print(
      "figure S10: \(Self.shapes.count) endless lists with --max-memory 96M: at most \(most) MiB, each a sentence and 65"
    )
  }

  @Test("An endless list stops at --max-keys in commands, the dashboard and plain mode", .tags(.s10))
  func keys() async throws {
    let shape = Self.shapes[0]
    let server = try await endless(shape.key, shape.size)
    for command in [["list"], ["permissions"], ["show", "nobody"]] {
      let run = try await ProgramRun(command + ["--url", server.url, "--max-keys", "2500"])
      #expect(run.status == 65 && run.output.isEmpty, "\(command): \(run.errors)")
      #expect(
        run.errors.contains("The limit of --max-keys, 2,500 keys, is reached. Only 2,500 keys arrived"), "\(run.errors)"
      )
    }
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url, "--max-keys", "2500"], columns: 140,
      rows: 30)
    try session.waitUntil("the first page", timeout: .seconds(20)) { $0.contains { $0.contains("loaded") } }
    try session.send("L")
    try session.waitUntil("the limit", timeout: .seconds(30)) {
      $0.contains { $0.contains("stopped after 2,500: The limit of --max-keys") }
    }
    try session.send("q")
    _ = try session.waitForExit()
    let scratch = try Scratch()
    let script = try scratch.write("load-all\nwhere\nexport \(scratch.path("out.csv"))\nquit\n", to: "script")
    let plain = try await ProgramRun(
      ["--url", server.url, "--plain", "--strict", "--max-keys", "2500"], inputPath: script)
    #expect(plain.status == 65, "\(plain.output)")
    #expect(plain.output.contains("2,500 keys loaded, stopped by an error"), "\(plain.output)")
    #expect(!plain.output.contains("complete") && !plain.output.contains("Type refresh"), "\(plain.output)")
    await server.close()
  }

  @Test("Devices are refused, bombs and endless lines are errors, and pipes are read", .tags(.s10))
  func files() async throws {
    let scratch = try Scratch()
    let record = PageBody.record(1) + "\n"
    let zeros = [UInt8](repeating: 0, count: 200 << 20)
    let spaces = [UInt8](repeating: 0x20, count: 200 << 20)
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
      try Data(bytes).write(to: URL(filePath: scratch.path(name)))
      return scratch.path(name)
    }
    let good = try Gzip.compress(Array(record.utf8))
    let cases: [(path: String, status: Int32, words: String)] = [
      ("/dev/zero", 66, "it is a device"), ("/dev/urandom", 66, "it is a device"), ("/dev/full", 66, "it is a device"),
      ("/dev", 66, "it is a directory"), ("/dev/null", 65, "it is empty"),
      (try file("zeros.gz", Gzip.compress(zeros)), 65, "line 1 is longer than"),
      (try file("spaces.gz", Gzip.compress(Array("[".utf8) + spaces)), 65, "its one JSON text is longer than"),
      (try file("late.gz", Gzip.compress(Array(record.utf8) + spaces)), 65, "line 2 is longer than"),
      (try file("cut.gz", Array(good.dropLast(9))), 65, "ends too early"),
      (try file("behind.gz", good + Array("more".utf8)), 65, "something else stands behind"),
      (try file("behind2.gz", good + good + [0, 0, 7]), 65, "something else stands behind"),
    ]
    for (path, status, words) in cases {
      let run = try await peak(["list", "--from", path, "--max-memory", "128M"])
      #expect(run.status == status && run.errors.contains(words), "\(path): \(run.status) \(run.errors)")
      if !TestProducts.isSanitized { #expect(run.mebibytes < 128, "\(path)") }
    }
    // What is no fault: members one behind another, zeros that fill a block, a pipe with a name.
    let other = try Gzip.compress(Array((PageBody.record(2) + "\n").utf8))
    for bytes in [good + other, good + [0, 0] + other + [UInt8](repeating: 0, count: 600)] {
      let run = try await ProgramRun(["list", "--format", "ndjson", "--from", try file("good.gz", bytes)])
      #expect(run.status == 0 && run.output.split(separator: "\n").count == 2, "\(run.errors)")
    }
    let fifo = scratch.path("fifo")
    try #require(mkfifo(fifo, 0o600) == 0)
    async let run = ProgramRun(["list", "--format", "ndjson", "--from", fifo])
    let writer = try await Task.detached { try FileHandle(forWritingTo: URL(filePath: fifo)) }.value
    try writer.write(contentsOf: Data((record + PageBody.record(2) + "\n").utf8))
    try writer.close()
    let read = try await run
    #expect(read.status == 0 && read.output.split(separator: "\n").count == 2, "\(read.errors)")
    print("figure S10 files: \(cases.count) devices and bombs: a sentence each, below 128 MiB")
  }

  @Test("The limit options report the values they accept", .tags(.s10), arguments: ["0", "-1", "x"])
  func options(value: String) async throws {
    for option in ["--max-keys=\(value)", "--max-memory=\(value)", "--max-memory=63M", "--max-memory=9999999999T"] {
      let run = try await ProgramRun(["list", "--from", "/dev/null", option])
      #expect(run.status == 64 && run.errors.contains("--max-"), "\(option): \(run.errors)")
    }
    for size in ["64m", "1G", "70000KiB", "67108864", "2TB"] {
      let run = try await ProgramRun(["list", "--from", "/dev/null", "--max-memory", size])
      #expect(run.status == 65, "\(size): \(run.errors)")
    }
  }
}
