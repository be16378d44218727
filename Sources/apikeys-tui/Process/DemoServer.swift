import APIKeyHTTPClient
import APIKeyModel
import CProcessSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The reference server as a child process, with made-up keys on a free loopback port.
///
/// It ends when its standard input does: with this object, or with this process, however that ends.
final class DemoServer: Sendable {
  let address: ServerAddress
  let token: SecretToken
  private let process: pid_t
  private let lifeline: Int32

  /// How long the server may take to make up its keys, in milliseconds.
  private static let startLimit: Int32 = 120_000

  init(keys: Int) throws(CommandFailure) {
    let program = try SiblingProgram.path("apikeys-server")
    let input = try DemoServer.makePipe()
    let output: (read: Int32, write: Int32)
    do throws(CommandFailure) {
      output = try DemoServer.makePipe()
    } catch {
      close(input.read)
      close(input.write)
      throw error
    }
    let spawned = DemoServer.spawn(program, ["demo", "--keys", String(keys)], input.read, output.write)
    close(input.read)
    close(output.write)
    defer { close(output.read) }
    guard spawned.status == 0 else {
      close(input.write)
      throw .demo(String(cString: strerror(spawned.status)))
    }
    let line = DemoServer.readLine(output.read)
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    // {"url":"…","token":"…"}
    guard parts.count == 9, parts[1] == "url", parts[5] == "token",
      let address = try? ServerAddress(parsing: String(parts[3])),  // Any problem with it has the same sentence.
      let token = SecretToken(utf8: parts[7].utf8)
    else {
      close(input.write)
      kill(spawned.process, SIGTERM)
      var status: Int32 = 0
      waitpid(spawned.process, &status, 0)
      throw .demo("\(program) did not print its address")
    }
    self.address = address
    self.token = token
    process = spawned.process
    lifeline = input.write
  }

  deinit {
    close(lifeline)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  private static func makePipe() throws(CommandFailure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .lack(APIKEYS_LACK_DESCRIPTORS) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// In a process group of its own, so that Ctrl-C on the terminal is not sent to it.
  private static func spawn(
    _ program: String, _ arguments: [String], _ input: Int32, _ output: Int32
  ) -> (process: pid_t, status: Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var variables: [UnsafeMutablePointer<CChar>?] = DemoServer.environment().map { strdup($0) }
    defer { for variable in variables { free(variable) } }
    variables.append(nil)
    var process = pid_t()
    let status = posix_spawn(&process, program, &actions, &attributes, words, variables)
    return (process, status)
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
  private static func readLine(_ descriptor: Int32) -> String {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1024)
    while line.count < 16_384, !line.contains(UInt8(ascii: "\n")) {
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wanted, 1, startLimit)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { break }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      line += buffer[..<count]
    }
    return String(decoding: line, as: UTF8.self)
  }
}
