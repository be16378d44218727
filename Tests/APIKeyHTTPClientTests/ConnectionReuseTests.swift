import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

@Suite("Connections and bodies") struct ConnectionReuseTests {
  private func pages(_ source: HTTPKeySource, _ count: Int) async -> [KeySourceError?] {
    var results: [KeySourceError?] = []
    for _ in 0..<count {
      do throws(KeySourceError) {
        _ = try await source.page(PageRequest(limit: 1, order: .descending))
        results.append(nil)
      } catch {
        results.append(error)
      }
    }
    return results
  }

  private func source(_ server: FaultServer, tries: Int = 1) throws -> HTTPKeySource {
    var options = Asking.options()
    options.retries.tries = tries
    return HTTPKeySource(address: try ServerAddress(parsing: server.url), options: options)
  }

  @Test func oneConnectionServesOneRequestAfterTheOther() async throws {
    let server = try await FaultServer { _, _ in .http(Asking.emptyPage) }
    let source = try source(server)
    #expect(await pages(source, 20).allSatisfy { $0 == nil })
    #expect(server.connections == 1 && server.heads.count == 20)
    await source.close()
    try await eventually { server.openConnections == 0 }
    await server.close()
  }

  @Test("A connection that was closed at rest is replaced once, without a word", .tags(.e8))
  func closedAtRest() async throws {
    // The second request finds its connection closed: as an end, and as a reset.
    for ending in [FaultServer.Answer.Ending.close, .reset] {
      let server = try await FaultServer { index, _ in
        index == 1 ? .init(bytes: [], ending: ending) : .http(Asking.emptyPage)
      }
      let source = try source(server)
      #expect(await pages(source, 2) == [nil, nil])
      #expect(server.heads.count == 3 && server.connections == 2)
      await source.close()
      await server.close()
    }
  }

  @Test("There is no second silent try, and none once a byte of the response has come", .tags(.e8))
  func noSecondTry() async throws {
    let dead = try await FaultServer { index, _ in
      index > 0 ? .init(bytes: [], ending: .close) : .http(Asking.emptyPage)
    }
    let first = try source(dead)
    #expect(await pages(first, 2) == [nil, .connectionLost(host: "127.0.0.1")])
    #expect(dead.heads.count == 3)
    await first.close()
    await dead.close()
    let begun = try await FaultServer { index, _ in
      index == 1 ? .init(bytes: Array("HTTP/1.1 2".utf8), ending: .close) : .http(Asking.emptyPage)
    }
    let second = try source(begun)
    #expect(await pages(second, 2) == [nil, .truncatedAnswer(host: "127.0.0.1")])
    #expect(begun.heads.count == 2)
    await second.close()
    await begun.close()
  }

  @Test("A response that nobody asked for is never taken for the next one")
  func unasked() async throws {
    let other = #"{"data":[{"id":"planted"}],"has_more":false}"#
    let server = try await FaultServer { index, _ in
      index == 0
        ? .init(bytes: FaultServer.Answer.http(Asking.emptyPage).bytes + FaultServer.Answer.http(other).bytes)
        : .http(Asking.emptyPage)
    }
    let source = try source(server)
    for _ in 0..<3 {
      let page = try await source.page(PageRequest(limit: 1, order: .descending))
      #expect(page.keys.isEmpty)
    }
    #expect(server.connections == 2)
    await source.close()
    await server.close()
  }

  @Test("The beginning of a response that comes too early never becomes that of the next one", .tags(.s5))
  func plantedBeginning() async throws {
    let other = #"{"data":[{"id":"planted"}],"has_more":false}"#
    let forged = FaultServer.Answer.http(other).bytes
    for length in [1, 4, 9, 15, 30, forged.count - 1] {
      let server = try await FaultServer { index, _ in
        switch index {
        case 0: .init(bytes: FaultServer.Answer.http(Asking.emptyPage).bytes + forged.prefix(length))
        case 1: .init(bytes: Array(forged.dropFirst(length)) + FaultServer.Answer.http(Asking.emptyPage).bytes)
        default: .http(Asking.emptyPage)
        }
      }
      let source = try source(server)
      var planted = 0
      for _ in 0..<3 {
        do throws(KeySourceError) {
          planted += try await source.page(PageRequest(limit: 1, order: .descending)).keys.count
        } catch {
          // Refused is as good.
        }
      }
      #expect(planted == 0, "\(length) bytes too early")
      await source.close()
      await server.close()
    }
  }

  @Test func connectionsOfServersThatDoNotKeepThemAreNotUsedAgain() async throws {
    let body = Asking.emptyPage
    let server = try await FaultServer { index, _ in
      index.isMultiple(of: 2)
        ? .http(200, body, headers: "Connection: close\r\n")
        : .init(bytes: Array("HTTP/1.0 200 OK\r\n\r\n\(body)".utf8), ending: .close)
    }
    let source = try source(server)
    #expect(await pages(source, 4).allSatisfy { $0 == nil })
    #expect(server.connections == 4)
    await source.close()
    await server.close()
  }

  @Test("The body is decompressed by every name it has, in several members, and in pieces", .tags(.e3))
  func compressions() async throws {
    let page = Array(Asking.emptyPage.utf8)
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
        let result = try await Asking.page { _, _ in
          .http(200, body, headers: "Content-Encoding: \(coding)\r\n", toxics: toxics)
        }
        #expect(result.error == nil, "\(coding): \(String(describing: result.error))")
      }
    }
  }

  @Test("Compression that is not known, damaged, cut short or padded is told", .tags(.e3))
  func badCompressions() async throws {
    let page = Array(Asking.emptyPage.utf8)
    let gzip = try Gzip.compress(page)
    func ask(_ coding: String, _ body: [UInt8]) async throws -> KeySourceError? {
      try await Asking.page { _, _ in .http(200, body, headers: "Content-Encoding: \(coding)\r\n") }.error
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
    #expect(try await ask("gzip", nothing) == .answerTooLarge(limitBytes: 100_000))
  }

  @Test("Https to a port of http, and http to one of https, each have their sentence", .tags(.s3))
  func wrongScheme() async throws {
    var options = Asking.options()
    options.limits.connect = 20_000
    options.retries.tries = 1
    // The alert of a server that speaks TLS.
    let secure = try await RawServer.start("\u{15}\u{3}\u{3}\u{0}\u{2}\u{2}\u{46}")
    let toTLS = try await Asking.page(of: "http://127.0.0.1:\(secure.port)", options: options)
    #expect(toTLS == .speaksTLS(host: "127.0.0.1", port: secure.port))
    await secure.close()
    let plain = try await RawServer.start("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    let toClear = try await Asking.page(of: "https://localhost:\(plain.port)", options: options)
    #expect(toClear == .tlsFailed(host: "localhost", reason: .notTLS))
    await plain.close()
  }

  @Test("Localhost is 127.0.0.1 and ::1, whichever listens, and without a resolver", .tags(.s2))
  func localhost() async throws {
    for family in ["127.0.0.1", "::1"] {
      let server = try await RawServer.start(
        String(decoding: FaultServer.Answer.http(Asking.emptyPage).bytes, as: UTF8.self), host: family)
      #expect(try await Asking.page(of: "http://localhost:\(server.port)") == nil, "\(family)")
      await server.close()
    }
    #expect(
      try await Asking.page(of: "http://localhost:1") == .connectionRefused(host: "localhost", port: 1))
  }

  @Test("Where the system does not tell who listens, the token stays", .tags(.s2))
  func unknownListeners() async throws {
    let server = try await FaultServer { _, _ in .http(Asking.emptyPage) }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tables-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }  // What is left over harms nothing.
    func table(_ lines: [String]) throws -> String {
      let path = folder.appendingPathComponent(UUID().uuidString).path
      try (["  sl  local_address rem_address   st"] + lines).map { $0 + "\n" }.joined()
        .write(toFile: path, atomically: false, encoding: .utf8)
      return path
    }
    let digits = String(0x10000 + server.port, radix: 16, uppercase: true).dropFirst()
    func line(_ address: String, port: Substring? = nil, state: String = "0A", user: uid_t) -> String {
      let rest = address.count == 8 ? "00000000:0000" : "00000000000000000000000000000000:0000"
      return
        "   0: \(address):\(port ?? digits) \(rest) \(state) 00000000:00000000 00:00000000 00000000  \(user)  0 77 1"
    }
    let (mapped, any6) = ("0000000000000000FFFF00000100007F", String(repeating: "0", count: 32))
    let stranger: uid_t = 65_533
    let cases: [(what: String, v4: String, v6: String, words: String?)] = [
      ("no table", folder.path + "/none", folder.path + "/none", "cannot be read"),
      ("an empty file", "/dev/null", "/dev/null", "cannot be read"),
      ("a line that is none", try table(["nonsense"]), try table([]), "cannot be read"),
      ("nobody", try table([]), try table([]), "does not tell who listens"),
      ("another port", try table([line("0100007F", port: "0001", user: 0)]), try table([]), "does not tell"),
      ("another address", try table([line("0200007F", user: 0)]), try table([]), "does not tell"),
      ("no listener", try table([line("0100007F", state: "01", user: 0)]), try table([]), "does not tell"),
      ("::1 alone", try table([]), try table([line("00000000000000000000000001000000", user: 0)]), "does not tell"),
      ("root", try table([line("0100007F", user: 0)]), folder.path + "/none", nil),
      ("this user, everywhere", try table([line("00000000", user: geteuid())]), try table([]), nil),
      ("root at ::", try table([]), try table([line(any6, user: 0)]), nil),
      ("a stranger", try table([line("0100007F", user: stranger)]), try table([]), "the user 65533"),
      ("a stranger everywhere", try table([line("00000000", user: stranger)]), try table([]), "the user 65533"),
      (
        "a stranger at :: beside root", try table([line("0100007F", user: 0)]), try table([line(any6, user: stranger)]),
        "the user 65533"
      ),
      ("a stranger, mapped", try table([]), try table([line(mapped, user: stranger)]), "the user 65533"),
      (
        "two, the second a stranger", try table([line("0100007F", user: 0), line("0100007F", user: stranger)]),
        try table([]), "the user 65533"
      ),
    ]
    for (what, v4, v6, words) in cases {
      var options = Asking.options()
      options.socketTables = [v4, v6]
      let before = server.heads.count
      let error = try await Asking.page(of: server.url, options: options)
      if let words {
        #expect(
          error?.message.contains(words) == true && error?.exitCode == 77, "\(what): \(String(describing: error))")
        #expect(error?.nextStep.contains("--allow-http") == true)
      } else {
        #expect(error == nil, "\(what)")
      }
      #expect(server.heads.count - before == (words == nil ? 1 : 0), "\(what)")
      options.allowsHTTP = true
      #expect(try await Asking.page(of: server.url, options: options) == nil, "\(what)")
    }
    // Nobody at all is still told as such.
    await server.close()
    #expect(try await Asking.page(of: server.url) == .connectionRefused(host: "127.0.0.1", port: server.port))
    print(
      "figure S2: \(cases.count) tables of sockets, the token sent where root's or our own listener alone is in them")
  }
}
