import Hummingbird
import Logging

/// Answers requests: the list endpoint, its OpenAPI document, and FastAPI's manners for everything else.
struct KeyResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let database: KeyDatabase
  let totals: Bool
  private let document: ByteBuffer

  init(database: KeyDatabase, totals: Bool) {
    self.database = database
    self.totals = totals
    document = ByteBuffer(bytes: OpenAPIDocument.bytes(totals: totals))
  }

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    let target = request.head.path ?? "/"
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = parts.count > 1 ? String(parts[1]) : ""
    switch parts[0] {
    case "/v1/api_key/":
      guard request.method == .get else { return notAllowed() }
      return await list(query, authorization: request.headers[.authorization], context)
    case "/v1/api_key":
      return redirect(request, query: parts.count > 1 ? "?" + query : "")
    case "/openapi.json":
      guard request.method == .get else { return notAllowed() }
      return json(.ok, document)
    default:
      return refusal(.notFound, "Not Found")
    }
  }

  private func list(_ query: String, authorization: String?, _ context: BasicRequestContext) async -> Response {
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
      switch try await database.answer(parsed, token: token, totals: totals) {
      case .page(let body): return json(.ok, ByteBuffer(bytes: body))
      case .unauthenticated: return unauthenticated()
      case .missingPermission: return forbidden()
      case .unknownCursor(let name): return refusal(.notFound, "No key has the id given in \(name)")
      }
    } catch {
      context.logger.error("list failed", metadata: ["error": "\(error)"])
      return refusal(.internalServerError, "Internal Server Error")
    }
  }

  private func redirect(_ request: Request, query: String) -> Response {
    let origin = request.head.authority.map { "http://" + $0 } ?? ""
    return Response(status: .temporaryRedirect, headers: [.location: origin + "/v1/api_key/" + query])
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
