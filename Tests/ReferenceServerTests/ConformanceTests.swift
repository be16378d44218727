import Foundation
import TestSupport
import Testing

@testable import ReferenceServer

/// The root of the repository.
private let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite("Conformance to the OpenAPI document", .timeLimit(.minutes(20)))
struct ConformanceTests {
  private static let schemathesis = repository.appendingPathComponent(".venv/bin/schemathesis")

  @Test(
    "The server conforms to its OpenAPI document, by Schemathesis with every check", .tags(.f3),
    .enabled("needs Schemathesis in .venv: `make deps` installs it from PyPI") {
      FileManager.default.isExecutableFile(atPath: schemathesis.path)
    })
  func conforms() async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 2000)
      let scratch = try ScratchDirectory()
      let process = Process()
      process.executableURL = ConformanceTests.schemathesis
      process.currentDirectoryURL = scratch.url
      process.arguments = [
        "run", "http://127.0.0.1:\(port)/openapi.json", "--header", "Authorization: Bearer \(token)", "--checks", "all",
        "--max-examples", "1000", "--mode", "all", "--seed", "1", "--no-color",
      ]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = output
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(text.suffix(4000))")
      let summary = text.split(separator: "\n").first { $0.contains(" generated") }
      let cases = try #require(summary?.split(separator: " ").lazy.compactMap { Int($0.filter { $0 != "," }) }.first)
      #expect(cases >= 1000, "\(text.suffix(2000))")
      try server.closeInput()
      print("figure F3: \(cases) cases by Schemathesis, every check, 0 failures")
    }
  }
}
