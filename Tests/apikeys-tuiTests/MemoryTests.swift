import Foundation
import TestSupport
import Testing

/// The real dashboard before answers that are too large: what it holds at most, by the system's own count.
@Suite("Memory of hostile responses", .serialized, .timeLimit(.minutes(5)))
struct MemoryTests {
  /// The most memory a process has had, in KiB.
  private func peak(_ process: pid_t) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(line.split(separator: " ").dropLast().last.flatMap { Int($0) })
  }

  private func peak(words: String, _ answer: FaultServer.Answer) async throws -> Int {
    let server = try await FaultServer { _, _ in answer }
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--url", server.url, "--timeout", "120"], columns: 160,
      rows: 30)
    try session.waitUntil(words, timeout: .seconds(120)) { $0.contains { $0.contains(words) } }
    try session.waitUntilQuiet()
    let result = try peak(session.processIdentifier)
    try session.send("q")
    _ = try session.waitForExit()
    await server.close()
    return result
  }

  @Test("Bodies and headers are bounded, and so is the memory they take", .tags(.e3))
  func bounded() async throws {
    let json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    let bomb = try Gzip.compress([UInt8](repeating: 0x20, count: 128 << 20))
    let record = Array((PageBody.record(7) + ",").utf8)
    let records = Array(repeatElement(record, count: 300).joined())
    let fields = (0..<100).map { "X-\($0): \(String(repeating: "a", count: 4000))\r\n" }.joined()
    let tooLarge = "larger than 16 MiB"
    let cases: [(what: String, words: String, answer: FaultServer.Answer)] = [
      (
        "an endless body", tooLarge,
        .init(bytes: Array((json + "\r\n").utf8), endless: [UInt8](repeating: 0x20, count: 65_536))
      ),
      (
        "a page of 1 GiB", tooLarge,
        .init(bytes: Array((json + "Content-Length: 1073741824\r\n\r\n{\"data\":[").utf8), endless: records)
      ),
      (
        "an endless page", tooLarge, .init(bytes: Array((json + "\r\n{\"data\":[").utf8), endless: records)
      ),
      ("a gzip bomb of 128 MiB", tooLarge, .http(200, bomb, headers: "Content-Encoding: gzip\r\n")),
      ("400 KB of headers", "larger than 300 KiB", .http(200, "{}", headers: fields)),
      (
        "endless headers", "header fields of the answer are larger",
        .init(bytes: Array(json.utf8), endless: Array("X-Y: \(String(repeating: "a", count: 8000))\r\n".utf8))
      ),
    ]
    let usual = try await peak(words: "3 keys, complete", .http(PageBody.page(0..<3, more: false)))
    var most = (what: "", more: 0)
    for (what, words, answer) in cases {
      let more = try await peak(words: words, answer) - usual
      print("E3: \(what): \(more) KiB more than the \(usual) KiB of a small page")
      if more > most.more { most = (what, more) }
    }
    // A sanitizer keeps what is freed for a while, to find later uses of it: there the answers are judged, not the memory.
    if !TestProducts.isSanitized { #expect(most.more <= 48 * 1024, "\(most.what)") }
    print("figure E3: at most \(most.more / 1024) MiB more (\(most.what)) than the \(usual / 1024) MiB of a small page")
  }
}
