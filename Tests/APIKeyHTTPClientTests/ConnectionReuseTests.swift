import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

@Suite("Connection reuse", .timeLimit(.minutes(5))) struct ConnectionReuseTests {
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
    var options = FaultRequest.options()
    options.retries.tries = tries
    return HTTPKeySource(address: try ServerAddress(parsing: server.url), options: options)
  }

  @Test("One connection serves consecutive requests") func oneConnectionServesOneRequestAfterTheOther() async throws {
    let server = try await FaultServer { _, _ in .http(FaultRequest.emptyPage) }
    let source = try source(server)
    #expect(await pages(source, 20).allSatisfy { $0 == nil })
    #expect(server.connections == 1 && server.heads.count == 20)
    await source.close()
    try await eventually { server.openConnections == 0 }
    await server.close()
  }

  @Test("An idle connection that the server closed is replaced once, silently", .tags(.e8))
  func closedAtRest() async throws {
    // The second request finds its connection closed: as an end, and as a reset.
    for ending in [FaultServer.Answer.Ending.close, .reset] {
      let server = try await FaultServer { index, _ in
        index == 1 ? .init(bytes: [], ending: ending) : .http(FaultRequest.emptyPage)
      }
      let source = try source(server)
      #expect(await pages(source, 2) == [nil, nil])
      #expect(server.heads.count == 3 && server.connections == 2)
      await source.close()
      await server.close()
    }
  }

  @Test("There is no second silent retry, and none after the first byte of a response", .tags(.e8))
  func noSecondTry() async throws {
    let dead = try await FaultServer { index, _ in
      index > 0 ? .init(bytes: [], ending: .close) : .http(FaultRequest.emptyPage)
    }
    let first = try source(dead)
    #expect(await pages(first, 2) == [nil, .connectionLost(host: "127.0.0.1")])
    #expect(dead.heads.count == 3)
    await first.close()
    await dead.close()
    let begun = try await FaultServer { index, _ in
      index == 1 ? .init(bytes: Array("HTTP/1.1 2".utf8), ending: .close) : .http(FaultRequest.emptyPage)
    }
    let second = try source(begun)
    #expect(await pages(second, 2) == [nil, .truncatedResponse(host: "127.0.0.1")])
    #expect(begun.heads.count == 2)
    await second.close()
    await begun.close()
  }

  @Test("An unsolicited response is never used for the next request")
  func unasked() async throws {
    let other = #"{"data":[{"id":"planted"}],"has_more":false}"#
    let server = try await FaultServer { index, _ in
      index == 0
        ? .init(bytes: FaultServer.Answer.http(FaultRequest.emptyPage).bytes + FaultServer.Answer.http(other).bytes)
        : .http(FaultRequest.emptyPage)
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

  @Test("The start of an early response never becomes the start of the next one", .tags(.s5))
  func plantedBeginning() async throws {
    let other = #"{"data":[{"id":"planted"}],"has_more":false}"#
    let forged = FaultServer.Answer.http(other).bytes
    for length in [1, 4, 9, 15, 30, forged.count - 1] {
      let server = try await FaultServer { index, _ in
        switch index {
        case 0: .init(bytes: FaultServer.Answer.http(FaultRequest.emptyPage).bytes + forged.prefix(length))
        case 1: .init(bytes: Array(forged.dropFirst(length)) + FaultServer.Answer.http(FaultRequest.emptyPage).bytes)
        default: .http(FaultRequest.emptyPage)
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

  @Test("A connection that the server closes is not reused") func connectionsOfServersThatDoNotKeepThemAreNotUsedAgain()
    async throws
  {
    let body = FaultRequest.emptyPage
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
}
