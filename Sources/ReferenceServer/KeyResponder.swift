import Hummingbird
import Logging
import NIOCore

/// Responds to requests: the list endpoint, its OpenAPI document, and FastAPI's responses for everything else.
struct KeyResponder: HTTPResponder {
  typealias Context = ConnectionContext

  let database: KeyDatabase
  let totals: Bool
  private let deletedCursor: DeletedCursor
  /// Nil if it is not requested.
  private let positions: ServedPositions?
  private let queue: ResponseQueue
  private let document: ByteBuffer

  init(database: KeyDatabase, totals: Bool, deletedCursor: DeletedCursor, queue: ResponseQueue) {
    self.database = database
    self.totals = totals
    self.deletedCursor = deletedCursor
    positions = deletedCursor == .skip ? ServedPositions() : nil
    self.queue = queue
    document = ByteBuffer(bytes: OpenAPIDocument.bytes(totals: totals))
  }

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    let target = request.head.path ?? "/"
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = parts.count > 1 ? String(parts[1]) : ""
    switch parts[0] {
    case "/v1/api_key/":
      guard request.method == .get else { return notAllowed() }
      return await list(query, authorization: request.headers[.authorization], context)
    case "/v1/api_key":
      return redirect(query: parts.count > 1 ? "?" + query : "")
    case "/openapi.json":
      guard request.method == .get else { return notAllowed() }
      return json(.ok, document)
    default:
      return refusal(.notFound, "Not Found")
    }
  }

  private func list(_ query: String, authorization: String?, _ context: ConnectionContext) async -> Response {
    let token = BearerToken.presented(in: authorization)
    do {
      let parsed: ListQuery
      do throws(ValidationProblems) {
        parsed = try ListQuery(query: query, acceptsPage: totals)
      } catch {
        // Who may not list keys learns nothing about the parameters.
        switch try await database.authorization(of: token) {
        case .allowed: return json(.unprocessableContent, ByteBuffer(bytes: error.body))
        case .missingPermission: return forbidden()
        case .unauthenticated: return unauthenticated()
        }
      }
      let result = try await queue.run { () -> ListResponse? in
        // Who went away while the request waited wants no page any more.
        guard context.channel.isActive else { return nil }
        return try await database.list(parsed, token: token, totals: totals, positions: positions)
      }
      guard let result else { return refusal(.serviceUnavailable, "The connection is closed") }
      switch result {
      case .page(let body): return json(.ok, ByteBuffer(bytes: body))
      case .unauthenticated: return unauthenticated()
      case .missingPermission: return forbidden()
      case .unknownCursor(let name): return unknownCursor(name)
      }
    } catch {
      context.logger.error("list failed", metadata: ["error": "\(error)"])
      return refusal(.internalServerError, "Internal Server Error")
    }
  }

  private func unknownCursor(_ name: String) -> Response {
    switch deletedCursor {
    case .notFound, .skip: return refusal(.notFound, "No key has the id given in \(name)")
    case .badRequest: return refusal(.badRequest, "No key has the id given in \(name)")
    case .gone: return refusal(.gone, "The key given in \(name) no longer exists")
    case .unprocessable:
      let problem = ValidationProblem(
        type: "value_error", parameter: name, message: "No key has this id", input: "", context: nil)
      return json(.unprocessableContent, ByteBuffer(bytes: ValidationProblems(list: [problem]).body))
    case .empty:
      var start = JSONBytes()
      start.raw("{\"data\":[")
      var body = PageBody(json: start, reversed: false)
      return json(.ok, ByteBuffer(bytes: body.finished(hasMore: false, totals: totals ? (nil, 1) : nil)))
    }
  }

  /// To the same server, which is not named: the name in the request is the client's word.
  private func redirect(query: String) -> Response {
    Response(status: .temporaryRedirect, headers: [.location: "/v1/api_key/" + query])
  }

  private func unauthenticated() -> Response {
    var response = refusal(.unauthorized, "Not authenticated")
    response.headers[.wwwAuthenticate] = "Bearer"
    return response
  }

  private func forbidden() -> Response {
    refusal(.forbidden, "This token does not have the permission \(KeyDatabase.listPermission)")
  }

  private func notAllowed() -> Response {
    var response = refusal(.methodNotAllowed, "Method Not Allowed")
    response.headers[.allow] = "GET"
    return response
  }

  private func refusal(_ status: HTTPResponse.Status, _ detail: String) -> Response {
    var body = JSONBytes()
    body.raw("{\"detail\":")
    body.string(detail)
    body.raw("}")
    return json(status, ByteBuffer(bytes: body.bytes))
  }

  private func json(_ status: HTTPResponse.Status, _ body: ByteBuffer) -> Response {
    Response(status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
  }
}

/// A request's context that knows its connection.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
