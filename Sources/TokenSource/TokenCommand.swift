import APIKeyModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs a program that prints the token: without a shell, 10 seconds, 8 KiB, no token in its environment.
package enum TokenCommand {
  /// Most seconds a command may take.
  package static let seconds = 10

  package static func run(_ command: String, milliseconds: Int = seconds * 1000) throws(TokenProblem) -> SecretToken {
    let words = split(command)
    guard let program = words.first else { throw .commandFailed(command: command, reason: "it is empty") }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .commandFailed(command: program, reason: TokenReader.reason(errno)) }
    defer { close(ends[0]) }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[1])
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    var process = pid_t()
    let status = withCStrings(words) { arguments in
      withCStrings(environmentWithoutToken()) { environment in
        posix_spawnp(&process, program, &actions, nil, arguments, environment)
      }
    }
    close(ends[1])
    guard status == 0 else { throw .commandFailed(command: program, reason: TokenReader.reason(status)) }
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    let output = read(ends[0], milliseconds: milliseconds)
    var result: Int32 = 0
    guard let bytes = output else {
      kill(process, SIGKILL)
      waitpid(process, &result, 0)
      throw .commandFailed(command: program, reason: "it did not end within \(max(milliseconds / 1000, 1)) seconds")
    }
    if bytes.count > SecretToken.maximumLength + 2 { kill(process, SIGKILL) }
    // A program may close its output and go on: it gets the rest of the time, and no more.
    guard wait(for: process, until: deadline, status: &result) else {
      throw .commandFailed(command: program, reason: "it did not end within \(max(milliseconds / 1000, 1)) seconds")
    }
    guard bytes.count <= SecretToken.maximumLength + 2 else {
      throw .commandFailed(command: program, reason: "it printed more than a token can be")
    }
    guard result == 0 else {
      let code =
        result & 0x7F == 0 ? "it ended with status \(result >> 8 & 0xFF)" : "it was ended by signal \(result & 0x7F)"
      throw .commandFailed(command: program, reason: code)
    }
    guard !bytes.isEmpty else { throw .commandFailed(command: program, reason: "it printed nothing") }
    return try TokenReader.token(in: bytes, origin: "What \(program) printed")
  }

  /// Words as a shell parts them at blanks, with '...', "..." and \ ; nothing is expanded.
  package static func split(_ command: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isWord = false
    var quote: Character?
    var isEscaped = false
    for character in command {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
        isWord = true
      } else if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        isWord = true
      } else if character == " " || character == "\t" {
        if isWord { words.append(word) }
        word = ""
        isWord = false
      } else {
        word.append(character)
        isWord = true
      }
    }
    if isWord { words.append(word) }
    return words
  }

  private static func environmentWithoutToken() -> [String] {
    var list: [String] = []
    var entry = environ
    while let text = entry.pointee {
      let value = String(cString: text)
      if !value.hasPrefix("APIKEYS_TOKEN=") { list.append(value) }
      entry += 1
    }
    return list
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }

  /// Waits for the end of a process; kills it when the time is over, and is then false.
  private static func wait(for process: pid_t, until deadline: ContinuousClock.Instant, status: inout Int32) -> Bool {
    while waitpid(process, &status, WNOHANG) == 0 {
      guard ContinuousClock.now < deadline else {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        return false
      }
      usleep(2000)
    }
    return true
  }

  /// What comes until the end, or until it is too much; nil when the time is over.
  private static func read(_ descriptor: Int32, milliseconds: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    let clock = ContinuousClock()
    let deadline = clock.now + .milliseconds(milliseconds)
    while bytes.count <= SecretToken.maximumLength + 2 {
      let left = clock.now.duration(to: deadline)
      let rest = Int32(left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000)
      guard rest > 0 else { return nil }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, rest)
      if ready == 0 { return nil }
      if ready < 0 { continue }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
