import Foundation

/// A hundred TLS servers, good and bad, by `Tests/Independent/tls_server.py`: certificates of openssl, shown by Python.
///
/// Ends with this object.
package final class TLSTable: Sendable {
  package struct Failure: Error { package let text: String }

  package struct Case: Decodable, Sendable {
    package let name: String
    /// The name or address to ask for.
    package let host: String
    package let port: Int
    /// The file with the root that the client is given.
    package let ca: String
    /// The file with the server's own certificate.
    package let certificate: String
  }

  package let cases: [Case]
  private let folder: URL
  private let process: Process
  private let input = Pipe()
  private let output = Pipe()

  package init() throws {
    let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Independent/tls_server.py").path
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-table-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-W", "ignore", program, folder.path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    cases = try JSONDecoder().decode([Case].self, from: TLSTable.line(output))
  }

  deinit {
    // It holds nothing worth an orderly end.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
  }

  /// Requests that each case has seen so far.
  package func requestCounts() throws -> [Int] {
    try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
    return try JSONDecoder().decode([Int].self, from: TLSTable.line(output))
  }

  private static func line(_ pipe: Pipe) throws -> Data {
    var line = Data()
    while line.last != 0x0A {
      let part = pipe.fileHandleForReading.availableData
      guard !part.isEmpty else { throw Failure(text: "the table of TLS servers ended early") }
      line.append(part)
    }
    return line
  }

  /// The exit status and the output of a command, without standard error.
  package static func run(_ words: [String], input: Data? = nil) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
    let (source, result) = (Pipe(), Pipe())
    process.standardInput = source
    process.standardOutput = result
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Commands here read a few kilobytes: a pipe holds them.
    if let input { try source.fileHandleForWriting.write(contentsOf: input) }
    try source.fileHandleForWriting.close()
    let bytes = result.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, bytes)
  }
}
