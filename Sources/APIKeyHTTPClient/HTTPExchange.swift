import APIKeyClient
import AsyncHTTPClient

/// One request and its answer, within the limits of time and size.
struct HTTPExchange: Sendable {
  struct Answer: Sendable {
    var status: Int
    var body: [UInt8]
    var contentType: String
    var location: String?
    var retryAfter: String?
  }

  let session: HTTPSession
  let address: ServerAddress
  let options: HTTPOptions
  let bodies: BodyPool

  func run(_ request: HTTPClient.Request) async throws(KeySourceError) -> Answer {
    let collector = AnswerCollector(options: options, body: bodies.take())
    let task = session.client.execute(request: request, delegate: collector)
    let watch = RequestWatch(
      task, collector: collector, session: session, host: address.host, limits: options.limits)
    defer { watch.cancel() }
    do {
      return try await withTaskCancellationHandler {
        try await task.get()
      } onCancel: {
        task.cancel()
      }
    } catch let error as KeySourceError {
      throw error
    } catch {
      throw Task.isCancelled ? .cancelled : ConnectionFailure.map(error, address: address, options: options)
    }
  }
}
