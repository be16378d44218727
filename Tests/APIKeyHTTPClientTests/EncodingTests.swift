import APIKeyClient
import APIKeyHTTPClient
import Foundation
import TestSupport
import Testing

@Suite("Encodings of responses", .timeLimit(.minutes(5))) struct EncodingTests {
  /// Runs a line of Python on bytes.
  private static func python(_ code: String, _ input: String) throws -> [UInt8] {
    let program = "import sys,gzip,zlib\nb=sys.stdin.buffer.read()\nsys.stdout.buffer.write(\(code))"
    let run = try TLSTable.run(["python3", "-c", program], input: Data(input.utf8))
    try #require(run.status == 0)
    return Array(run.output)
  }

  private static func ask(
    _ body: [UInt8], _ headers: String, type: String = "application/json"
  ) async throws
    -> KeySourceError?
  {
    try await FaultRequest.page { _, _ in .http(200, body, type: type, headers: headers) }.error
  }

  @Test("Common compressions are decoded in pieces of any size, and truncated ones are refused", .tags(.t17))
  func compressions() async throws {
    let page = FaultRequest.emptyPage
    let raw = "zlib.compressobj(9, zlib.DEFLATED, -15)"
    let forms: [(coding: String, code: String)] = [
      ("gzip", "gzip.compress(b)"), ("x-gzip", "gzip.compress(b)"), ("GZIP", "gzip.compress(b)"),
      ("gzip, identity", "gzip.compress(b)"), ("gzip", "gzip.compress(b[:20])+gzip.compress(b[20:])"),
      ("gzip", "gzip.compress(b'')+gzip.compress(b)"), ("deflate", "zlib.compress(b)"),
      ("deflate", "zlib.compress(b, 0)"),
      ("deflate", "(lambda c: c.compress(b)+c.flush())(\(raw))"),
      ("deflate", "(lambda c: c.compress(b)+c.flush())(\(raw.replacing("9", with: "0")))"), ("identity", "b"),
    ]
    var cuts = 0
    for (coding, code) in forms {
      let body = try EncodingTests.python(code, page)
      let header = "Content-Encoding: \(coding)\r\n"
      #expect(try await EncodingTests.ask(body, header) == nil, "\(coding): \(code)")
      let slices = FaultServer.Toxic.slicer(bytes: 1, milliseconds: 1, sparesHead: true)
      let sliced = try await FaultRequest.page { _, _ in .http(200, body, headers: header, toxics: [slices]) }.error
      #expect(sliced == nil, "\(coding): \(code), a byte at a time")
      guard coding != "identity" else { continue }
      for cut in [1, 4, body.count / 2, body.count - 1] where cut < body.count {
        let error = try await EncodingTests.ask(Array(body.dropLast(cut)), header)
        // The first of two members is whole, and is then no JSON.
        #expect(error?.exitCode == 65, "\(coding): \(code) without \(cut) bytes: \(String(describing: error))")
        cuts += 1
      }
    }
    print("figure T17: \(forms.count) compressions read, \(cuts) cut ones refused")
  }

  @Test("Byte order marks, UTF-16 and the Latin encodings are read", .tags(.t17))
  func charsets() async throws {
    let page = FaultRequest.emptyPage.replacing("\"first_id\"", with: "\"note\":\"café\",\"first_id\"")
    for (code, type) in [
      ("b.decode().encode('utf-8-sig')", "application/json"), ("b.decode().encode('utf-16')", "application/json"),
      ("b'\\xfe\\xff'+b.decode().encode('utf-16-be')", "application/json"),
      ("b.decode().encode('utf-16-le')", "application/json; charset=\"utf-16\""),
      ("b.decode().encode('utf-16-be')", "application/json;charset=UTF-16BE"),
      ("b.decode().encode('latin-1')", "application/json; charset=ISO-8859-1"),
      ("b.decode().encode('cp1252')", "application/json; charset=windows-1252"),
      ("b", "application/json; charset=iso-8859-1"), ("b", "text/plain; charset=us-ascii"),
    ] {
      #expect(try await EncodingTests.ask(EncodingTests.python(code, page), "", type: type) == nil, "\(code) \(type)")
    }
    let message = try EncodingTests.python("b.decode().encode('utf-16')", #"{"detail":"café zu"}"#)
    let error = try await FaultRequest.page { _, _ in .http(404, message) }.error
    #expect(error?.serverWords == "café zu")
    let latin = try EncodingTests.python("b.decode().encode('cp1252')", #"{"detail":"5 € zu"}"#)
    let other = try await FaultRequest.page { _, _ in .http(404, latin, type: "application/json; charset=cp1252") }
      .error
    #expect(other?.serverWords == "5 € zu")
  }

  @Test("The unsupported br and zstd are named, with advice", .tags(.t17))
  func named() async throws {
    for coding in ["br", "zstd", "compress", "exi"] {
      let error = try await EncodingTests.ask([1, 2, 3], "Content-Encoding: \(coding)\r\n")
      #expect(error?.message.contains("compressed with \(coding)") == true)
      #expect(error?.nextStep.contains("Accept-Encoding: gzip") == true)
    }
  }
}
