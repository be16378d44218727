import Foundation

/// A server of the same API that shares no line with this project: `Tests/Independent/server.py`, on FastAPI.
///
/// Ends with this object.
package final class IndependentServer: Sendable {
  package struct Failure: Error { package let text: String }

  private struct ReadyLine: Decodable {
    let url: String
    let token: String
  }

  package let url: String
  package let token: String
  private let process: Process
  private let input: Pipe

  /// The root of the repository.
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let python = repository.appendingPathComponent(".venv/bin/python")
  private static let program = repository.appendingPathComponent("Tests/Independent/server.py").path

  /// Why a test that needs it is skipped.
  package static let absence: String =
    "needs FastAPI in .venv: `make deps` installs it from PyPI"

  /// Whether Python and FastAPI are there.
  package static var isPrepared: Bool {
    FileManager.default.isExecutableFile(atPath: python.path)
      && FileManager.default.fileExists(atPath: repository.appendingPathComponent(".venv/independent-server").path)
  }

  /// Starts it on a free loopback port, and returns when it listens.
  package init(_ arguments: [String]) throws {
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    process.executableURL = IndependentServer.python
    process.arguments = [IndependentServer.program] + arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    self.process = process
    self.input = input
    var line = Data()
    while !line.contains(0x0A) {
      let part = output.fileHandleForReading.availableData
      guard !part.isEmpty else { throw Failure(text: "the independent server ended before it listened") }
      line.append(part)
    }
    let ready = try JSONDecoder().decode(ReadyLine.self, from: line.prefix { $0 != 0x0A })
    (url, token) = (ready.url, ready.token)
  }

  deinit {
    // It holds nothing worth an orderly end.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// The keys it serves with these arguments, newest first, as lines of JSON written by Python.
  package static func keys(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = python
    process.arguments = [program, "--dump"] + arguments
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(text: "the keys could not be written") }
    return String(decoding: data, as: UTF8.self)
  }
}
