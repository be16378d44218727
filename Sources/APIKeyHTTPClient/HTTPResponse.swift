import NIOHTTP1

/// One request: what is sent, and nothing else. The header fields are fixed but for the token.
struct HTTPRequest: Sendable {
  /// The path and query, as the request line has them.
  var target: String
  /// The value of `Host`.
  var host: String
  /// The value of `Authorization`; nil for none.
  var authorization: String?

  var head: HTTPRequestHead {
    var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: target)
    head.headers.add(name: "Host", value: host)
    head.headers.add(name: "Accept", value: "application/json")
    head.headers.add(name: "Accept-Encoding", value: "gzip")
    head.headers.add(name: "User-Agent", value: "apikeys-tui")
    if let authorization { head.headers.add(name: "Authorization", value: authorization) }
    return head
  }
}

/// One whole response, its body decompressed.
struct HTTPResponse: Sendable {
  var status: Int
  var body: [UInt8]
  var contentType: String
  var location: String?
  var retryAfter: String?
  /// The values of `WWW-Authenticate`.
  var challenges: [String] = []
  /// The value of `Upgrade`.
  var upgrade: String?
  /// The coding of a body that could not be decompressed, and is left out; only with a status of failure.
  var unknownCoding: String?
}
