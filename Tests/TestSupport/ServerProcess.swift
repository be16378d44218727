import Foundation
import Synchronization

/// The real `apikeys-server`, started by a test and ended with it.
package final class ServerProcess: Sendable {
  package struct Failure: Error { let text: String }

  private let process: Process
  private let input = Pipe()
  private let output: LineReader
  private let errors: LineReader

  /// Starts the program without waiting for anything.
  package init(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = ServerProcess.executable
    process.arguments = arguments
    let output = Pipe()
    let errors = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    self.output = LineReader(output.fileHandleForReading)
    self.errors = LineReader(errors.fileHandleForReading)
    self.process = process
    try process.run()
  }

  /// Beside the test runner, where the build puts every product.
  private static var executable: URL {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var place = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? runner.path
    // On a Mac the runner lies inside the test bundle, or is the toolchain's and knows the bundle by argument.
    if let bundle = CommandLine.arguments.first(where: { $0.contains(".xctest/") }) {
      place = String(bundle.prefix(upTo: bundle.range(of: ".xctest/")?.lowerBound ?? bundle.endIndex))
    }
    return URL(fileURLWithPath: place).deletingLastPathComponent().appendingPathComponent("apikeys-server")
  }

  package var identifier: Int32 { process.processIdentifier }
  package func send(signal: Int32) { kill(process.processIdentifier, signal) }
  package func closeInput() throws { try input.fileHandleForWriting.close() }
  package func nextLine() throws -> String {
    guard let line = output.next() else { throw ServerProcess.Failure(text: "no output; " + errors.rest()) }
    return line
  }
  package func restOfOutput() -> String { output.rest() }
  package func restOfErrors() -> String { errors.rest() }

  /// Waits for the end; nil when it does not come within `seconds`.
  package func exitStatus(within seconds: Double) -> Int32? {
    let ended = DispatchSemaphore(value: 0)
    let process = process
    Thread.detachNewThread {
      process.waitUntilExit()
      ended.signal()
    }
    guard ended.wait(timeout: .now() + seconds) == .success else { return nil }
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  /// The port in the line that `serve` says it is ready with.
  package func listeningPort() throws -> Int {
    guard let line = errors.next(), let text = line.split(separator: ":").last, let port = Int(text) else {
      throw Failure(text: "not listening; " + errors.rest())
    }
    return port
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Runs a command to its end and gives its output.
  package static func run(_ arguments: [String]) throws -> String {
    let server = try ServerProcess(arguments)
    let output = server.restOfOutput()
    guard server.exitStatus(within: 60) == 0 else { throw Failure(text: server.restOfErrors()) }
    return output
  }

  /// A demo server, its port and its token.
  package static func demo(keys: Int, seed: Int = 1) throws -> (server: ServerProcess, port: Int, token: String) {
    let server = try ServerProcess(["demo", "--keys", "\(keys)", "--seed", "\(seed)"])
    let ready = try JSONDecoder().decode(DemoLine.self, from: Data(try server.nextLine().utf8))
    guard let port = URL(string: ready.url)?.port else { throw Failure(text: ready.url) }
    return (server, port, ready.token)
  }
}

/// What `demo` prints.
package struct DemoLine: Decodable {
  package let url: String
  package let token: String
}

/// Lines of a pipe, one at a time.
package final class LineReader: Sendable {
  private let handle: FileHandle
  private let pending = Mutex<[UInt8]>([])

  package init(_ handle: FileHandle) { self.handle = handle }

  /// The next line without its end; nil at the end of the pipe.
  package func next() -> String? {
    pending.withLock { pending in
      while true {
        if let end = pending.firstIndex(of: 0x0A) {
          let line = String(decoding: pending[..<end], as: UTF8.self)
          pending.removeFirst(end + 1)
          return line
        }
        let data = handle.availableData
        if data.isEmpty { return nil }
        pending.append(contentsOf: data)
      }
    }
  }

  package func rest() -> String {
    pending.withLock { pending in
      pending.append(contentsOf: handle.readDataToEndOfFile())
      defer { pending = [] }
      return String(decoding: pending, as: UTF8.self)
    }
  }
}

/// A directory that goes with the test.
package final class ScratchDirectory: Sendable {
  package let url: URL
  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("apikeys-server-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  package var database: String { url.appendingPathComponent("keys.sqlite").path }
  deinit {
    do { try FileManager.default.removeItem(at: url) } catch { print("left behind: \(url.path)") }
  }
}

/// Runs blocking work on a thread of its own, so that it holds up no other test.
package func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}
