import CPty
import Glibc

/// Why a session in a pseudo-terminal did not do what the test waits for; with the screen as it was.
package struct PtyError: Error, CustomStringConvertible {
  package let description: String
  package init(description: String) { self.description = description }
}

/// A real program in a pseudo-terminal, with an emulator that shows its screen.
///
/// Everything waits in `poll` on the terminal itself; nothing sleeps a fixed time. The program is killed at the end.
package final class PtySession {
  package let emulator: TerminalEmulator
  package private(set) var rawBytes: [UInt8] = []
  package let processIdentifier: pid_t
  private var master: Int32
  private var isHungUp = false
  private var exitStatus: Int32?
  /// What the program used of the processor in its whole life; known once its end was waited for.
  package private(set) var processorTime: Duration?

  /// Whether what was written is the dashboard's own, and holds no operating system command but copies.
  private let isOwnProgram: Bool

  /// The environment holds these and nothing else, on top of `TERM`, `LANG`, `PATH` and `HOME`. `isOwnProgram` is false
  /// where another program, such as tmux, writes to the terminal.
  package init(
    program: String, arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24,
    isOwnProgram: Bool = true
  ) throws(PtyError) {
    // A terminal without a size is taken for the classic one by whoever draws on it.
    let (width, height) = columns > 0 && rows > 0 ? (columns, rows) : (80, 24)
    guard let emulator = TerminalEmulator(columns: width, rows: height) else {
      throw PtyError(description: "no emulator of \(columns) by \(rows)")
    }
    self.emulator = emulator
    self.isOwnProgram = isOwnProgram
    var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
    variables.merge(TestProducts.sanitizerEnvironment) { $1 }
    variables.merge(environment) { $1 }
    var argumentList = ([program] + arguments).map { strdup($0) } + [nil]
    var variableList = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argumentList + variableList { free(pointer) } }
    var process: pid_t = 0
    var descriptor: Int32 = -1
    let failure = cpty_spawn(
      program, &argumentList, &variableList, Int32(columns), Int32(rows), &process, &descriptor)
    guard failure == 0 else {
      throw PtyError(description: "\(program) cannot be started: \(String(cString: strerror(failure)))")
    }
    processIdentifier = process
    master = descriptor
  }

  deinit {
    if exitStatus == nil {
      // Its own session: nothing but what this test started.
      kill(-processIdentifier, SIGKILL)
      kill(processIdentifier, SIGKILL)
      var status: Int32 = 0
      waitpid(processIdentifier, &status, 0)
    }
    if master >= 0 { close(master) }
    if isOwnProgram { PtyLog.requireOnlyCopies(rawBytes) }
  }

  // MARK: What is seen

  package var screen: [String] { emulator.screen }
  package var caret: (row: Int, column: Int) { emulator.caret }
  package var isCursorVisible: Bool { emulator.isCursorVisible }
  package var isAlternateScreen: Bool { emulator.isAlternateScreen }
  /// The line discipline's modes, speeds and characters, all that `stty -g` prints: to compare before and after.
  package var modes: [UInt8] {
    var modes = termios()
    guard tcgetattr(master, &modes) == 0 else { return [] }
    return withUnsafeBytes(of: modes) { Array($0) }
  }
  /// The operating system commands (`ESC ]`) in all that was written, without their introducer; each up to its end.
  package var systemCommands: [String] { PtyLog.systemCommands(rawBytes) }
  /// The text of the row the hardware cursor stands on.
  package var caretRow: String {
    let rows = screen
    return rows.indices.contains(caret.row) ? rows[caret.row] : ""
  }

  // MARK: What is done

  package func send(_ text: String) throws(PtyError) { try send(bytes: Array(text.utf8)) }

  package func send(bytes: [UInt8]) throws(PtyError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN || errno == EINTR {
        // The program reads slower than we type; keep reading what it draws meanwhile.
        _ = receive(until: .now + .milliseconds(10))
        if isHungUp { throw failure("typing") }
      } else {
        throw failure("typing")
      }
    }
  }

  package func resize(columns: Int, rows: Int) {
    receiveWaiting()
    emulator.resize(columns: columns, rows: rows)
    _ = cpty_resize(master, Int32(columns), Int32(rows))
  }

  /// Closes the terminal, as a lost connection does.
  package func hangUp() {
    receiveWaiting()
    close(master)
    master = -1
    isHungUp = true
  }

  /// What the program used of the processor so far.
  package func processorTimeNow() -> Duration? { processorTimeNow(of: processIdentifier) }

  /// What another process used of the processor so far.
  package func processorTimeNow(of process: pid_t) -> Duration? {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Fills the terminal, as if nobody had read what programs wrote for a while: the next one to write waits.
  package func fill() throws(PtyError) {
    let terminal = cpty_open_other_end(master)
    guard terminal >= 0 else { throw failure("the terminal") }
    defer { close(terminal) }
    let dots = [UInt8](repeating: 0x2E, count: 256)
    // Whole pieces first, then what is left byte by byte.
    for size in [dots.count, 1] { while write(terminal, dots, size) > 0 {} }
  }

  package func signal(_ number: Int32) { if exitStatus == nil { _ = kill(processIdentifier, number) } }

  // MARK: Waiting

  /// Reads what the program draws until the screen is as wanted.
  package func waitUntil(
    _ what: String, timeout: Duration = .seconds(10), _ condition: ([String]) throws -> Bool
  ) throws {
    let deadline = ContinuousClock.now + timeout
    while true {
      receiveWaiting()
      if try condition(screen) { return }
      if isHungUp || ContinuousClock.now >= deadline { throw failure(what) }
      _ = receive(until: deadline)
    }
  }

  /// Reads what the program draws until something else than the screen is as wanted; reading a large screen takes long.
  package func wait(for what: String, timeout: Duration = .seconds(10), _ condition: () -> Bool) throws {
    let deadline = ContinuousClock.now + timeout
    while true {
      receiveWaiting()
      if condition() { return }
      if isHungUp || ContinuousClock.now >= deadline { throw failure(what) }
      _ = receive(until: deadline)
    }
  }

  /// Bytes the program writes within a window of time; the wait is for them, and ends with the window.
  package func bytesWritten(within window: Duration) -> Int {
    let start = rawBytes.count
    let deadline = ContinuousClock.now + window
    while !isHungUp, ContinuousClock.now < deadline { _ = receive(until: deadline) }
    return rawBytes.count - start
  }

  /// Waits until nothing was written for a while, at most until the timeout.
  package func waitUntilQuiet(for window: Duration = .milliseconds(300), timeout: Duration = .seconds(10)) throws {
    let deadline = ContinuousClock.now + timeout
    while bytesWritten(within: window) > 0 {
      if ContinuousClock.now >= deadline { throw failure("quiet") }
    }
  }

  /// The wait status as `waitpid` gives it: see ``exitCode(of:)``.
  package func waitForExit(timeout: Duration = .seconds(10)) throws -> Int32 {
    let deadline = ContinuousClock.now + timeout
    while true {
      if let exitStatus { return exitStatus }
      var status: Int32 = 0
      var usage = rusage()
      if wait4(processIdentifier, &status, WNOHANG, &usage) == processIdentifier {
        exitStatus = status
        processorTime =
          .seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
          + .microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
        receiveWaiting()
        return status
      }
      if ContinuousClock.now >= deadline { throw failure("the end of the program") }
      // A terminal that hung up is always ready; then only the process is left to wait for.
      if isHungUp { _ = poll(nil, 0, 5) } else { _ = receive(until: min(deadline, .now + .milliseconds(20))) }
    }
  }

  /// The code of a program that ended by itself; 128 and the signal where a signal ended it, as shells say it.
  package static func exitCode(of status: Int32) -> Int32 {
    status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  private func receiveWaiting() { while receive(until: .now) {} }

  /// Reads once; false when nothing came by the deadline.
  private func receive(until deadline: ContinuousClock.Instant) -> Bool {
    guard !isHungUp else { return false }
    let left = (deadline - ContinuousClock.now) / Duration.milliseconds(1)
    var descriptors = [pollfd(fd: master, events: Int16(POLLIN), revents: 0)]
    guard poll(&descriptors, 1, left <= 0 ? 0 : Int32(min(left.rounded(.up), 60_000))) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else {
      // EIO says that the last holder of the terminal closed it.
      if count == 0 || (errno != EAGAIN && errno != EINTR) { isHungUp = true }
      return false
    }
    rawBytes.append(contentsOf: buffer[..<count])
    emulator.write(buffer[..<count])
    let answers = emulator.takeAnswers()
    if !answers.isEmpty { _ = answers.withUnsafeBytes { write(master, $0.baseAddress, $0.count) } }
    return true
  }

  private func failure(_ what: String) -> PtyError {
    let rows = screen.map { "|\($0)" }.joined(separator: "\n")
    let state = isHungUp ? "the terminal was closed" : "time ran out"
    return PtyError(description: "waiting for \(what): \(state)\n\(rows)")
  }
}
