import APIKeyClient
import APIKeyHTTPClient
import TestSupport
import Testing

@Suite("Size limits", .timeLimit(.minutes(5))) struct SizeLimitTests {
  @Test("An endless body is cut off", .tags(.e3))
  func endless() async throws {
    let result = try await FaultRequest.page { _, _ in
      .init(
        bytes: Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".utf8),
        endless: [UInt8](repeating: 0x20, count: 65_536))
    }
    #expect(result.error == .responseTooLarge(limitBytes: 100_000))
  }

  @Test("A body with a too large Content-Length is not read", .tags(.e3))
  func announced() async throws {
    let result = try await FaultRequest.page { _, _ in
      .init(bytes: Array("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".utf8), ending: .hang)
    }
    #expect(result.error == .responseTooLarge(limitBytes: 100_000))
  }

  @Test("The body size limit is exact", .tags(.e3))
  func exact() async throws {
    let padding = 100_000 - FaultRequest.emptyPage.utf8.count
    for (extra, error) in [(0, nil), (1, KeySourceError.responseTooLarge(limitBytes: 100_000))] {
      let body = FaultRequest.emptyPage + String(repeating: " ", count: padding + extra)
      #expect(try await FaultRequest.page { _, _ in .http(body) }.error == error)
    }
  }

  @Test("Header fields are bounded", .tags(.e3), arguments: [(1, 400_000), (40, 10_000), (300, 10), (3, 70_000)])
  func headers(count: Int, size: Int) async throws {
    let fields = (0..<count).map { "X-\($0): \(String(repeating: "a", count: size))\r\n" }.joined()
    let result = try await FaultRequest.page { _, _ in .http(200, FaultRequest.emptyPage, headers: fields) }
    #expect(result.error == (count == 3 ? nil : .headersTooLarge(limitBytes: 300 << 10)))
  }

  @Test("A decompression bomb is cut off, and broken compression is an error", .tags(.e3))
  func bomb() async throws {
    let bomb = try Gzip.compress([UInt8](repeating: 0x20, count: 8 << 20))
    #expect(bomb.count < 100_000)
    let tooLarge = try await FaultRequest.page { _, _ in .http(200, bomb, headers: "Content-Encoding: gzip\r\n") }
    #expect(tooLarge.error == .responseTooLarge(limitBytes: 100_000))
    let fine = try Gzip.compress(Array(FaultRequest.emptyPage.utf8))
    #expect(
      try await FaultRequest.page { _, _ in .http(200, fine, headers: "Content-Encoding: gzip\r\n") }.error == nil)
    var broken = fine
    for index in 10..<20 { broken[index] ^= 0xFF }
    let told = try await FaultRequest.page { [broken] _, _ in .http(200, broken, headers: "Content-Encoding: gzip\r\n")
    }
    #expect(told.error?.exitCode == 65, "\(String(describing: told.error))")
  }
}
