import Foundation
import TestSupport
import Testing

/// No number, no "complete" and no list of the program is false, whatever the server does while it is read.
///
/// `Tests/Differential/README.md` says what is judged and how a failure is repeated. `make differential` runs 10,000
/// sequences in process and 300 with the real program.
@Suite(.serialized, .timeLimit(.minutes(60)))
struct DifferentialTests {
  private static func setting(_ name: String, _ usual: String) -> String {
    ProcessInfo.processInfo.environment[name] ?? usual
  }

  @Test("300 in-process sequences against a changing server make no false statement", .tags(.t27))
  func inProcess() async throws {
    let figures = try await Driver.run(
      Self.arguments + ["--sequences", Self.setting("APIKEYS_SEQUENCES", "300"), "--seed", Self.seed])
    print(
      "figure T27: \(figures.sequences) sequences in one process, \(figures.statements) statements of "
        + "\(figures.kinds) kinds, \(figures.falseStatements) false")
    #expect(figures.falseStatements == 0, "\(figures.report)")
  }

  @Test("6 sequences of the real program against a changing server make no false statement", .tags(.t27))
  func realProgram() async throws {
    let run = try await PythonRun(
      ["real", "--binary", TestProducts.path("apikeys-tui"), "--seed", Self.seed]
        + ["--sequences", Self.setting("APIKEYS_REAL_SEQUENCES", "6")] + Self.arguments)
    print("figure T27: with the real program \(run.lastFigure)")
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("Each planted false statement, one per kind of sentence, is found", .tags(.t27))
  func plantedLies() async throws {
    let run = try await PythonRun(["lies"])
    print("figure T27: \(run.lastFigure)")
    #expect(run.status == 0, "\(run.output)")
  }

  private static let seed = setting("APIKEYS_SEED", "1")
  private static let arguments: [String] = {
    let front = setting("APIKEYS_FRONT", "")
    return (front.isEmpty ? [] : ["--front", front]) + (setting("APIKEYS_SHOW", "").isEmpty ? [] : ["--show"])
  }()
}

/// One run of `Tests/Differential/run.py` that speaks only to us.
struct PythonRun {
  let status: Int32
  let output: String
  /// Its line of figures.
  var lastFigure: String {
    output.split(separator: "\n").last { $0.contains("statements") || $0.contains("lies") }.map(String.init) ?? ""
  }

  init(_ arguments: [String]) async throws {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: Driver.python)
    process.arguments = [Driver.script] + arguments
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let handle = pipe.fileHandleForReading
    output = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: String(decoding: handle.readDataToEndOfFile(), as: UTF8.self))
      }
    }
    process.waitUntilExit()
    status = process.terminationStatus
  }
}
