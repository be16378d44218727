import APIKeyClient
import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The connections to one server: an HTTP client, on the thread that all sessions share.
final class HTTPSession: Sendable {
  let client: HTTPClient
  /// Never shut down: a name that is still looked up, or a connection that is still made, when a session is closed would
  /// schedule on a loop that is gone, and the library says so on standard error.
  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let connections: ConnectionMoments
  /// Most bytes of an answer that are read at once.
  private static let partSize = 1 << 18

  /// When a connection was last made, TLS and proxy included; nil before the first.
  private final class ConnectionMoments: Sendable {
    let newest = Mutex<ContinuousClock.Instant?>(nil)
  }

  init(isSecure: Bool, options: HTTPOptions) throws(KeySourceError) {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(
      connect: .milliseconds(Int64(options.limits.connect)), read: .milliseconds(Int64(options.limits.idle)))
    configuration.decompression = .enabled(limit: .size(options.maximumBody))
    configuration.httpVersion = .http1Only
    // The library would try a refused connection again until the time is over.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.proxy = options.proxy.map { proxy in
      .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.user.map { .basic(username: $0.name, password: $0.password) })
    }
    if isSecure {
      var tls = TLSConfiguration.makeClientConfiguration()
      if let caFile = options.caFile {
        do {
          tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(caFile))]
        } catch {
          throw .unusableCertificates(path: caFile, reason: HTTPSession.problem(ofFile: caFile))
        }
      }
      configuration.tlsConfiguration = tls
    }
    let connections = ConnectionMoments()
    // The library does not tell otherwise where connecting ends and waiting for the answer begins.
    configuration.http1_1ConnectionDebugInitializer = { channel in
      connections.newest.withLock { $0 = .now }
      // A page is some hundred thousand bytes: each part of it wakes another thread.
      return channel.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: HTTPSession.partSize))
    }
    self.connections = connections
    client = HTTPClient(eventLoopGroupProvider: .shared(HTTPSession.group), configuration: configuration)
  }

  /// Why a file gave no certificate: the library says only that there is none.
  private static func problem(ofFile path: String) -> String {
    var info = stat()
    guard stat(path, &info) == 0 else {
      return errno == ENOENT ? "there is no such file" : String(cString: strerror(errno))
    }
    if info.st_mode & S_IFMT == S_IFDIR { return "it is a directory" }
    guard access(path, R_OK) == 0 else { return String(cString: strerror(errno)) }
    return "it holds no certificate in PEM form"
  }

  var newestConnection: ContinuousClock.Instant? { connections.newest.withLock { $0 } }

  /// Sleeps as `Task.sleep` does, by the connections' thread: the clock of the language's pool would start that pool,
  /// which then wakes every second.
  func sleep(until end: ContinuousClock.Instant) async throws {
    let left = end - .now
    let scheduled = HTTPSession.group.next().scheduleTask(in: .nanoseconds(Int64(left / .nanoseconds(1)))) {}
    try await withTaskCancellationHandler {
      try await scheduled.futureResult.get()
    } onCancel: {
      scheduled.cancel()
    }
  }

  /// Ends the connections; gives up waiting for peers that do not say goodbye, since the system closes what is left.
  func close() async {
    let (ended, reporter) = AsyncStream<Void>.makeStream()
    let patience = HTTPSession.group.next().scheduleTask(in: .milliseconds(100)) { reporter.finish() }
    client.shutdown { _ in reporter.finish() }
    for await _ in ended {}
    patience.cancel()
  }
}
