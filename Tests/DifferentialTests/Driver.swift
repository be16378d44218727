import APIKeyHTTPClient
import Foundation
import TestSupport

/// What the Python side asks for; one line of JSON.
struct DriverCommand: Decodable {
  /// `begin`, `press`, `type`, `line`, `answer`, `wake`, `run`, `end` or `done`.
  let `do`: String
  /// Seconds since the epoch.
  let now: Int64
  var front: String?
  var url: String?
  var columns: Int?
  var rows: Int?
  var pageSize: Int?
  var keys: [String]?
  var text: String?
  /// Of `done`: how many sequences and statements there were, how many were false, and all of it in words.
  var figures: DriverFigures?
}

struct DriverFigures: Decodable {
  let sequences: Int
  let statements: Int
  let kinds: Int
  let falseStatements: Int
  let report: String
}

/// What is to be seen after it.
struct DriverReply: Encodable {
  var rows: [String] = []
  var lines: [String] = []
  var waiting = 0
  var isCountingDown = false
  var hasPrompt = false
  var hasEnded = false
  var status: Int32?
  var output: String?
  var errors: String?
}

/// `Tests/Differential/run.py drive`: it plays server and user and judges; this process shows what the program does.
struct Driver {
  struct Failure: Error { let text: String }

  static let script = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Differential/run.py").path
  /// Debian's, which has the emulator of the screen.
  static let python = "/usr/bin/python3"

  /// Runs sequences to their end.
  static func run(_ arguments: [String]) async throws -> DriverFigures {
    let process = Process()
    let (commands, replies) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script, "drive"] + arguments
    process.standardOutput = commands
    process.standardInput = replies
    try process.run()
    defer { if process.isRunning { process.terminate() } }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("differential-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = LineSource(commands.fileHandleForReading)
    var frontEnd: FrontEnd?
    // One for all sequences: connecting takes longer than most of them.
    var source: HTTPKeySource?
    defer { if let source { Task { await source.close() } } }
    while let line = lines.next() {
      let command = try JSONDecoder().decode(DriverCommand.self, from: line)
      if let figures = command.figures { return figures }
      var reply = DriverReply()
      if command.do == "begin" {
        let used = try source ?? FrontEnd.source(command.url ?? "")
        source = used
        frontEnd = FrontEnd(command, source: used)
      }
      try await perform(command, on: &frontEnd, folder, &reply)
      var data = try JSONEncoder().encode(reply)
      data.append(0x0A)
      try replies.fileHandleForWriting.write(contentsOf: data)
    }
    throw Failure(text: "run.py ended before it was done")
  }

  private static func perform(
    _ command: DriverCommand, on frontEnd: inout FrontEnd?, _ folder: URL, _ reply: inout DriverReply
  ) async throws {
    switch command.do {
    case "begin": break
    case "press": frontEnd?.press(command.keys ?? [], now: command.now)
    case "type": frontEnd?.type(command.text ?? "", now: command.now)
    case "line": frontEnd?.enter(command.text ?? "", now: command.now)
    case "answer": await frontEnd?.answer(now: command.now)
    case "wake": frontEnd?.wake(now: command.now)
    case "run":
      let run = try await CommandRun(command.keys ?? [], in: folder)
      (reply.status, reply.output, reply.errors) = (run.status, run.output, run.errors)
    case "end": frontEnd = nil
    default: throw Failure(text: "no such command: \(command.do)")
    }
    guard var shown = frontEnd else { return }
    reply.rows = shown.rows
    reply.lines = shown.takeLines()
    (reply.waiting, reply.isCountingDown) = (shown.waiting, shown.isCountingDown)
    (reply.hasPrompt, reply.hasEnded) = (shown.hasPrompt, shown.hasEnded)
    frontEnd = shown
  }
}

/// Lines of a pipe.
private struct LineSource {
  private let handle: FileHandle
  private var data = Data()

  init(_ handle: FileHandle) { self.handle = handle }

  mutating func next() -> Data? {
    while true {
      if let end = data.firstIndex(of: 0x0A) {
        let line = data[data.startIndex..<end]
        data = Data(data[data.index(after: end)...])
        return Data(line)
      }
      let part = handle.availableData
      guard !part.isEmpty else { return nil }
      data.append(part)
    }
  }
}
