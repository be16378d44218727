import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

@Suite("Hostile response headers", .timeLimit(.minutes(20))) struct HostileHeaderTests {
  /// Asks one source for one page after the other; a failure is an answer as well.
  private static func ask(_ source: HTTPKeySource, times: Int) async -> [KeySourceError?] {
    var results: [KeySourceError?] = []
    for _ in 0..<times {
      do throws(KeySourceError) {
        _ = try await source.page(PageRequest(limit: 1, order: .descending))
        results.append(nil)
      } catch {
        results.append(error)
      }
    }
    return results
  }

  private static func source(_ server: FaultServer) throws -> HTTPKeySource {
    var options = FaultRequest.options()
    options.retries.tries = 1
    // On a machine with other work each answer may take long: none of them is waited for in vain.
    options.limits.connect = 60_000
    options.limits.headers = 60_000
    options.limits.idle = 60_000
    options.limits.whole = 60_000
    return HTTPKeySource(address: try ServerAddress(parsing: server.url), options: options)
  }

  @Test("No status from 000 to 999 crashes the client", .tags(.s5))
  func statuses() async throws {
    let server = try await FaultServer { _, head in
      // The request says which status it wants.
      let wanted = head.split(whereSeparator: { "?& ".contains($0) }).first { $0.hasPrefix("after=") }
      let digits = String(wanted?.dropFirst(6) ?? "")
      let status = Int(digits) ?? 0
      let body = Array(FaultRequest.emptyPage.utf8)
      let head = "HTTP/1.1 \(digits) X\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
      // An interim response has the real one behind it.
      let isInterim = (102...199).contains(status) || status == 100
      return .init(
        bytes: isInterim
          ? Array("HTTP/1.1 \(digits) X\r\n\r\n".utf8) + FaultServer.Answer.http(FaultRequest.emptyPage).bytes
          : Array(head.utf8) + body)
    }
    let results = try await withThrowingTaskGroup(of: [(Int, KeySourceError?)].self) { group in
      for worker in 0..<8 {
        let source = try HostileHeaderTests.source(server)
        group.addTask {
          var results: [(Int, KeySourceError?)] = []
          for status in stride(from: worker, to: 1000, by: 8) {
            let cursor = PageCursor.after(KeyIdentifier(String(String(1000 + status).dropFirst())))
            do throws(KeySourceError) {
              _ = try await source.page(PageRequest(limit: 1, order: .descending, cursor: cursor))
              results.append((status, nil))
            } catch {
              results.append((status, error))
            }
          }
          await source.close()
          return results
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(results.count == 1000)
    for (status, error) in results {
      switch status {
      case 0..<100:
        #expect(error == .badJSON(reason: "its status is \(status), which HTTP does not have"), "\(status)")
        #expect(error?.exitCode == 65)
      case 101: #expect(error == .badJSON(reason: "it changes to another protocol (101)"))
      case 100, 102...200: #expect(error == nil, "\(status): \(String(describing: error))")
      case 204...206, 304: #expect(error?.status == status && error?.exitCode == 65, "\(status)")
      // A list is a list.
      case 200..<300: #expect(error == nil, "\(status): \(String(describing: error))")
      case 300..<400:
        #expect(error?.status == status && error?.message.contains("without saying where") == true, "\(status)")
      default: #expect(error != nil, "\(status)")
      }
    }
    await server.close()
    print("figure S5: 1,000 statuses, 0 crashes")
  }

  @Test("White space before a header value counts towards the size limit", .tags(.s5))
  func whiteSpace() async throws {
    let spaces = [UInt8](repeating: 0x20, count: 1 << 16)
    let flood = try await FaultRequest.page { _, _ in .init(bytes: Array("HTTP/1.1 200 OK\r\nX:".utf8), endless: spaces)
    }
    #expect(flood.error == .headersTooLarge(limitBytes: HTTPOptions().maximumHeaderBytes))
  }

  @Test("Endless interim responses are refused", .tags(.s5))
  func interimFlood() async throws {
    let few = try await FaultRequest.page { _, _ in
      .init(
        bytes: Array(String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", count: 16).utf8)
          + FaultServer.Answer.http(FaultRequest.emptyPage).bytes)
    }
    #expect(few.error == nil)
    let flood = try await FaultRequest.page { _, _ in .init(bytes: [], endless: Array("HTTP/1.1 100 X\r\n\r\n".utf8)) }
    #expect(flood.error == .badJSON(reason: "it sends interim responses (100) without end"))
  }

  /// Heads by a grammar: each part is right, or one of the ways to get it wrong; then bytes may be changed.
  private struct HeadGrammar {
    var random: SplitMix

    mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }
    mutating func chance(_ percent: UInt64) -> Bool { random.next() % 100 < percent }

    mutating func version() -> String {
      chance(92)
        ? "HTTP/1.1"
        : pick([
          "HTTP/1.0", "HTTP/2", "HTTP/0.9", "HTTP/1.11", "http/1.1", "HTTP/9999999999.1", "HTTP/", "ICY", "HTTP/1,1",
          "\u{0}",
        ])
    }

    mutating func status() -> String {
      chance(75)
        ? "200"
        : pick([
          "\(random.next() % 1000)", "99999999999999999999", "-1", "+200", "0x200", "２００", "", "2", "20", "2000", "204",
          "304", "101", "199", "503", "429",
        ])
    }

    mutating func number() -> String {
      pick([
        "0", "1", "59", "60", "61", "-1", "+5", " 5", "5 ", "5,5", "5, 6", "0x10", "1e3", "18446744073709551615",
        "18446744073709551616", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "", "NaN",
      ])
    }

    mutating func date() -> String {
      let year = pick(["1994", "0000", "9999", "292277026597", "-1", "94", "9223372036854775807", "199"])
      return pick([
        "Sun, 06 Nov \(year) 08:49:37 GMT", "Sunday, 06-Nov-\(year) 08:49:37 GMT", "Sun Nov  6 08:49:37 \(year)",
        "Sun, 99 Nov \(year) 99:99:99 GMT", "Sun, 29 Feb \(year) 23:59:60 GMT", ", , , , , GMT",
      ])
    }

    mutating func field() -> String {
      switch random.next() % 12 {
      case 0: "Content-Length: \(number())\r\n"
      case 1:
        "Transfer-Encoding: \(pick(["chunked", "gzip, chunked", "chunked, gzip", "identity", "x", "chunked\r\n "]))\r\n"
      case 2: "Content-Encoding: \(pick(["gzip", "x-gzip", "br", "deflate", "gzip, gzip", "", ",", "identity"]))\r\n"
      case 3: "Retry-After: \(chance(50) ? number() : date())\r\n"
      case 4: "Location: \(pick(["/", "", "//", "\u{7F}", String(repeating: "a", count: 9000)]))\r\n"
      case 5: "Connection: \(pick(["close", "keep-alive", "upgrade", "close, keep-alive", ""]))\r\n"
      case 6: "Upgrade: h2c\r\n"
      case 7: "Content-Type: \(pick(["text/html", "", "a/b;;;", "application/json; charset=utf-16"]))\r\n"
      case 8:
        pick(["X\r\n", ": x\r\n", " folded\r\n", "X : y\r\n", "X:\ty\r\n", "X: \u{0}\r\n", "X: é\r\n", "\n", "\r"])
      case 9: "X: \(String(repeating: "y", count: Int(random.next() % 3000)))\r\n"
      case 10: String(repeating: "A: b\r\n", count: Int(random.next() % 300))
      default: "Content-Length: \(random.next() % 200)\r\n"
      }
    }

    mutating func body() -> String {
      pick([
        FaultRequest.emptyPage, "", "{", "0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "ffffffffffffffff\r\n",
        "1;x=y\r\na\r\n0\r\nT: v\r\n\r\n",
        "-1\r\n", "\u{1F}\u{8B}\u{8}", "HTTP/1.1 200 OK\r\n\r\n",
      ])
    }

    mutating func bytes() -> [UInt8] {
      var text = chance(5) ? "HTTP/1.1 100 Continue\r\n\r\n" : ""
      text +=
        version() + (chance(92) ? " " : pick(["", "  ", "\t"])) + status() + pick([" OK", "", " ", " é", " \u{0}"])
      text += chance(92) ? "\r\n" : pick(["\n", "\r", ""])
      for _ in 0..<(random.next() % 4) { text += field() }
      text += chance(92) ? "\r\n" : pick(["\n", ""])
      text += chance(50) ? FaultRequest.emptyPage : body()
      var bytes = Array(text.utf8)
      if chance(30), !bytes.isEmpty {
        for _ in 0...(random.next() % 4) {
          let place = Int(random.next() % UInt64(bytes.count))
          switch random.next() % 3 {
          case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
          case 1: bytes.remove(at: place)
          default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
          }
          if bytes.isEmpty { break }
        }
      }
      return bytes
    }
  }

  @Test("10,000 generated and mutated response headers crash nothing", .tags(.s5))
  func heads() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let workers = 8
    let perWorker = 10_000 / workers
    let results = try await withThrowingTaskGroup(of: [KeySourceError?].self) { group in
      for worker in 0..<workers {
        group.addTask {
          var options = FaultRequest.options()
          options.retries.tries = 1
          (options.limits.connect, options.limits.headers) = (60_000, 60_000)
          (options.limits.idle, options.limits.whole) = (60_000, 60_000)
          var results: [KeySourceError?] = []
          for index in 0..<perWorker {
            var grammar = HeadGrammar(random: SplitMix(state: seed &+ UInt64(worker * perWorker + index)))
            let script = try ScriptedSocket(grammar.bytes())
            let source = HTTPKeySource(
              address: try ServerAddress(parsing: "http://127.0.0.1:1"), options: options,
              connectedSocket: { script.clientEnd })
            results += await HostileHeaderTests.ask(source, times: 1)
            await source.close()
          }
          return results
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(results.count == 10_000, "seed \(seed)")
    for case let error? in results {
      #expect(!error.message.isEmpty && !error.message.contains(FaultRequest.canary), "seed \(seed)")
      switch error {
      case .connectionRefused, .unreachable, .nameNotFound, .cancelled, .connectTimedOut, .headersTimedOut,
        .idleTimedOut, .requestTimedOut:
        Issue.record("seed \(seed): \(error)")
      default: break
      }
    }
    let taken = results.count { $0 == nil }
    // The grammar reaches both sides.
    #expect((100...9000).contains(taken))
    print("figure S5: 10,000 heads by a grammar (seed \(seed)), \(taken) taken, 0 crashes")
  }
}

/// A pair of connected sockets: the server's end has said all it will ever say.
private final class ScriptedSocket: Sendable {
  struct Failure: Error {}

  /// Whoever takes it closes it.
  let clientEnd: CInt
  private let serverEnd: CInt

  init(_ bytes: [UInt8]) throws {
    var pair: [CInt] = [-1, -1]
    guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0 else { throw Failure() }
    (clientEnd, serverEnd) = (pair[0], pair[1])
    // Shorter than what a socket holds.
    guard write(serverEnd, bytes, bytes.count) == bytes.count else { throw Failure() }
    shutdown(serverEnd, CInt(SHUT_WR))
  }

  deinit { close(serverEnd) }
}
