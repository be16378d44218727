import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct HTTPKeySourceTests {
  @Test("The request has the path, parameters and token of the contract") func sendsTheRequestOfTheContract()
    async throws
  {
    let result = try await FaultRequest.page { _, _ in .http(FaultRequest.emptyPage) }
    #expect(result.error == nil)
    let head = try #require(result.heads.first)
    #expect(head.hasPrefix("GET /v1/api_key/?limit=7&order=desc&after=a%20b%26c HTTP/1.1\r\n"))
    #expect(head.lowercased().contains("authorization: bearer \(FaultRequest.canary)\r\n"))
  }

  @Test("Parameter names are configurable") func parameterNamesAreTheServersOwn() async throws {
    var options = FaultRequest.options()
    options.parameters.after = "starting_after"
    options.parameters.limit = "n"
    options.parameters.order = "dir"
    let result = try await FaultRequest.page(options: options) { _, _ in .http(FaultRequest.emptyPage) }
    #expect(result.heads.first?.hasPrefix("GET /v1/api_key/?n=7&dir=desc&starting_after=a%20b%26c HTTP/1.1") == true)
  }

  @Test("Redirects are never followed", .tags(.b7), arguments: [301, 302, 303, 307, 308])
  func redirects(status: Int) async throws {
    let other = try await FaultServer { _, _ in .http(FaultRequest.emptyPage) }
    let server = try await FaultServer { _, _ in .http(500, "") }
    await server.close()
    // Another port, another host, another scheme, the same place without its slash, with one more, and elsewhere.
    let targets = [
      other.url + "/v1/api_key/", "http://localhost:\(other.port)/v1/api_key/", "https://127.0.0.1:\(other.port)/",
      "//127.0.0.1:\(other.port)/v1/api_key/", "/v1/api_key", "/v1/api_key//", "/login",
    ]
    var requests = 0
    for target in targets {
      let result = try await FaultRequest.page { _, _ in .http(status, "", headers: "Location: \(target)\r\n") }
      #expect(result.error?.status == status)
      #expect(result.error?.message.contains(target) == true)
      requests += result.heads.count
    }
    #expect(requests == targets.count)
    #expect(other.connections == 0)
    print("figure B7: 0 connections at the second origin, over 5 statuses and \(targets.count) targets")
    await other.close()
  }

  @Test("A refused connection is reported as such", .tags(.e2)) func refused() async throws {
    let server = try await FaultServer { _, _ in .http("") }
    await server.close()
    #expect(try await FaultRequest.page(of: server.url) == .connectionRefused(host: "127.0.0.1", port: server.port))
  }

  @Test(
    "An HTML response is reported as such", .tags(.e4),
    arguments: [(200, 65), (203, 65), (400, 75), (401, 77), (403, 77), (404, 75), (418, 65), (500, 69), (503, 69)])
  func html(status: Int, exitCode: Int32) async throws {
    // On a page after the first: 400 and 404 may mean that the cursor is gone.
    let pages = [
      "<!DOCTYPE html><p>Sign in", "\n <html lang=en>", "\u{FEFF}<!doctype HTML>", "<head>", "<!-- x --><html>",
      "<?xml version=\"1.0\"?>\n<!DOCTYPE html>", "<center>no</center>", "<title>&#83;ign in</title>",
    ]
    for page in pages {
      let error = try await FaultRequest.page { _, _ in .http(status, page, type: "text/html") }.error
      #expect(error?.exitCode == exitCode, "\(status): \(page)")
      let message = try #require(error?.message)
      if (200..<300).contains(status) {
        #expect(error == .receivedHTML(status: status, host: "127.0.0.1"))
        #expect(message == "127.0.0.1 answered with a web page (\(status)): a login page or a proxy?")
      } else {
        #expect(message.contains("(\(status), a web page of 127.0.0.1)"), "\(message)")
        #expect(message.contains("Sign in") == page.hasPrefix("<title>"), "\(message)")
      }
    }
    print("figure E4: named with status and host, for \(pages.count) beginnings of a page and 9 statuses")
  }

  @Test("A response that is not JSON is an error", .tags(.e2))
  func wrongContent() async throws {
    #expect(
      try await FaultRequest.page { _, _ in .http("hello", type: "text/plain") }.error
        == .wrongContentType("text/plain"))
    #expect(try await FaultRequest.page { _, _ in .http("{") }.error?.exitCode == 65)
    #expect(try await FaultRequest.page { _, _ in .http(#"{"data":[]}"#) }.error?.exitCode == 65)
  }
}
