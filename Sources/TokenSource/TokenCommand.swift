package import APIKeyModel
import CProcessSupport
import CTerminalSupport
import Glibc
import SystemIO

/// Runs a program that prints the token: by the helper process, without a shell, no token in its environment, 8 KiB.
///
/// The program leads a process group of its own. Where this process has the terminal, the group gets it: the program
/// may ask there as long as it likes, and Ctrl-C ends the group and, by the problem thrown, this process.
package enum TokenCommand {
  /// Most seconds a command may take that cannot prompt the user.
  package static let seconds = 10

  /// `milliseconds` is a limit for commands with and without the terminal; nil leaves those with it all the time they
  /// want. `signals` is readable when a signal has come, a byte each as ``CTerminalSupport`` has them. `report` gets
  /// each line that the command writes to standard error, which is not yet sanitized. With `isApart` it never gets the
  /// terminal, which another part of the program uses.
  package static func run(
    _ command: String, helper: ProcessHelper, milliseconds: Int? = nil, signals: Int32 = -1, isApart: Bool = false,
    report: (String) -> Void
  ) throws(TokenProblem) -> SecretToken {
    let (words, flaw) = parts(command)
    if let flaw { throw .commandFailed(command: words.first ?? command, reason: flaw) }
    guard let program = words.first else { throw .commandFailed(command: command, reason: "it is empty") }
    let output = try CommandPipe(program)
    let errors = try CommandPipe(program)
    let code = helper.run(words, output: output.writeEnd, errors: errors.writeEnd, isApart: isApart)
    output.closeWriteEnd()
    errors.closeWriteEnd()
    guard code == 0 else { throw .commandFailed(command: program, reason: SystemError(code: code).text) }
    let hint = isForShell(words) ? "; there is no shell, so give a program and its arguments, or sh -c '…'" : ""
    let ending = withStopsBlocked {
      var run = CommandRun(helper: helper, output: output, errors: errors, limit: milliseconds)
      return run.follow(signals: signals, report)
    }
    switch ending {
    case .refused(let code): throw .commandFailed(command: program, reason: SystemError(code: code).text + hint)
    case .onlyRelative: throw .commandIsRelative(command: program)
    case .lost: throw .commandFailed(command: program, reason: "the process that runs it is gone")
    case .signal(let number): throw .interrupted(signal: number)
    case .tooLate(let milliseconds):
      throw .commandFailed(command: program, reason: "it did not end within \(max(milliseconds / 1000, 1)) seconds")
    case .tooMuch: throw .commandFailed(command: program, reason: "it printed more than a token can be")
    case .status(let result) where result & 0x7F != 0:
      throw .commandFailed(command: program, reason: "it was ended by signal \(result & 0x7F)")
    case .status(let result) where result != 0:
      throw .commandFailed(command: program, reason: "it ended with status \(result >> 8 & 0xFF)\(hint)")
    case .status: break
    }
    guard !output.bytes.isEmpty else { throw .commandFailed(command: program, reason: "it printed nothing") }
    return try TokenReader.token(in: output.bytes, origin: "What \(program) printed")
  }

  /// Whether a shell was meant: pipes, redirections, lists, variables and home directories are nothing to a program.
  private static func isForShell(_ words: [String]) -> Bool {
    let operators: Set<String> = ["|", "||", "&", "&&", ";", "<", ">", ">>", "2>", "2>&1", "<<<"]
    return words.contains { operators.contains($0) || $0.hasPrefix("~/") || $0.hasPrefix("$(") || $0.hasSuffix(";") }
      || words.first?.hasPrefix("$") == true
  }

  /// While the command has the terminal, a line for standard error must not stop this process.
  private static func withStopsBlocked<Result>(_ body: () -> Result) -> Result {
    var stops = sigset_t()
    var before = sigset_t()
    sigemptyset(&stops)
    sigaddset(&stops, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &stops, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return body()
  }

  /// Words as a shell parts them at blanks, with '...', "..." and \ ; nothing is expanded.
  package static func split(_ command: String) -> [String] { parts(command).words }

  /// The words, and what is wrong with how they are written.
  private static func parts(_ command: String) -> (words: [String], flaw: String?) {
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
    if let quote { return (words, "the quote \(quote) in it is never closed") }
    return (words, isEscaped ? "nothing follows the backslash at its end" : nil)
  }
}

/// One run of a command, followed to its end.
private struct CommandRun {
  enum Ending {
    case status(Int32)
    case refused(Int32)
    case onlyRelative
    case lost
    case signal(Int32)
    case tooLate(Int)
    case tooMuch
  }

  let helper: ProcessHelper
  let output: CommandPipe
  let errors: CommandPipe
  /// Milliseconds; nil where the terminal decides.
  let limit: Int?
  private var hasTerminal = false
  private var deadline: ContinuousClock.Instant?
  private var lines = ErrorLines()

  init(helper: ProcessHelper, output: CommandPipe, errors: CommandPipe, limit: Int?) {
    self.helper = helper
    self.output = output
    self.errors = errors
    self.limit = limit
  }

  /// Reads what the command prints until it ends, or ends it where it takes or prints too much, or a signal came.
  ///
  /// Its own end counts, not that of the pipe: something it left running may hold that open.
  mutating func follow(signals: Int32, _ report: (String) -> Void) -> Ending {
    var ending: Ending?
    // A command that has become another user's cannot be killed by us, and is not waited for without end.
    var end: ContinuousClock.Instant?
    // Once it is decided, the command is only waited for.
    func decide(_ new: Ending) {
      guard ending == nil else { return }
      ending = new
      end = .now + .seconds(2)
      helper.endCommand()
    }
    while true {
      var hasEnded = false
      while let event = helper.nextEvent() {
        switch apikeys_helper_kind(event.kind) {
        case APIKEYS_HELPER_STARTED: start(hasTerminal: event.detail != 0)
        case APIKEYS_HELPER_REFUSED: return .refused(event.value)
        case APIKEYS_HELPER_RELATIVE: return .onlyRelative
        case APIKEYS_HELPER_STOPPED: stop()
        case APIKEYS_HELPER_ENDED:
          hasEnded = true
          ending = ending ?? CommandRun.ending(event)
        default: return .lost
        }
      }
      output.read(limit: SecretToken.maximumLength + 3)
      errors.read(limit: nil)
      let bytes = errors.takeBytes()
      lines.take(bytes, report)
      if hasEnded {
        lines.end(report)
        if case .status = ending, output.bytes.count > SecretToken.maximumLength + 2 { return .tooMuch }
        return ending ?? .lost
      }
      if let ending, let end, ContinuousClock.now >= end { return ending }
      if output.bytes.count > SecretToken.maximumLength + 2 { decide(.tooMuch) }
      if let deadline, ContinuousClock.now >= deadline { decide(.tooLate(limit ?? TokenCommand.seconds * 1000)) }
      let isQuiet = !CommandPipe.wait(
        output, errors, [helper.descriptor, Descriptor(signals)], milliseconds: ending == nil ? waitingTime : 1000)
      // A prompt has no line end, and the user who is to reply must see it.
      if isQuiet, hasTerminal { lines.end(report) }
      if let number = takeSignal(signals) { decide(.signal(number)) }
    }
  }

  private mutating func start(hasTerminal: Bool) {
    self.hasTerminal = hasTerminal
    if let limit = limit ?? (hasTerminal ? nil : TokenCommand.seconds * 1000) {
      deadline = .now + .milliseconds(limit)
    }
  }

  /// Until the deadline, or for a moment when a prompt may be on an unfinished line.
  private var waitingTime: Int32? {
    let left = deadline.map { max(0, Int32(clamping: Int((($0 - .now) / .milliseconds(1)).rounded(.up)))) }
    return hasTerminal && lines.hasUnfinished ? min(left ?? 100, 100) : left
  }

  /// Stopped at the terminal: the whole job stops, and continues with the command in the foreground.
  private func stop() {
    apikeys_signals_stop_self()
    defer { helper.goOn() }
    let terminal: Descriptor
    // Without one there is no foreground to wait for.
    do throws(SystemError) {
      terminal = try Descriptor.open("/dev/tty", [.readWrite, .noControllingTerminal])
    } catch {
      return
    }
    apikeys_terminal_wait_foreground(terminal.number)
    terminal.close()
  }

  /// The signal that is to end this process; one that stops it is handed to the command.
  private func takeSignal(_ signals: Int32) -> Int32? {
    while let byte = SignalBytes.next(signals) {
      switch byte {
      case UInt8(ascii: "Z"): helper.signalCommand(SIGTSTP)
      case UInt8(ascii: "C"), UInt8(ascii: "W"): break
      default: return Int32(byte)
      }
    }
    return nil
  }

  /// A key that interrupted the command was meant for both.
  private static func ending(_ event: apikeys_helper_event) -> Ending {
    if event.detail != 0 { return .signal(event.detail) }
    let status = event.value
    if status & 0x7F == SIGINT || status >> 8 & 0xFF == 128 + SIGINT && status & 0x7F == 0 { return .signal(SIGINT) }
    return .status(status)
  }
}
