import APIKeyHTTPClient
import APIKeyModel
import CProcessSupport
import Glibc
import SystemIO

/// The reference server as a child process, with made-up keys on a free loopback port.
///
/// It ends when its standard input does: with this object, or with this process, however that ends.
final class DemoServer: Sendable {
  let address: ServerAddress
  let token: SecretToken
  private let process: ChildProcess
  private let lifeline: Descriptor

  /// How long the server may take to make up its keys, in milliseconds.
  private static let startLimit: Int32 = 120_000

  init(keys: Int) throws(CommandFailure) {
    let program = try SiblingProgram.path("apikeys-server")
    let input = try DemoServer.makePipe()
    let output: PipeEnds
    do throws(CommandFailure) {
      output = try DemoServer.makePipe()
    } catch {
      input.close()
      throw error
    }
    let started: ChildProcess?
    let reason: String
    do throws(SystemError) {
      started = try ChildProcess(
        program: program, arguments: ["demo", "--keys", String(keys)], environment: DemoServer.environment(),
        input: input.readEnd, output: output.writeEnd)
      reason = ""
    } catch {
      started = nil
      reason = error.text
    }
    input.readEnd.close()
    output.writeEnd.close()
    defer { output.readEnd.close() }
    guard let started else {
      input.writeEnd.close()
      throw .demo(reason)
    }
    let line = DemoServer.readLine(output.readEnd)
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    // {"url":"…","token":"…"}
    guard parts.count == 9, parts[1] == "url", parts[5] == "token",
      let address = try? ServerAddress(parsing: String(parts[3])),  // Any problem with it has the same sentence.
      let token = SecretToken(utf8: parts[7].utf8)
    else {
      input.writeEnd.close()
      started.signal(SIGTERM)
      started.wait()
      throw .demo("\(program) did not print its address")
    }
    self.address = address
    self.token = token
    process = started
    lifeline = input.writeEnd
  }

  deinit {
    lifeline.close()
    process.wait()
  }

  private static func makePipe() throws(CommandFailure) -> PipeEnds {
    do throws(SystemError) { return try PipeEnds() } catch { throw .lack(APIKEYS_LACK_DESCRIPTORS) }
  }

  /// What the server needs of this process's environment: where things are, language and time zone, and how sanitizers
  /// run. Every other variable may hold a secret, such as the token or a proxy's password.
  private static func environment() -> [String] {
    let names = ["PATH", "HOME", "TMPDIR", "LANG", "LANGUAGE", "TZ", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"]
    var result: [String] = []
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      let name = text.prefix { $0 != "=" }
      if names.contains(String(name)) || name.hasPrefix("LC_") { result.append(text) }
      next += 1
    }
    return result
  }

  /// One line, or as much of it as comes before the end or the time limit.
  private static func readLine(_ descriptor: Descriptor) -> String {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1024)
    var wanted = PollSet([.readable(descriptor)])
    while line.count < 16_384, !line.contains(UInt8(ascii: "\n")) {
      let outcome = wanted.wait(milliseconds: startLimit)
      if outcome == .interrupted { continue }
      guard outcome == .ready else { break }
      let count: Int
      do throws(SystemError) { count = try descriptor.read(into: &buffer) } catch { break }
      guard count > 0 else { break }
      line += buffer[..<count]
    }
    return String(decoding: line, as: UTF8.self)
  }
}
