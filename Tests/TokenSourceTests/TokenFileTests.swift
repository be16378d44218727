import APIKeyModel
import Foundation
import TestSupport
import Testing
import TokenSource

@Suite("Token files", .timeLimit(.minutes(5))) struct TokenFileTests {
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

  @Test("A token file that others can read is refused, naming its mode", .tags(.b2))
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

  @Test("Random bytes are a token exactly if the rule allows them", .tags(.b3))
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
