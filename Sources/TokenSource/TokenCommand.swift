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

  /// `complain` gets each line that the command writes to standard error, which is not yet inert.
  package static func run(
    _ command: String, milliseconds: Int = seconds * 1000, complain: (String) -> Void
  ) throws(TokenProblem) -> SecretToken {
    let words = split(command)
    guard let program = words.first else { throw .commandFailed(command: command, reason: "it is empty") }
    let output = try CommandPipe(program)
    let errors = try CommandPipe(program)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writeEnd, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writeEnd, STDERR_FILENO)
    var process = pid_t()
    let status = withCStrings(words) { arguments in
      withCStrings(environmentWithoutToken()) { environment in
        posix_spawnp(&process, program, &actions, nil, arguments, environment)
      }
    }
    output.closeWriteEnd()
    errors.closeWriteEnd()
    guard status == 0 else { throw .commandFailed(command: program, reason: TokenReader.reason(status)) }
    let (bytes, ending) = follow(process, output, errors, milliseconds: milliseconds, complain)
    switch ending {
    case .tooLate:
      throw .commandFailed(command: program, reason: "it did not end within \(max(milliseconds / 1000, 1)) seconds")
    case .tooMuch: throw .commandFailed(command: program, reason: "it printed more than a token can be")
    case .status(let result) where result & 0x7F != 0:
      throw .commandFailed(command: program, reason: "it was ended by signal \(result & 0x7F)")
    case .status(let result) where result != 0:
      throw .commandFailed(command: program, reason: "it ended with status \(result >> 8 & 0xFF)")
    case .status: break
    }
    guard !bytes.isEmpty else { throw .commandFailed(command: program, reason: "it printed nothing") }
    return try TokenReader.token(in: bytes, origin: "What \(program) printed")
  }

  private enum Ending {
    case status(Int32)
    case tooLate
    case tooMuch
  }

  /// Reads what a process prints until it ends, or kills it where it takes or prints too much.
  ///
  /// Its own end counts, not that of the pipe: something it left running may hold that open.
  private static func follow(
    _ process: pid_t, _ output: CommandPipe, _ errors: CommandPipe, milliseconds: Int, _ complain: (String) -> Void
  ) -> (bytes: [UInt8], ending: Ending) {
    var lines = ComplaintLines()
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    var status: Int32 = 0
    var ending: Ending?
    while ending == nil {
      let hasEnded = waitpid(process, &status, WNOHANG) != 0
      output.read(limit: SecretToken.maximumLength + 3)
      errors.read(limit: nil)
      lines.take(errors.takeBytes(), complain)
      if output.bytes.count > SecretToken.maximumLength + 2 {
        ending = .tooMuch
      } else if hasEnded {
        ending = .status(status)
      } else if ContinuousClock.now >= deadline {
        ending = .tooLate
      } else {
        CommandPipe.wait(output, errors, milliseconds: 20)
      }
      if ending != nil, !hasEnded {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
      }
    }
    lines.end(complain)
    return (output.bytes, ending ?? .tooLate)
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
}
