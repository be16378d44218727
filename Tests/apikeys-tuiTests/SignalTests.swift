import Foundation
import TestSupport
import Testing

/// Signals of every number, whatever the program is doing.
@Suite("Signals", .serialized, .timeLimit(.minutes(20)))
struct SignalTests {
  /// What the program does when the signal comes.
  enum Occupation: String, CaseIterable, CustomTestStringConvertible {
    case rest, fullTerminal, regex, export, load, prompt
    case filterPrompt, sort, plain, plainFullTerminal, plainExport, listLoading, tokenCommand

    var testDescription: String { rawValue }
    /// The six that every signal is tried with; the others get a choice of signals.
    static let all: [Occupation] = [.rest, .fullTerminal, .regex, .export, .load, .prompt]
    static let more: [Occupation] = allCases.filter { !all.contains($0) }
  }

  /// Every signal that a program can catch, but the two that the C library keeps.
  static let every: [Int32] = (1...64).filter { ![SIGKILL, SIGSTOP, 32, 33].contains($0) }
  /// Those that end no program by themselves, or are ignored here; and those that stop one, which the system does not do
  /// where no shell is left to let it go on.
  static let harmless: Set<Int32> = [
    SIGCHLD, SIGURG, SIGWINCH, SIGCONT, SIGPIPE, SIGXFSZ, SIGTSTP, SIGTTIN, SIGTTOU,
  ]
  static let some: [Int32] = [SIGHUP, SIGQUIT, SIGTERM, SIGUSR1, SIGALRM, SIGXCPU, SIGPROF, 34, 64]

  @Test(
    "Every signal ends the program with its own status and restores the terminal", .tags(.s7, .s8),
    arguments: Occupation.all)
  func everySignal(_ occupation: Occupation) async throws {
    try await tryAll(occupation, SignalTests.every)
  }

  @Test("Signals end prompts, exports and plain mode too", .tags(.s7, .s8), arguments: Occupation.more)
  func someSignals(_ occupation: Occupation) async throws {
    // In plain mode an interrupt ends what is under way.
    try await tryAll(occupation, SignalTests.some)
  }

  private func tryAll(_ occupation: Occupation, _ signals: [Int32]) async throws {
    let stage = try await Stage()
    var slowest = Duration.zero
    // Several at a time, because a start takes longer than an end.
    for start in stride(from: 0, to: signals.count, by: 6) {
      let numbers = signals[start..<min(start + 6, signals.count)]
      let victims = try numbers.map { number in try Victim(stage, occupation, number) }
      for victim in victims { slowest = max(slowest, try victim.end()) }
    }
    await stage.close()
    print(
      "figure S7: \(signals.count) signals during \(occupation.rawValue), the slowest end after "
        + "\(Int(slowest / .milliseconds(1))) ms")
    // The promise is 500 ms; a loaded machine gets ten times that before the test fails.
    #expect(slowest < .seconds(5))
  }

  @Test("One signal is enough, and a second one does no harm", .tags(.s7))
  func twice() async throws {
    let stage = try await Stage()
    for occupation in [Occupation.rest, .fullTerminal] {
      let victim = try Victim(stage, occupation, SIGTERM)
      victim.extra = [SIGTERM, SIGWINCH, SIGTERM, SIGTERM]
      #expect(try victim.end() < .seconds(5))
    }
    await stage.close()
  }

  @Test(
    "A stopped or background job ends on a signal and leaves the shell's terminal unchanged", .tags(.s7))
  func stoppedJob() throws {
    let file = try KeyFile(count: 30)
    for stop in ["\u{1A}", "STOP"] {
      let session = try PtySession(
        program: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
        environment: [
          "PS1": "ready> ", "PROGRAM": try TestProducts.path("apikeys-tui"), "KEYS": file.path, "HISTFILE": "",
        ], columns: 100, rows: 30)
      try session.waitUntil("the shell") { $0.contains { $0.contains("ready>") } }
      try session.waitUntilQuiet(for: .milliseconds(100))
      let modes = session.modes
      try session.send("\"$PROGRAM\" --from \"$KEYS\"\n")
      try Dashboard.waitUntilReady(session)
      let program = try #require(Victim.children(of: session.processIdentifier).first)
      if stop == "STOP" { kill(program, SIGSTOP) } else { try session.send(stop) }
      try session.wait(for: "the shell") {
        String(decoding: session.rawBytes.suffix(40), as: UTF8.self).contains("ready>")
      }
      try session.waitUntilQuiet(for: .milliseconds(100))
      // bash sends TERM, and lets the job go on to see it.
      try session.send("kill %1\n")
      try blockUntil("the end") {
        _ = session.bytesWritten(within: .milliseconds(1))
        return ProcessState.hasEnded(program)
      }
      try session.waitUntilQuiet(for: .milliseconds(100))
      #expect(!session.isAlternateScreen, "after \(stop)")
      #expect(session.modes == modes, "after \(stop)")
      try session.send("echo still here\n")
      try session.waitUntil("the shell's answer") { $0.contains("still here") }
    }
  }

  @Test("An interrupt in plain mode ends the wait of an export, and two end the program", .tags(.s7))
  func plainInterrupt() async throws {
    let stage = try await Stage()
    let victim = try Victim(stage, .plainExport, SIGINT)
    try victim.occupy()
    kill(victim.program, SIGINT)
    try victim.session.waitUntil("the answer") { $0.contains { $0.contains("Cancelled") } }
    #expect(kill(victim.program, 0) == 0)
    kill(victim.program, SIGINT)
    #expect(try victim.status() == 130)
    await stage.close()
  }

  @Test("A file size limit is reported in the dashboard and in plain mode, and no file is left", .tags(.s8))
  func fileLimit() throws {
    let file = try KeyFile(count: 300)
    for option in ["", "--plain"] {
      let target = file.directory.appendingPathComponent("limited\(option).csv").path
      let session = try Dashboard.shell("ulimit -f 1; \"$PROGRAM\" \(option) --from \(file.path); echo ended $?")
      try session.waitUntil("the keys", timeout: .seconds(30)) {
        $0.contains { $0.contains("complete") || $0.contains("in the file;") || $0.contains("Command:") }
      }
      try session.waitUntilQuiet(for: .milliseconds(100))
      try session.send(option.isEmpty ? ":export \(target)\r" : "export \(target)\n")
      try session.waitUntil("the sentence", timeout: .seconds(20)) { screen in
        screen.joined(separator: " ").split(separator: " ").joined(separator: " ").contains("File too large")
      }
      try session.send(option.isEmpty ? "q" : "quit\n")
      try session.waitUntil("the end") { $0.contains { $0.contains("ended 0") } }
      #expect(try FileManager.default.contentsOfDirectory(atPath: file.directory.path) == ["keys.ndjson"])
    }
  }
}

/// What the victims need: files of keys, and a server that says nothing.
private final class Stage {
  let keys: String
  let longNames: String
  let manyNames: String
  let directory: URL
  let silent: FaultServer

  init() async throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("signals-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    let folder = directory
    func write(_ name: String, _ names: [String]) throws -> String {
      let path = folder.appendingPathComponent(name).path
      let lines = names.enumerated().map { index, name in "{\"id\":\"key-\(index)\",\"name\":\"\(name)\"}\n" }
      try lines.joined().write(toFile: path, atomically: false, encoding: .utf8)
      return path
    }
    keys = try write("keys", (0..<30).map { "key \($0)" })
    // An expression with nested repeats takes a backtracking engine for ever.
    longNames = try write("long", ["key", String(repeating: "a", count: 30_000) + "b"])
    manyNames = try write("many", (0..<100).map { String(repeating: "x\u{301}", count: 2000) + String(199 - $0) })
    silent = try await FaultServer { _, _ in FaultServer.Answer(bytes: [], ending: .hang) }
  }

  func close() async {
    await silent.close()
    try? FileManager.default.removeItem(at: directory)  // What is left over harms nothing.
  }
}

/// The program in a terminal that outlives it, about to get a signal.
private final class Victim {
  let session: PtySession
  private let occupation: SignalTests.Occupation
  private let number: Int32
  private let modes: [UInt8]
  private let statusFile: String
  private let stage: Stage
  private(set) var program: pid_t = 0
  var extra: [Int32] = []

  init(_ stage: Stage, _ occupation: SignalTests.Occupation, _ number: Int32) throws {
    self.stage = stage
    self.occupation = occupation
    self.number = number
    statusFile = stage.directory.appendingPathComponent("status-\(UUID().uuidString)").path
    let arguments =
      switch occupation {
      case .rest, .fullTerminal, .filterPrompt: "--from \(stage.keys)"
      case .regex: "--from \(stage.longNames)"
      case .export, .sort: "--from \(stage.manyNames)"
      case .load: "--url \(stage.silent.url)"
      case .prompt: "list --url \(stage.silent.url) --token-file -"
      case .plain, .plainFullTerminal: "--plain --from \(stage.keys)"
      case .plainExport: "--plain --from \(stage.manyNames)"
      case .listLoading: "list --url \(stage.silent.url)"
      case .tokenCommand:
        "list --url \(stage.silent.url) --token-command 'sh -c \"stty -echo </dev/tty; echo begun >/dev/tty; sleep 600\"'"
      }
    // What the shell writes goes to a file: the terminal may be full.
    session = try Dashboard.shell(
      "read start; \"$PROGRAM\" \(arguments); echo $? >\(statusFile).new; mv \(statusFile).new \(statusFile); read stop",
      environment: ["APIKEYS_TOKEN": "t"])
    modes = session.modes
    try session.send("\n")
  }

  static func children(of parent: pid_t) throws -> [pid_t] {
    try String(contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
      .split(separator: " ").compactMap { pid_t(String($0)) }
  }

  /// Makes the program do what it is to be interrupted in.
  func occupy() throws {
    switch occupation {
    case .prompt: try session.waitUntil("the question", timeout: .seconds(30)) { $0.contains { $0.contains("Token:") } }
    case .tokenCommand:
      try session.waitUntil("the command", timeout: .seconds(30)) { $0.contains { $0.contains("begun") } }
    case .load:
      try session.waitUntil("the load", timeout: .seconds(30)) { _ in session.isAlternateScreen }
      try session.waitUntilQuiet(for: .milliseconds(30))
    case .listLoading:
      let heads = stage.silent.heads.count
      try session.wait(for: "the request", timeout: .seconds(30)) { stage.silent.heads.count > heads || isAsleep() }
    case .plain, .plainFullTerminal, .plainExport:
      try session.waitUntil("the prompt", timeout: .seconds(30)) { $0.contains { $0.contains("Command:") } }
      try session.waitUntilQuiet(for: .milliseconds(30))
    default:
      try session.waitUntil("the keys", timeout: .seconds(30)) { screen in
        session.isAlternateScreen && screen.contains { $0.contains("complete") || $0.contains("in the file;") }
      }
    }
    program = try #require(Victim.children(of: session.processIdentifier).first)
    switch occupation {
    case .fullTerminal, .plainFullTerminal:
      try session.fill()
      // Half of the time the program is at rest before a full terminal, and half of the time it writes to it.
      if number.isMultiple(of: 2) { try session.send(occupation == .fullTerminal ? "j" : "help\n") }
    case .regex: try session.send("/name:/(a+)+$/\r")
    case .export: try session.send(":export \(stage.directory.path)/\(program).csv\r")
    case .plainExport: try session.send("export \(stage.directory.path)/\(program).csv\n")
    case .sort: try session.send(":sort name:desc\r:sort name\r:sort name:desc\r:sort name\r")
    case .filterPrompt:
      try session.send("/name:k")
      try session.waitUntil("the line") { $0.contains { $0.contains("name:k") } }
    default: break
    }
  }

  private func isAsleep() -> Bool {
    (try? Victim.children(of: session.processIdentifier).first).flatMap { $0 } != nil
  }

  /// The exit status as the shell has it, once it has.
  func status() throws -> Int32 {
    // The shell may have something to say, to a terminal that is full.
    try blockUntil("the status") {
      _ = session.bytesWritten(within: .milliseconds(1))
      return FileManager.default.fileExists(atPath: statusFile)
    }
    let text = try String(contentsOfFile: statusFile, encoding: .utf8)
    return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// Sends the signal; gives the time to the end, and checks status and terminal.
  func end() throws -> Duration {
    try occupy()
    let helpers = try Victim.children(of: program)
    let isHarmless = SignalTests.harmless.contains(number)
    let isExpected = isHarmless ? SIGTERM : number
    if isHarmless { kill(program, number) }
    let start = ContinuousClock.now
    kill(program, isExpected)
    for number in extra { kill(program, number) }
    // Gone when its shell has waited for it. Nothing is read from the terminal meanwhile.
    try blockUntil("the end by \(number) during \(occupation)") { ProcessState.hasEnded(program) }
    let took = ContinuousClock.now - start
    let what = "signal \(number) during \(occupation)"
    #expect(try status() == 128 + isExpected, "\(what)")
    try session.waitUntilQuiet(for: .milliseconds(20))
    if occupation == .plainFullTerminal {
      // What was typed ahead is the shell's now.
      #expect(session.modes == modes, "\(what): modes")
    } else {
      Dashboard.expectRestored(session, modes: modes, what)
    }
    for helper in helpers { try blockUntil("the helper's end") { isGone(helper) } }
    return took
  }

  /// Gone, or waiting only for its new parent to hear of it.
  private func isGone(_ process: pid_t) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
    return text.contains(") Z")
  }
}
