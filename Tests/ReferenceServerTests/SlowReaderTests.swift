import Foundation
import TestSupport
import Testing

@testable import ReferenceServer

/// Clients that send much and read little, and what others may see of the server's files.
@Suite("Slow readers of the reference server", .serialized, .timeLimit(.minutes(5)))
struct SlowReaderTests {
  private static func residentMiB(_ process: Int32) -> Int {
    let status = FileManager.default.contents(atPath: "/proc/\(process)/status") ?? Data()
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (line?.split { !$0.isNumber }.first).flatMap { Int($0) }.map { $0 / 1024 } ?? 0
  }

  @Test(
    "550 clients that pipeline and never read leave memory bounded and other clients served", .tags(.s16))
  func slowReaders() async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 2000)
      func seconds(_ limit: Int) throws -> Double {
        let start = ContinuousClock.now
        #expect(try PageJSON.get(port, "limit=\(limit)", token: token).data.count == limit)
        return (ContinuousClock.now - start) / .seconds(1)
      }
      // On a machine that does other work as well, everything takes longer.
      let usual = try (0..<10).map { _ in try seconds(1000) }.max() ?? 0
      let before = SlowReaderTests.residentMiB(server.identifier)
      let request =
        "GET /v1/api_key/?limit=1000 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n"
      var readers: [RawConnection] = []
      var peak = 0
      var worst = 0.0
      for number in 0..<550 {
        let reader = try RawConnection(port: port, receiveBuffer: 4096)
        reader.send(String(repeating: request, count: 20))
        readers.append(reader)
        if number % 50 == 49 {
          worst = max(worst, try seconds(50))
          peak = max(peak, SlowReaderTests.residentMiB(server.identifier))
        }
      }
      for _ in 0..<20 {
        worst = max(worst, try seconds(50))
        peak = max(peak, SlowReaderTests.residentMiB(server.identifier))
      }
      #expect(TestProducts.isSanitized || worst <= max(1, 40 * usual))
      #expect(TestProducts.isSanitized || peak - before <= 128)
      print(
        "figure S16: 550 readers of 20 pages each: \(before) MiB before, \(peak) at most; another request took \(worst) s at most"
      )
      withExtendedLifetime(readers) {}
      try server.closeInput()
      #expect(server.exitStatus(within: 20) == 0)
    }
  }

  @Test("Pipelined requests get all their responses in order", .tags(.s16))
  func pipelined() async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 300)
      let connection = try RawConnection(port: port)
      let limits = (1...40).map { $0 * 7 }
      var text = ""
      for (number, limit) in limits.enumerated() {
        let last = number == limits.count - 1 ? "Connection: close\r\n" : ""
        text += "GET /v1/api_key/?limit=\(limit) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\(last)\r\n"
      }
      connection.send(text)
      let bytes = try #require(connection.readToEnd())
      let heads = String(decoding: bytes, as: UTF8.self).components(separatedBy: "HTTP/1.1 200 OK").dropFirst()
      let counts = heads.map { $0.components(separatedBy: "\"last_four_digits\"").count - 1 }
      #expect(counts == limits.map { min($0, 300) })
      try server.closeInput()
    }
  }

  @Test("A client that pipelines without end is cut off; a slow one that reads gets its page", .tags(.s16))
  func endless() async throws {
    try await onThread {
      let (server, port, token) = try ServerProcess.demo(keys: 2000)
      let flood = try RawConnection(port: port, receiveBuffer: 4096)
      // More than a read of the socket takes, in requests of a few bytes each.
      flood.send(
        String(repeating: "GET /v1/api_key/?limit=1000 HTTP/1.1\r\nAuthorization: Bearer \(token)\r\n\r\n", count: 1))
      flood.send(String(repeating: "GET / HTTP/1.1\r\n\r\n", count: 20_000))
      #expect(flood.readToEnd() != nil)
      let slow = try RawConnection(port: port, receiveBuffer: 4096)
      slow.send(
        "GET /v1/api_key/?limit=1000 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n\r\n"
      )
      let whole = try #require(slow.readToEnd())
      #expect(RawAnswer(whole)?.isWhole == true)
      #expect(SlowReaderTests.residentMiB(server.identifier) < 200)
      try server.closeInput()
    }
  }

  @Test(
    "The database and the files beside it are their owner's alone under any umask", .tags(.s16),
    arguments: ["000", "022", "777"])
  func modes(umask: String) async throws {
    try await onThread {
      let scratch = try ScratchDirectory()
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = [
        "-c", "umask \(umask); exec \"$0\" serve --port 0 --database \"$1\"", try TestProducts.path("apikeys-server"),
        scratch.database,
      ]
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      defer { process.terminate() }
      #expect(LineReader(errors.fileHandleForReading).next()?.contains("listening") == true)
      _ = try ServerProcess.run(["token", "create", "--database", scratch.database])
      let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
      #expect(names == ["keys.sqlite", "keys.sqlite-shm", "keys.sqlite-wal"])
      for name in names {
        let path = scratch.url.appendingPathComponent(name).path
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600, "\(name): \(String(mode ?? 0, radix: 8))")
      }
    }
  }

  @Test("A redirect names no host, whatever host the client names", .tags(.s16))
  func redirects() async throws {
    try await onThread {
      let (server, port, _) = try ServerProcess.demo(keys: 1)
      let hosts = ["evil.example", "localhost:1", "a@b", "[::1]", "x/y", "evil.example%0d%0aX:y", "\u{E9}.example"]
      for host in hosts {
        let connection = try RawConnection(port: port)
        connection.send("GET /v1/api_key?limit=5 HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
        let bytes = try #require(connection.readToEnd())
        guard let answer = RawAnswer(bytes), answer.status == 307 else { continue }
        #expect(answer.headers["location"] == "/v1/api_key/?limit=5")
      }
      let plain = try RawAnswer.get(port, "/v1/api_key?a=//evil.example/")
      #expect(plain.status == 307 && plain.headers["location"] == "/v1/api_key/?a=//evil.example/")
      try server.closeInput()
    }
  }
}
