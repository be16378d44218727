import APIKeyClient
import APIKeyModel
import DashboardCore
import DashboardPlain
import DashboardRuntime
import DashboardTestSupport
import Glibc
import TestSupport
import Testing

extension PlainSession: PlainDialogue {}

/// Answers the first request when it is told to.
struct LateKeys: KeySource {
  let gate: AsyncStream<Void>
  var label: String { "keys.example.com" }
  var requestCount: Int { 0 }
  var isRereadable: Bool { true }
  func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    for await _ in gate { break }
    return HeldKeys.usual.answer(to: request)
  }
  func close() async {}
}

/// The loop of plain mode on real descriptors: pipes and a pseudo-terminal.
@Suite(.serialized, .timeLimit(.minutes(5))) @MainActor struct PlainLoopTests {
  private struct Pipe {
    var reading: Int32 = -1
    var writing: Int32 = -1

    init() throws {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      (reading, writing) = (ends[0], ends[1])
    }
  }

  nonisolated private static func put(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  nonisolated private static func rest(of descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func loop(input: Int32, output: Int32, signals: Int32 = -1, isPiped: Bool) throws -> PlainLoop<PlainSession> {
    let session = PlainSession(
      state: DashboardState(
        configuration: DashboardConfiguration(sourceLabel: "keys.example.com", isPlain: true), now: HeldKeys.now),
      reason: "--plain was given", isPiped: isPiped)
    return PlainLoop(
      dialogue: session, source: HeldKeys.usual, queue: try #require(EventQueue()),
      device: PlainDevice(input: input, output: output, signals: signals),
      services: RuntimeServices(
        now: { HeldKeys.now },
        export: { request in .failure(ExportProblem(sentence: "\(request.path) exists.", exitCode: 73)) }))
  }

  /// Runs a script through pipes; gives what was printed.
  private func run(script: String) async throws -> (text: String, ending: EventLoop.Ending) {
    let (input, output) = (try Pipe(), try Pipe())
    PlainLoopTests.put(script, to: input.writing)
    close(input.writing)
    let printed = Task.detached { PlainLoopTests.rest(of: output.reading) }
    let ending = try loop(input: input.reading, output: output.writing, isPiped: true).run()
    close(output.writing)
    defer { for end in [input.reading, output.reading] { close(end) } }
    return (await printed.value, ending)
  }

  @Test("Piped commands run in order without a prompt", .tags(.p2))
  func script() async throws {
    let (text, ending) = try await run(script: "filter is:full\nlast\nload-all\nshow 2\nexport x.csv\nwhere")
    let lines = text.split(separator: "\n").map(String.init)
    #expect(ending == .status(0))
    #expect(!text.contains("Command: "))
    #expect(lines.first == "Plain mode, on because --plain was given.")
    #expect(lines.contains("115 more keys. Type more, or another command."))
    #expect(lines.contains { $0.hasPrefix("Key 125 of 125: service-496.") })
    #expect(lines.contains("Error: x.csv exists. Nothing was changed."))
    #expect(lines.last == "Goodbye.")
    let places = ["115 more keys", "Key 125 of 125", "Name: service-4.", "x.csv", "No filter.", "Filter: is:full."]
      .compactMap { part in lines.firstIndex { $0.contains(part) } }
    #expect(places.count == 5 && places == places.sorted())
  }

  @Test("With empty input the list is printed and the program exits", .tags(.p2))
  func noScript() async throws {
    let (text, ending) = try await run(script: "")
    let lines = text.split(separator: "\n")
    #expect(ending == .status(0))
    #expect(lines.count == 502)
    #expect(lines.first == "500 keys, complete. 125 full access, 375 limited.")
    #expect(lines.last == "End of list, 500 keys.")
  }

  @Test("At a terminal plain mode prompts and leaves the terminal modes unchanged", .tags(.p5, .p8, .p28))
  func terminal() async throws {
    // TIOCSPTLCK and TIOCGPTN, which Swift does not import.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (locked, number): (Int32, Int32) = (0, -1)
    try #require(ioctl(master, 0x4004_5431, &locked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(slave >= 0)
    var before = termios()
    tcgetattr(slave, &before)
    // What the terminal itself adds to a line's end is not the program's.
    before.c_oflag &= ~tcflag_t(OPOST)
    tcsetattr(slave, TCSANOW, &before)

    let seen = Task.detached { PlainLoopTests.type(["where", "page 3", "list", "quit"], at: master) }
    let ending = try loop(input: slave, output: slave, isPiped: false).run()
    let text = await seen.value
    var after = termios()
    tcgetattr(slave, &after)
    close(slave)
    close(master)
    #expect(ending == .status(0))
    #expect(after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag)
    #expect(after.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO))
    #expect(text.contains("Command: where\n"))
    #expect(text.contains("47 more keys. Type more, or another command."))
    #expect(text.hasSuffix("Command: quit\nGoodbye.\n"))
    #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
  }

  /// Types a line at each prompt and gives everything that was shown, to the goodbye.
  nonisolated private static func type(_ lines: [String], at master: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var waiting = lines[...]
    while case let count = read(master, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
      let text = String(decoding: bytes, as: UTF8.self)
      if text.hasSuffix("Goodbye.\n") { return text }
      if text.hasSuffix("Command: "), let line = waiting.popFirst() { put(line + "\n", to: master) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Long work prints a line at its start, progress lines, and a line at its end", .tags(.p25))
  func progress() async throws {
    #expect(PlainDevice().progressBegins == 1000 && PlainDevice().progressRepeats == 10_000)
    let (input, output) = (try Pipe(), try Pipe())
    PlainLoopTests.put("where\n", to: input.writing)
    close(input.writing)
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let printed = Task.detached {
      // The answer comes only after the wait was spoken of three times.
      var text = ""
      var buffer = [UInt8](repeating: 0, count: 4096)
      while text.occurrences(of: "answered.") < 2, case let count = read(output.reading, &buffer, buffer.count),
        count > 0
      {
        text += String(decoding: buffer[..<count], as: UTF8.self)
      }
      opening.finish()
      return text + PlainLoopTests.rest(of: output.reading)
    }
    var device = PlainDevice(input: input.reading, output: output.writing)
    (device.progressBegins, device.progressRepeats) = (20, 40)
    let loop = PlainLoop(
      dialogue: PlainSession(
        state: DashboardState(
          configuration: DashboardConfiguration(sourceLabel: "keys.example.com", pageSize: 1000, isPlain: true),
          now: HeldKeys.now),
        reason: "--plain was given", isPiped: true),
      source: LateKeys(gate: gate), queue: try #require(EventQueue()), device: device,
      services: RuntimeServices(
        now: { HeldKeys.now }, export: { _ in .failure(ExportProblem(sentence: "No.", exitCode: 73)) }))
    #expect(loop.run() == .status(0))
    close(output.writing)
    close(input.reading)
    let lines = await printed.value.split(separator: "\n").map(String.init)
    close(output.reading)
    #expect(lines.first == "Plain mode, on because --plain was given.")
    #expect(lines.count { $0 == "Loading keys. Ctrl-C stops it." } == 1)
    #expect(lines.count { $0 == "0 keys loaded so far, 0 requests answered." } >= 2)
    #expect(lines.count { $0 == "Loading ended, 500 keys loaded." } == 1)
    let end = try #require(lines.firstIndex(of: "Loading ended, 500 keys loaded."))
    #expect(lines.dropFirst(end + 1).first?.hasPrefix("Source: keys.example.com. 500 keys, complete.") == true)
  }

  @Test("Two interrupts at the prompt exit with 130", .tags(.p28))
  func interrupts() async throws {
    let (input, output, signals) = (try Pipe(), try Pipe(), try Pipe())
    // The script never ends: only the signal does.
    PlainLoopTests.put("where\n", to: input.writing)
    let printed = Task.detached {
      var text = ""
      var buffer = [UInt8](repeating: 0, count: 4096)
      while !text.contains("No filter."), case let count = read(output.reading, &buffer, buffer.count), count > 0 {
        text += String(decoding: buffer[..<count], as: UTF8.self)
      }
      var byte = UInt8(SIGINT)
      _ = write(signals.writing, &byte, 1)
      return text + PlainLoopTests.rest(of: output.reading)
    }
    let ending = try loop(input: input.reading, output: output.writing, signals: signals.reading, isPiped: true).run()
    close(output.writing)
    #expect(await printed.value.hasSuffix("Cancelled.\n"))
    #expect(ending == .status(130))
    for end in [input.reading, input.writing, output.reading, signals.reading, signals.writing] { close(end) }
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func occurrences(of text: String) -> Int { ranges(of: text).count }
}
