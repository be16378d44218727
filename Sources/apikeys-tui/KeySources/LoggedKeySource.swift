import APIKeyClient
import APIKeyModel

/// A source that notes each request for a page and its outcome: status, length, counts and time. Nothing that a server
/// sent is written, neither keys nor its messages, and no token.
struct LoggedKeySource: KeySource {
  private let source: any KeySource
  private let log: RequestLog

  init(_ source: any KeySource, log: RequestLog) {
    self.source = source
    self.log = log
  }

  var label: String { source.label }
  var requestCount: Int { source.requestCount }
  var isRereadable: Bool { source.isRereadable }
  var hasBothOrders: Bool { source.hasBothOrders }
  func close() async { await source.close() }

  func page(_ request: PageRequest) async throws(KeySourceError) -> KeyPage {
    let start = ContinuousClock.now
    func outcome(_ text: String) {
      let took = (ContinuousClock.now - start) / .milliseconds(1)
      log.write("page limit=\(request.limit) order=\(request.order.rawValue) \(text) ms=\(Int(took))")
    }
    do throws(KeySourceError) {
      let page = try await source.page(request)
      let length = page.byteCount.map { "status=\(page.status ?? 200) bytes=\($0) " } ?? ""
      outcome("\(length)keys=\(page.keys.count) unreadable=\(page.unreadable) more=\(page.hasMore)")
      return page
    } catch {
      outcome("failed \(error.logText)")
      throw error
    }
  }
}
