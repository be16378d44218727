import APIKeyModel
import Foundation
import TestSupport
import Testing
import TokenSource

@Suite("Where the token comes from") struct TokenSourceTests {
  /// A directory of this user's own.
  private final class Scratch {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("token-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false) }
    deinit { try? FileManager.default.removeItem(at: url) }  // What is left over harms nothing.

    func file(_ bytes: [UInt8], mode: mode_t = 0o600, name: String = UUID().uuidString) throws -> String {
      let path = url.appendingPathComponent(name).path
      try Data(bytes).write(to: URL(filePath: path))
      chmod(path, mode)
      return path
    }
  }

  private func problem(_ path: String) -> TokenProblem? {
    do throws(TokenProblem) {
      _ = try TokenReader.read(file: path)
      return nil
    } catch {
      return error
    }
  }

  @Test("A token file of one's own: the mode decides, and is named", .tags(.b2))
  func modes() throws {
    let scratch = try Scratch()
    // Root may give its file to a group; everybody else may not.
    let groupModes: [mode_t] = getuid() == 0 ? [0o640, 0o440] : []
    for mode in [0o600, 0o400, 0o700, 0o500] + groupModes {
      let path = try scratch.file(Array("tok\n".utf8), mode: mode)
      #expect(problem(path) == nil, "\(String(mode, radix: 8))")
    }
    for mode: mode_t in [0o644, 0o604, 0o601, 0o602, 0o660, 0o620, 0o666, 0o777, 0o4777] {
      let path = try scratch.file(Array("tok\n".utf8), mode: mode)
      let found = problem(path)
      #expect(found == .wrongMode(path: path, mode: String(mode, radix: 8)))
      #expect(found?.message.contains(path) == true && found?.message.contains(String(mode, radix: 8)) == true)
    }
  }

  @Test("A token is one line of visible ASCII, at most 8 KiB", .tags(.b3))
  func contents() throws {
    let scratch = try Scratch()
    let longest = [UInt8](repeating: 0x61, count: 8192)
    let taken: [[UInt8]] = [
      Array("tok".utf8), Array("tok\n".utf8), Array("tok\r\n".utf8), Array("!~".utf8), longest, longest + [10],
    ]
    let refused: [[UInt8]] = [
      [], [10], [13, 10], Array("a b".utf8), Array("a\nb".utf8), Array("\ttok".utf8), Array("tok\n\n".utf8), [0x61, 0],
      [0x7F], Array("tök".utf8), Array("\u{FEFF}tok".utf8), [0x80], longest + [0x61], longest + longest,
    ]
    for bytes in taken { #expect(problem(try scratch.file(bytes)) == nil, "\(bytes.prefix(20))") }
    for bytes in refused {
      let path = try scratch.file(bytes)
      guard case .notAToken(path, _)? = problem(path) else {
        Issue.record("taken: \(bytes.prefix(20))")
        continue
      }
    }
  }

  @Test("Random bytes are a token exactly where the rule says so", .tags(.b3))
  func fuzz() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var state = seed
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    var taken = 0
    for _ in 0..<20_000 {
      let isClean = next(2) == 0
      let bytes = (0..<next(12)).map { _ in UInt8(isClean ? 0x21 + next(0x5E) : next(256)) }
      let isToken = !bytes.isEmpty && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      #expect((SecretToken(utf8: bytes) != nil) == isToken, "seed \(seed): \(bytes)")
      if isToken { taken += 1 }
    }
    #expect(taken > 1000)
    print(
      "figure B3: 20 files, 20,000 random tokens (seed \(seed)), and 3 paths that are no file, each refused at once")
  }

  @Test("A pipe, a directory or a device is refused at once", .tags(.b3))
  func notFiles() throws {
    let scratch = try Scratch()
    let fifo = scratch.url.appendingPathComponent("fifo").path
    #expect(mkfifo(fifo, 0o600) == 0)
    let start = ContinuousClock.now
    for path in [fifo, scratch.url.path, "/dev/zero"] { #expect(problem(path) == .notRegular(path: path)) }
    #expect(ContinuousClock.now - start < .seconds(1))
    let missing = scratch.url.appendingPathComponent("none").path
    #expect(problem(missing) == .noSuchFile(path: missing))
    let loop = scratch.url.appendingPathComponent("loop").path
    #expect(symlink(loop, loop) == 0)
    guard case .unreadable? = problem(loop) else {
      Issue.record("a link to itself was read")
      return
    }
    // A link is followed: what it leads to is what is checked.
    let link = scratch.url.appendingPathComponent("link").path
    #expect(symlink(try scratch.file(Array("tok".utf8)), link) == 0)
    #expect(problem(link) == nil)
  }

  @Test("A token prints as <redacted> in every way")
  func redacted() throws {
    let token = try #require(SecretToken(utf8: Array("canary".utf8)))
    var dumped = ""
    dump(token, to: &dumped)
    for text in ["\(token)", String(reflecting: token), String(describing: [token]), dumped] {
      #expect(text.contains("<redacted>") && !text.contains("canary"))
    }
  }
}

@Suite("The token command") struct TokenCommandTests {
  private func run(
    _ command: String, milliseconds: Int = 20_000
  ) -> (
    token: String?, problem: TokenProblem?, complaints: [String]
  ) {
    var complaints: [String] = []
    do {
      let helper = try ProcessHelper()
      let token = try TokenCommand.run(command, helper: helper, milliseconds: milliseconds) { complaints.append($0) }
      return (token.authorizationHeader, nil, complaints)
    } catch let problem as TokenProblem {
      return (nil, problem, complaints)
    } catch {
      Issue.record("no helper: \(error)")
      return (nil, nil, complaints)
    }
  }

  private func reason(_ problem: TokenProblem?) -> String? {
    if case .commandFailed(_, let reason)? = problem { reason } else { nil }
  }

  @Test("A command that prints a token gives it", .tags(.b4))
  func prints() {
    #expect(run("echo tok").token == "Bearer tok")
    #expect(run("printf tok").token == "Bearer tok")
    #expect(run("printf '%s' \"a'b\"").token == "Bearer a'b")
    #expect(run("printf %s a\\\\b").token == "Bearer a\\b")
  }

  @Test("There is no shell: nothing is expanded, joined or redirected", .tags(.b4))
  func noShell() {
    #expect(run("printf %s $HOME").token == "Bearer $HOME")
    #expect(run("printf %s `id`").token == "Bearer `id`")
    #expect(run("printf %s a;b").token == "Bearer a;b")
    #expect(run("printf %s *").token == "Bearer *")
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    _ = run("echo x > \(path)")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("A command that hangs, floods, fails or prints nothing is told as such, and ended", .tags(.b4))
  func failures() {
    let start = ContinuousClock.now
    #expect(reason(run("sleep 600", milliseconds: 300).problem) == "it did not end within 1 seconds")
    // Its output is closed, but it goes on.
    #expect(reason(run("sh -c 'exec >&- 2>&-; sleep 600'", milliseconds: 300).problem)?.contains("end within") == true)
    #expect(reason(run("cat /dev/zero").problem) == "it printed more than a token can be")
    #expect(reason(run("echo \"tok").problem) == "the quote \" in it is never closed")
    #expect(reason(run("sh -c 'echo tok").problem) == "the quote ' in it is never closed")
    #expect(reason(run("echo tok\\").problem) == "nothing follows the backslash at its end")
    #expect(reason(run("false").problem) == "it ended with status 1")
    #expect(reason(run("sh -c 'echo tok; exit 3'").problem) == "it ended with status 3")
    #expect(reason(run("sh -c 'kill -9 $$'").problem) == "it was ended by signal 9")
    #expect(reason(run("true").problem) == "it printed nothing")
    #expect(reason(run("").problem) == "it is empty")
    #expect(reason(run("/nowhere/at/all").problem) == "No such file or directory")
    #expect(run("echo a b").problem == .notAToken(origin: "What echo printed", flaw: .blank))
    #expect(TokenCommand.seconds == 10)
    #expect(ContinuousClock.now - start < .seconds(60))
    print("figure B4: hang, flood, exit 1, nothing printed: each its own sentence, in \(ContinuousClock.now - start)")
  }

  @Test("A command that is meant for a shell is told that there is none", .tags(.t20))
  func meantForShell() {
    for command in [
      "cat /nowhere | head -1", "~/bin/token", "$HOME/token", "false && echo x", "cat /nowhere > x", "false;",
    ] {
      #expect(reason(run(command).problem)?.contains("there is no shell") == true, "\(command)")
    }
    #expect(reason(run("false").problem) == "it ended with status 1")
  }

  @Test("What it left running keeps nobody waiting", .tags(.b4))
  func leftOver() {
    #expect(run("sh -c 'echo tok; sleep 5 &'", milliseconds: 4000).token == "Bearer tok")
  }

  @Test("Its standard error comes line by line, and no more than 8 KiB of it", .tags(.b4))
  func complaints() {
    let two = run("sh -c 'echo one >&2; printf \"two\\r\\n\" >&2; printf three >&2; echo tok'")
    #expect(two.complaints == ["one", "two", "three"])
    #expect(two.token == "Bearer tok")
    let flood = run("sh -c 'i=0; while [ $i -lt 3000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo tok'")
    #expect(flood.token == "Bearer tok")
    #expect(flood.complaints.joined().utf8.count <= 8192 && flood.complaints.count > 100)
  }
}
