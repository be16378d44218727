import APIKeyClient
import Synchronization
import TerminalCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A source that notes each request and its outcome: times and counts, never the token, never a key.
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
      outcome("keys=\(page.keys.count) unreadable=\(page.unreadable) more=\(page.hasMore)")
      return page
    } catch {
      outcome("failed: \(error.message)")
      throw error
    }
  }
}

/// A file that lines are added to; readable by its owner alone, never a link.
final class RequestLog: Sendable {
  private let descriptor: Int32

  init(path: String) throws(CommandFailure) {
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw .logFile(path: path, reason: String(cString: strerror(errno))) }
  }

  deinit { close(descriptor) }

  /// Adds one line in one write, so that two programs never mix theirs.
  func write(_ text: String) {
    var line = "\(LocalTime.text(LocalTime.now())) \(DisplayText(text, charset: .ascii).string)\n"
    line.withUTF8 { bytes in
      // The log is beside the work: a full disk must not stop it.
      _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
  }
}
