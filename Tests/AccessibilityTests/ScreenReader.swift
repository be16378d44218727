import Foundation
import TestSupport
import Testing

/// A real console screen reader with a program inside it, and a log in place of its voice.
///
/// The readers disagree on purpose. yasr speaks every character that is written, but for the echo of the key just
/// pressed; Fenrir compares two pictures of the screen and speaks what differs. Only when nothing was written or
/// differs do both speak the row the cursor moved to.
final class ScreenReader {
  enum Kind: String, CaseIterable, CustomTestStringConvertible {
    case yasr
    case fenrir

    var path: String { "/usr/bin/\(rawValue)" }
    var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }
    var testDescription: String { rawValue }
  }

  /// Those that are installed, for the arguments of tests. Where one is missing the run says so; where both are, the tests
  /// are skipped.
  static let installed: [Kind] = {
    let present = Kind.allCases.filter(\.isInstalled)
    if !present.isEmpty {
      for kind in Kind.allCases where !present.contains(kind) {
        print("Nothing is heard with \(kind.rawValue), which is not installed: make deps FOR=speech")
      }
    }
    return present
  }()
  static let howToInstall: Comment = "yasr and Fenrir are not installed: make deps FOR=speech"

  let session: PtySession
  private let kind: Kind
  private let folder: URL
  private var log: URL { folder.appendingPathComponent("spoken") }
  /// Utterances already handed out.
  private var heard = 0

  /// Starts a reader, and the program in the reader's own terminal.
  init(
    _ kind: Kind, program: String, arguments: [String], environment: [String: String] = [:], columns: Int = 80,
    rows: Int = 24
  ) throws {
    self.kind = kind
    // yasr keeps the path of its synthesizer in 100 bytes.
    folder = URL(filePath: "/tmp/speech-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try Data().write(to: folder.appendingPathComponent("spoken"))
    let setup = ReaderSetup(
      folder: folder, command: [program] + arguments,
      environment: environment.merging(["TERM": "linux"]) { given, _ in given }, columns: columns, rows: rows)
    try setup.writeProgram()
    session = try PtySession(
      program: kind.path, arguments: kind == .yasr ? try setup.yasrArguments() : try setup.fenrirArguments(),
      environment: ["TERM": "linux", "HOME": folder.path], columns: columns, rows: rows)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }  // What is left over in /tmp harms nothing.

  /// The exit status of the program; nil while it runs.
  var exitStatus: Int32? {
    let text = try? String(contentsOf: folder.appendingPathComponent("status"), encoding: .utf8)
    return text.flatMap { Int32($0.filter(\.isNumber)) }
  }

  /// Ends the reader as a lost connection would, and waits until nothing of the session is left.
  func end() async throws {
    let text = try String(contentsOf: folder.appendingPathComponent("shell"), encoding: .utf8)
    let shell = try #require(pid_t(text.filter(\.isNumber)))
    let inside = try ScreenReader.processes(inSessionOf: shell)
    #expect(inside.contains(shell))
    kill(-session.processIdentifier, SIGKILL)
    _ = try session.waitForExit()
    try await eventually("the end of \(inside)") { inside.allSatisfy { !ScreenReader.runs($0) } }
  }

  /// A process that ended and was not waited for has no command line.
  private static func runs(_ process: pid_t) -> Bool {
    let line = try? Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline"))  // Gone is as good as empty.
    return line?.isEmpty == false
  }

  /// The processes that have a terminal together, from /proc.
  private static func processes(inSessionOf leader: pid_t) throws -> [pid_t] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }.filter {
      getsid($0) == leader
    }
  }

  // MARK: Hearing

  /// Everything said since the start.
  func everything() throws -> [String] {
    let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    return (kind == .yasr ? SpeechLog.emacspeak(text) : SpeechLog.separated(text)).filter { !$0.isEmpty }
  }

  /// Waits until what was said since the last call fits, and nothing more is written or said; gives it.
  @discardableResult
  func hear(
    _ what: String, timeout: Duration = .seconds(30), _ isSaid: ([String]) -> Bool = { _ in true }
  ) throws -> [String] {
    let deadline = ContinuousClock.now + timeout
    while true {
      let said = try newUtterances()
      let size = try logSize()
      // Quiet is a window without a byte from the program and without a word from the reader.
      let isQuiet = session.bytesWritten(within: .milliseconds(400)) == 0
      if isSaid(said), isQuiet, try logSize() == size {
        heard += said.count
        return said
      }
      if ContinuousClock.now >= deadline {
        throw PtyError(description: "waiting for \(what); heard:\n\(said.joined(separator: "\n"))\n\(screenText)")
      }
    }
  }

  private func newUtterances() throws -> [String] { Array(try everything().dropFirst(heard)) }
  private func logSize() throws -> Int { try Data(contentsOf: log).count }
  private var screenText: String { session.screen.map { "|\($0)" }.joined(separator: "\n") }

  // MARK: Typing

  /// Types as a person does: the next key when the last one stands on the screen.
  func type(_ text: String) throws {
    for character in text {
      let before = session.caret
      try session.send(String(character))
      try session.waitUntil("the echo of \(character)") { _ in
        session.caret.row == before.row && session.caret.column == before.column + 1
      }
    }
  }
}
