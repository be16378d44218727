import APIKeyClient
import APIKeyHTTPClient

/// The demonstration's keys; holds the server as long as they are wanted.
struct DemoKeySource: KeySource {
  private let source: HTTPKeySource
  private let server: DemoServer

  init(_ source: HTTPKeySource, server: DemoServer) {
    self.source = source
    self.server = server
  }

  var label: String { "\(source.label) (demonstration)" }
  var requestCount: Int { source.requestCount }
  var isRereadable: Bool { true }
  func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage { try await source.page(request) }
  func close() async { await source.close() }
}
