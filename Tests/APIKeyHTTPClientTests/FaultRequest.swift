import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import TestSupport

/// One page asked of a fault server by the real client.
enum FaultRequest {
  static let emptyPage = #"{"data":[],"has_more":false,"first_id":null,"last_id":null}"#
  static let canary = "canary-5d0c1f7e-token"

  /// Short limits, so that a hanging server is found out soon.
  static func options() -> HTTPOptions {
    var options = HTTPOptions()
    options.limits.connect = 2000
    options.limits.headers = 4000
    options.limits.idle = 2000
    options.limits.whole = 6000
    options.retries.firstPause = 1
    options.maximumBody = 100_000
    options.token = SecretToken(utf8: Array(canary.utf8))
    return options
  }

  /// The error of one page from an address, if any.
  static func page(
    of url: String, options: HTTPOptions = options(),
    request: PageRequest = PageRequest(limit: 7, order: .descending, cursor: .after(KeyIdentifier("a b&c")))
  ) async throws -> KeySourceError? {
    let source = HTTPKeySource(address: try ServerAddress(parsing: url), options: options)
    var failure: KeySourceError?
    do throws(KeySourceError) {
      _ = try await source.page(request)
    } catch {
      failure = error
    }
    await source.close()
    return failure
  }

  /// Asks a server that answers by the script; gives the error, if any, and the requests it saw.
  static func page(
    options: HTTPOptions = options(), _ answer: @escaping @Sendable (Int, String) -> FaultServer.Answer
  ) async throws -> (error: KeySourceError?, heads: [String]) {
    let server = try await FaultServer(answer)
    let error = try await page(of: server.url, options: options)
    await server.close()
    return (error, server.heads)
  }
}
