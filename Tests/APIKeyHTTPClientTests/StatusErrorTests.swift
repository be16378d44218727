import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

/// Every status, on the first page and on a later one, with every kind of body, against docs/errors.md.
@Suite("Errors by HTTP status", .timeLimit(.minutes(20))) struct StatusErrorTests {
  /// A body, and the words of it that must be shown; nil where there are none.
  private struct Body: Sendable {
    let name: String
    let text: String
    let type: String
    let words: String?
    /// Words that must not be shown.
    var hidden = "kept-to-itself"
  }

  private static let bodies = [
    Body(name: "none", text: "", type: "application/json", words: nil),
    Body(
      name: "FastAPI text", text: #"{"detail":"Quota of 12 is used up."}"#, type: "application/json",
      words: "Quota of 12 is used up."),
    Body(
      name: "FastAPI list",
      text: #"{"detail":[{"loc":["query","limit"],"msg":"too large","input":"kept-to-itself"},{"msg":"odd"}]}"#,
      type: "application/json", words: "query.limit: too large; odd."),
    Body(
      name: "error object", text: #"{"error":{"message":"No such plan","data":"kept-to-itself"}}"#,
      type: "application/json", words: "No such plan."),
    Body(
      name: "OAuth", text: #"{"error":"invalid_thing","error_description":"It ran out at noon"}"#,
      type: "application/json", words: "invalid_thing: It ran out at noon."),
    Body(
      name: "errors", text: #"{"errors":["first",{"title":"second","detail":"more"}],"data":["kept-to-itself"]}"#,
      type: "application/json", words: "first; second: more."),
    Body(
      name: "message", text: #"{"status":"fail","message":"Come back","key":"kept-to-itself"}"#,
      type: "application/json", words: "Come back."),
    Body(
      name: "HTML",
      text: "<!doctype html><title>Not &amp; now</title><p>kept-to-itself",
      type: "text/html", words: "Not & now."),
    Body(
      name: "problem+json",
      text: #"{"type":"about:blank","title":"Trouble","detail":"It is late","x":"kept-to-itself"}"#,
      type: "application/problem+json", words: "Trouble: It is late."),
  ]

  /// A row of the table in docs/errors.md.
  private struct Row {
    let statuses: ClosedRange<Int>
    let isLater: Bool
    let sentence: String
    let nextStep: String
    let exitCode: Int32
    let tries: Int
  }

  private static func rows() throws -> [Row] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/errors.md"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 6, let exitCode = Int32(cells[4]), let tries = Int(cells[5]) else { return nil }
      let ends = cells[0].split(separator: "–").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last else { return nil }
      return Row(
        statuses: first...last, isLater: cells[1] == "later", sentence: cells[2], nextStep: cells[3],
        exitCode: exitCode, tries: tries)
    }
  }

  private static func row(_ status: Int, isLater: Bool, _ rows: [Row]) -> Row? {
    rows.first { $0.statuses.contains(status) && isLater && $0.isLater }
      ?? rows.first { $0.statuses.contains(status) && !$0.isLater }
  }

  /// Exit codes as the design has them, apart from the table.
  private static func exitCode(_ status: Int, isLater: Bool) -> Int32 {
    switch status {
    case 400, 404, 410, 422: if isLater { return 75 }
    default: break
    }
    return switch status {
    case 401, 402, 403, 407, 451: 77
    case 408, 409, 423, 425, 429: 75
    case 404, 405, 406, 410, 421, 426, 500...599: 69
    default: 65
    }
  }

  private static func options() -> HTTPOptions {
    var options = FaultRequest.options()
    options.limits.connect = 20_000
    options.limits.headers = 20_000
    options.limits.idle = 20_000
    options.limits.whole = 30_000
    options.retries.firstPause = 0
    return options
  }

  /// Statuses that have no body in HTTP.
  private static func hasBody(_ status: Int) -> Bool { status != 204 && status != 304 }

  @Test(
    "Every status has the message, next step and exit code of docs/errors.md, and quotes the server",
    .tags(.t17))
  func everyStatus() async throws {
    let rows = try StatusErrorTests.rows()
    let bodies = StatusErrorTests.bodies
    let server = try await FaultServer { _, head in
      // GET /3/v1/api_key/?limit=404&…
      guard let number = head.split(separator: "/").dropFirst().first.flatMap({ Int($0) }),
        let limit = head.firstMatch(of: /limit=([0-9]+)/)?.1, let status = Int(limit)
      else { return .http(500, "") }
      let body = bodies[number]
      return StatusErrorTests.hasBody(status)
        ? .http(status, body.text, type: body.type)
        : FaultServer.Answer(bytes: Array("HTTP/1.1 \(status) X\r\n\r\n".utf8))
    }
    var count = 0
    for (number, body) in bodies.enumerated() {
      // One connection for all statuses.
      let source = HTTPKeySource(
        address: try ServerAddress(parsing: "\(server.url)/\(number)"), options: StatusErrorTests.options())
      for status in 200..<600 {
        for isLater in [false, true] {
          let before = source.requestCount
          let cursor = isLater ? PageCursor.after(KeyIdentifier("a")) : nil
          var thrown: KeySourceError?
          do throws(KeySourceError) {
            _ = try await source.page(PageRequest(limit: status, order: .descending, cursor: cursor))
          } catch {
            thrown = error
          }
          let error = try #require(thrown, "\(status) \(body.name)")
          let row = try #require(StatusErrorTests.row(status, isLater: isLater, rows))
          check(error, status, body, row, isLater: isLater)
          #expect(source.requestCount - before == row.tries, "\(status) \(body.name)")
          count += 1
        }
      }
      await source.close()
    }
    await server.close()
    print(
      "figure T17: \(count) responses of 400 statuses, 2 places and \(bodies.count) bodies, each as docs/errors.md says"
    )
  }

  private func check(_ error: KeySourceError, _ status: Int, _ body: Body, _ row: Row, isLater: Bool) {
    let text = "\(status) \(body.name): \(error.message) \(error.nextStep)"
    #expect(error.exitCode == StatusErrorTests.exitCode(status, isLater: isLater), "\(text)")
    #expect(!text.contains(body.hidden), "\(text)")
    #expect(!error.message.lowercased().contains("status \(status)"), "\(text)")
    #expect(error.nextStep.count > 8 && error.nextStep.last == ".", "\(text)")
    let isSuccess = (200..<300).contains(status) && ![204, 205, 206].contains(status)
    if isSuccess, body.words == nil || body.name == "HTML" {
      // No status of failure, and no words: what the body is says it all.
      #expect(error.serverWords == nil, "\(text)")
      return
    }
    #expect(error.exitCode == row.exitCode && error.status == status, "\(text)")
    #expect(error.message.components(separatedBy: "(\(status)").count == 2, "\(text)")
    let beginning = row.sentence.prefix { $0 != "(" }
    let wanted = beginning.replacing("URL", with: "http://").replacing("HOST", with: "127.0.0.1")
    if (300..<400).contains(status) {
      #expect(error.serverWords == nil, "\(text)")
      return
    }
    let start = wanted.components(separatedBy: "http://")[0]
    #expect(error.message.hasPrefix(start), "\(text) / \(wanted)")
    #expect(error.message.contains(", on a later page") == isLater, "\(text)")
    if StatusErrorTests.hasBody(status), let words = body.words {
      #expect(error.message.hasSuffix(": \(words)"), "\(text)")
      #expect(error.serverWords.map { $0 + "." } == words, "\(text)")
      if body.name == "OAuth", ![403, 422, 400, 426].contains(status) {
        #expect(error.nextStep == row.nextStep, "\(text)")
      }
    } else {
      #expect(error.serverWords == nil, "\(text)")
    }
  }

  @Test("The message gives the page number and the number of keys loaded", .tags(.t17))
  func places() async throws {
    let server = try await FaultServer { index, _ in
      index < 2 ? .http(200, StatusErrorTests.page(index)) : .http(503, #"{"detail":"Over quota"}"#)
    }
    var options = StatusErrorTests.options()
    options.retries.tries = 1
    let source = HTTPKeySource(address: try ServerAddress(parsing: server.url), options: options)
    var cursor: PageCursor?
    for _ in 0..<2 {
      let page = try await source.page(PageRequest(limit: 2, order: .descending, cursor: cursor))
      cursor = page.lastID.map { .after($0) }
    }
    var messages: [String] = []
    for request in [
      PageRequest(limit: 2, order: .descending, cursor: cursor),
      PageRequest(limit: 2, order: .ascending, cursor: cursor),
      PageRequest(limit: 2, order: .descending),
    ] {
      do throws(KeySourceError) { _ = try await source.page(request) } catch { messages.append(error.message) }
    }
    await source.close()
    await server.close()
    #expect(
      messages == [
        "The server is not available now (503), on page 3, after 4 keys: Over quota.",
        "The server is not available now (503), on a later page: Over quota.",
        "The server is not available now (503): Over quota.",
      ])
  }

  private static func page(_ number: Int) -> String {
    let ids = (0..<2).map { "00000000-0000-4000-8000-00000000000\(number * 2 + $0)" }
    let records = ids.map {
      "{\"id\":\"\($0)\",\"name\":\"n\",\"created_date\":\"2025-01-01T00:00:00Z\",\"last_four_digits\":\"ab12\","
        + "\"creator_id\":null,\"restricted\":true,\"permissions\":[]}"
    }
    return
      "{\"data\":[\(records.joined(separator: ","))],\"has_more\":true,\"first_id\":\"\(ids[0])\",\"last_id\":\"\(ids[1])\"}"
  }

  @Test(
    "The server's message comes from the header if the body has none, or adds to it", .tags(.t17),
    arguments: [
      (
        401, "Bearer error=\"invalid_token\", error_description=\"The token expired\"", "{}",
        "invalid_token: The token expired"
      ),
      (401, "Bearer realm=\"keys, \\\"all\\\"\"", "", "the realm is keys, \"all\""),
      (401, "Bearer", #"{"detail":"Not authenticated"}"#, "Not authenticated"),
      (
        403, "Bearer error=insufficient_scope, scope=\"a b\", error_description=\"More scope\"", #"{"detail":"No"}"#,
        "No; insufficient_scope: More scope"
      ),
      (400, "Bearer error=\"invalid_token\"", "{}", "invalid_token"),
      (401, "Basic realm=\"Staff\"", "", "the realm is Staff"),
      (401, "Negotiate, Basic realm=\"Staff\"", "", nil),
      (401, "Negotiate YII=, Bearer error=x", "", "x"),
      (401, "\u{1}\"=,,,=", "", nil),
    ])
  func challenges(status: Int, header: String, body: String, words: String?) async throws {
    let error = try await FaultRequest.page { _, _ in
      .http(status, body, headers: "WWW-Authenticate: \(header.replacing("\u{1}", with: ""))\r\n")
    }.error
    #expect(error?.serverWords == words)
    #expect(error?.exitCode == 77)
    let isBearer = header.contains("Bearer") || header.hasPrefix("\u{1}")
    #expect(error?.nextStep.contains("bearer tokens only") == !isBearer || status == 403, "\(error?.nextStep ?? "")")
  }

  @Test("A rejected parameter is named in the next step", .tags(.t17))
  func parameters() async throws {
    for (words, option) in [
      (#"{"detail":[{"loc":["query","limit"],"msg":"m"}]}"#, "--page-size"),
      (#"{"detail":"`order` must be up"}"#, "--order"),
      (#"{"detail":"Unknown parameter after given"}"#, "--after-param"),
      (#"{"message":"limit must be less than 100"}"#, "--page-size"),
      (#"{"message":"Header X-Tenant is required"}"#, "--limit-param"),
    ] {
      for status in [400, 422] {
        let error = try await FaultRequest.page(request: PageRequest(limit: 7, order: .descending), words, status)
        #expect(error?.nextStep.contains(option) == true, "\(words): \(error?.nextStep ?? "")")
        #expect(error?.nextStep.contains("names of the parameters") == words.contains("Tenant"))
      }
    }
  }

  @Test("A TLS server's message about plain HTTP is recognised", .tags(.t17))
  func tlsInWords() async throws {
    for (body, type) in [
      ("<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>", "text/html"),
      ("Client sent an HTTP request to an HTTPS server.\n", "text/plain"),
      (
        "<!DOCTYPE HTML><title>400 Bad Request</title><p>You're speaking plain HTTP to an SSL-enabled server port.",
        "text/html"
      ),
    ] {
      let error = try await FaultRequest.page { _, _ in .http(400, body, type: type) }.error
      if body.contains("You're") {
        #expect(error?.serverWords == "Bad Request")
        continue
      }
      guard case .speaksTLS? = error else {
        Issue.record("\(body): \(String(describing: error))")
        continue
      }
    }
  }

  @Test("Only the message of an error body is shown, bounded and on one line", .tags(.t18))
  func bounded() async throws {
    let cases: [(type: String, body: String, words: String?)] = [
      ("text/plain", "upstream connect error\r\nworker-001", "upstream connect error"),
      ("text/plain; charset=utf-8", "\n\n  Too  many\tkeys.  \n", nil),
      ("text/plain", "503 no healthy upstream\n", "no healthy upstream"), ("text/plain", "4711 worker-001 x", nil),
      ("text/plain", "worker-001", nil), ("text/plain", "id,name,created,x\n1,worker-001,3,4", nil),
      ("text/plain", "{\"id\": \"worker-001\", \"x\": 1}", nil), ("text/plain", "worker-001|a b|c d", nil),
      ("text/plain", "- worker-001 is here", nil), ("text/csv", "name of key\nworker-001 a", nil),
      ("application/octet-stream", "some worker-001 words", nil), ("image/png", "some worker-001 words", nil),
      ("text/plain", String(repeating: "word ", count: 100) + "worker-001", nil),
      (
        "application/json", "{\"detail\":\"\(String(repeating: "long ", count: 100))\"}",
        String(repeating: "long ", count: 60) + "…"
      ),
      ("application/json", #"{"detail":"a\n\tb\r\n\u2028c"}"#, "a b c"),
      ("application/json", #"{"data":[{"name":"worker-001"}],"keys":["worker-001"]}"#, nil),
      ("application/json", #"["worker-001",{"name":"worker-001"}]"#, nil),
      ("application/json", #"{"detail":"503"}"#, nil), ("application/json", #"{"detail":"HTTP status 503"}"#, nil),
      ("application/json", #"{"error":"Error code: 503","name":"worker-001"}"#, nil),
      (
        "application/xml", "<Error><Code>Slow</Code><Message>Slow &lt;down&gt;</Message><Key>worker-001</Key></Error>",
        "Slow <down>"
      ),
      (
        "text/html", "<html><title> 503 Service \n Temporarily <b>Un</b>available </title><h1>worker-001",
        "Service Temporarily Unavailable"
      ),
      ("text/html", "<html><h1>worker-001 is here", nil), ("text/html", "<html><title>never ends worker-001", nil),
      ("text/html", "<html><title>&#x41;&#66;&nbsp;&bogus;&#xD800;</title>", "AB &bogus;&#xD800;"),
    ]
    for (type, body, words) in cases {
      let error = try await FaultRequest.page { _, _ in .http(503, body, type: type) }.error
      #expect(error?.serverWords == words, "\(body)")
      #expect(error?.message.contains("worker-001") == false, "\(error?.message ?? "")")
      #expect(error?.message.contains { $0.isNewline } == false)
    }
    print("figure T18: \(cases.count) bodies of failures, nothing shown but the message")
  }

  @Test(
    "An error object in place of a list is an error, whatever the status", .tags(.t17), arguments: [200, 201, 203, 299])
  func errorsOfSuccess(status: Int) async throws {
    for (body, words) in [
      (#"{"error":{"message":"The key was revoked"}}"#, "The key was revoked"),
      (#"{"ok":false,"error":"invalid_auth"}"#, "invalid_auth"),
      (#"{"data":null,"errors":[{"message":"No access"}]}"#, "No access"), (#"{"success":false,"message":"no"}"#, "no"),
    ] {
      let error = try await FaultRequest.page { _, _ in .http(status, body) }.error
      #expect(error?.serverWords == words, "\(body): \(String(describing: error))")
      #expect(
        error?.message == "The server sent an error where a list was asked for (\(status)), on a later page: \(words).")
    }
    #expect(try await FaultRequest.page { _, _ in .http(status, FaultRequest.emptyPage) }.error == nil)
    for body in ["{}", #"{"name":"worker"}"#, "[]", "5", #"{"data":[]}"#] {
      let error = try await FaultRequest.page { _, _ in .http(status, body) }.error
      guard case .badJSON? = error else {
        Issue.record("\(body): \(String(describing: error))")
        continue
      }
    }
  }

  @Test("An error member beside a list is an error, and harmless members are not", .tags(.t17))
  func errorsBesideLists() async throws {
    let id = "00000000-0000-4000-8000-000000000001"
    for data in ["", #"{"id":"\#(id)"}"#, (0..<5000).map { #"{"id":"\#($0)"}"# }.joined(separator: ",")] {
      func page(_ more: String) -> String { #"{"data":[\#(data)],"has_more":false,\#(more)}"# }
      for more in [
        #""status":"error","message":"shard 3 is down""#, #""status":"FAILED","message":"shard 3 is down""#,
        #""status":"failure","detail":"shard 3 is down""#, #""success":false,"message":"shard 3 is down""#,
        #""status":503,"message":"shard 3 is down""#, #""error":"shard 3 is down""#,
        #""error":{"message":"shard 3 is down"}"#, #""errors":["shard 3 is down"]"#,
        #""errors":[{"message":"shard 3 is down"}],"error":null"#, #""error":true,"message":"shard 3 is down""#,
        #""error":{"code":7,"errors":[{"message":"shard 3 is down"}]}"#,
      ] {
        let body = page(more)
        let error = try await FaultRequest.page { _, _ in .http(body) }.error
        #expect(
          error?.serverWords == "shard 3 is down" && error?.exitCode == 65, "\(more): \(String(describing: error))")
      }
      for more in [#""error":{"code":7}"#, #""errors":[7]"#, #""ok":false"#, #""status":"error""#] {
        let body = page(more)
        let error = try await FaultRequest.page { _, _ in .http(body) }.error
        #expect(error == .badJSON(reason: "it reports an error in place of a whole list"), "\(more)")
      }
      for more in [
        #""errors":[]"#, #""error":null"#, #""error":false"#, #""error":"""#, #""error":{}"#, #""errors":{"limit":[]}"#,
        #""error":{"code":0,"message":null}"#, #""message":"ok""#, #""status":"ok","message":"fine""#, #""status":200"#,
        #""success":true,"ok":true"#, #""warnings":["old"]"#, #""error":"x","error":null"#, #""errors":0"#,
      ] {
        let body = page(more)
        #expect(try await FaultRequest.page { _, _ in .http(body) }.error == nil, "\(more)")
      }
    }
  }

  @Test("The server's message is found in every common error format", .tags(.t17))
  func formsOfWords() async throws {
    for (body, words) in [
      (#"{"message":["a is odd","b is odd"]}"#, "a is odd; b is odd"),
      (#"{"detail":" ","message":"no disk"}"#, "no disk"),
      (#"{"detail":"\t","error":"","message":"no disk"}"#, "no disk"), (#""The disk is full""#, "The disk is full"),
      (#"["The disk is full"]"#, "The disk is full"),
      (#"["The disk is full","So is the tape."]"#, "The disk is full; So is the tape"),
      (#"{"messages":["no disk",{"text":1}]}"#, "no disk"),
      (#"{"error":{"errors":[{"message":"no disk"}]}}"#, "no disk"),
      (#"{"error":{"code":5,"error":"no disk"}}"#, "no disk"), (#"{"Error":{"Message":"no disk"}}"#, "no disk"),
      (#"{"message":{"message":"no disk"}}"#, "no disk"),
      (#"{"errors":{"messages":["no disk"]}}"#, "messages: no disk"),
      (#"{"errorMessage":"no disk"}"#, "no disk"), (#"{"detail":{"error":{"errors":["no disk"]}}}"#, "no disk"),
      // What may be a key, a name or a list of them is none.
      (#""f2c1a9-secret""#, nil), (#"["worker-1","worker-2"]"#, nil), (#"["The disk is full","worker-1"]"#, nil),
      (String(repeating: #"{"error":"#, count: 2000) + #""deep""# + String(repeating: "}", count: 2000), nil),
    ] as [(String, String?)] {
      let error = try await FaultRequest.page { _, _ in .http(418, body) }.error
      #expect(error?.serverWords == words, "\(body): \(String(describing: error))")
    }
  }

  @Test("An undecodable body does not hide the status of a failure", .tags(.t17))
  func compressedFailures() async throws {
    let gzip = try Gzip.compress(Array(#"{"detail":"The token expired"}"#.utf8))
    for (coding, body, words) in [
      ("gzip", gzip, "The token expired" as String?), ("br", gzip, nil), ("gzip", gzip.dropLast(6) + [], nil),
      ("gzip", Array("plain".utf8), nil),
    ] {
      let error = try await FaultRequest.page { _, _ in .http(401, body, headers: "Content-Encoding: \(coding)\r\n") }
        .error
      #expect(error?.status == 401 && error?.serverWords == words, "\(coding): \(String(describing: error))")
      #expect(words != nil || error?.message.contains("compressed with") == true)
    }
  }
}

extension FaultRequest {
  fileprivate static func page(request: PageRequest, _ body: String, _ status: Int) async throws -> KeySourceError? {
    let server = try await FaultServer { _, _ in .http(status, body) }
    let error = try await page(of: server.url, request: request)
    await server.close()
    return error
  }
}
