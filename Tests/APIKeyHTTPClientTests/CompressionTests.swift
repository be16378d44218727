import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

@Suite("Compressed bodies", .timeLimit(.minutes(5)))
struct CompressionTests {
  @Test("The body is decompressed by every name it has, in several members, and in pieces", .tags(.e3))
  func compressions() async throws {
    let page = Array(FaultRequest.emptyPage.utf8)
    let gzip = try Gzip.compress(page)
    let halves = try Gzip.compress(Array(page.prefix(20))) + Gzip.compress(Array(page.dropFirst(20)))
    let zlib = try TLSTable.run(
      ["python3", "-c", "import sys, zlib; sys.stdout.buffer.write(zlib.compress(sys.stdin.buffer.read()))"],
      input: Data(page)
    ).output
    for (coding, body) in [
      ("gzip", gzip), ("x-gzip", gzip), ("GZip", gzip), ("identity, gzip", gzip), ("gzip", halves),
      ("deflate", Array(zlib)), ("identity", page), ("", page),
    ] {
      for toxics in [[], [FaultServer.Toxic.slicer(bytes: 1, milliseconds: 1, sparesHead: true)]] {
        let result = try await FaultRequest.page { _, _ in
          .http(200, body, headers: "Content-Encoding: \(coding)\r\n", toxics: toxics)
        }
        #expect(result.error == nil, "\(coding): \(String(describing: result.error))")
      }
    }
  }

  @Test("Unknown, damaged, truncated and padded compression is an error", .tags(.e3))
  func badCompressions() async throws {
    let page = Array(FaultRequest.emptyPage.utf8)
    let gzip = try Gzip.compress(page)
    func ask(_ coding: String, _ body: [UInt8]) async throws -> KeySourceError? {
      try await FaultRequest.page { _, _ in .http(200, body, headers: "Content-Encoding: \(coding)\r\n") }.error
    }
    for coding in ["br", "zstd", "compress", "gzip, br", "gzip, gzip"] {
      let error = try await ask(coding, gzip)
      #expect(error == .unknownCompression(coding))
      #expect(error?.exitCode == 65 && error?.message.contains(coding) == true)
    }
    #expect(try await ask("gzip", gzip.dropLast(9)) == .badJSON(reason: "its compressed data ends too early"))
    #expect(try await ask("gzip", gzip + page) == .badJSON(reason: "its compressed data is damaged"))
    #expect(try await ask("gzip", page) == .badJSON(reason: "its compressed data is damaged"))
    var wrongSum = gzip
    wrongSum[wrongSum.count - 8] ^= 1
    #expect(try await ask("gzip", wrongSum) == .badJSON(reason: "its compressed data is damaged"))
    // Blocks of nothing without end decompress to nothing: the compressed bytes are counted too.
    let nothing = Array(gzip.prefix(10)) + Array([[UInt8]](repeating: [0, 0, 0, 0xFF, 0xFF], count: 30_000).joined())
    #expect(try await ask("gzip", nothing) == .responseTooLarge(limitBytes: 100_000))
  }
}
