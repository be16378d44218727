import Foundation
import TestSupport
import Testing

/// One run of the real `apikeys-tui` as a command, its output in full.
struct ProgramRun {
  let status: Int32
  let output: String
  let errors: String

  /// Runs to the end. The environment is only what is given, and a UTF-8 locale. `program` is another one's path.
  init(
    _ arguments: [String], environment: [String: String] = [:], inputPath: String? = nil, outputPath: String? = nil,
    program: String? = nil
  ) async throws {
    let process = try ProgramRun.process(arguments, environment: environment)
    if let program { process.executableURL = URL(filePath: program) }
    if let inputPath { process.standardInput = try #require(FileHandle(forReadingAtPath: inputPath)) as FileHandle }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    if let outputPath {
      let file: FileHandle = try #require(FileHandle(forWritingAtPath: outputPath))
      process.standardOutput = file
    }
    process.standardError = errors
    try process.run()
    if outputPath != nil { try output.fileHandleForWriting.close() }
    // Away from the cooperative threads: the test's own server needs them.
    async let text = ProgramRun.readAll(output.fileHandleForReading)
    async let complaint = ProgramRun.readAll(errors.fileHandleForReading)
    (self.output, self.errors) = await (text, complaint)
    status = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        process.waitUntilExit()
        continuation.resume(
          returning: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
      }
    }
  }

  static func process(_ arguments: [String], environment: [String: String] = [:]) throws -> Process {
    let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let process = Process()
    process.executableURL = URL(filePath: runner).deletingLastPathComponent().appendingPathComponent("apikeys-tui")
    process.arguments = arguments
    process.environment = environment.merging(["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]) { given, _ in given }
      .merging(TestProducts.sanitizerEnvironment) { given, _ in given }
    process.standardInput = FileHandle.nullDevice
    return process
  }

  private static func readAll(_ handle: FileHandle) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: String(decoding: handle.readDataToEndOfFile(), as: UTF8.self))
      }
    }
  }
}

/// A directory with a file of keys, one a line.
struct KeyFile: ~Copyable {
  let directory: URL
  var path: String { directory.appendingPathComponent("keys.ndjson").path }

  init(count: Int) throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    let lines = (0..<count).map { number in
      let digits = String(String(1_000_000_000_000 + number).dropFirst())
      return "{\"id\":\"00000000-0000-4000-8000-\(digits)\",\"name\":\"key \(number)\","
        + "\"created_date\":\"2023-11-07T05:31:56Z\",\"last_four_digits\":\"ab12\",\"creator_id\":null,"
        + "\"restricted\":\(!number.isMultiple(of: 5)),\"permissions\":[\"calls.view\"]}\n"
    }
    try lines.joined().write(toFile: path, atomically: false, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }  // What is left over harms nothing.
}
