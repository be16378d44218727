import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The reference server: one database and one listening socket.
package struct KeyServer: Sendable {
  /// Where to listen, and how much to put up with.
  package struct Options: Sendable {
    package var deletedCursor = DeletedCursor.notFound
    package var host = "127.0.0.1"
    /// 0 for any free port.
    package var port = 3000
    /// Whether to report `current_page` and `total_pages`, and to read `page`.
    package var totals = false
    package var maximumConnections = 256
    /// Bytes of responses that clients have not read yet, over all connections.
    package var maximumUnread = 64 * 1024 * 1024
    /// Pages that are made at the same time.
    package var maximumResponses = max(2, System.coreCount / 2)
    package var headerBytes = 16 * 1024
    package var idleSeconds: Int64 = 30

    package init() {}
  }

  private let database: KeyDatabase
  private let options: Options

  package init(database: KeyDatabase, options: Options = Options()) {
    self.database = database
    self.options = options
  }

  /// Serves until SIGTERM or SIGINT (or the task's end), then finishes requests in progress within ten seconds.
  ///
  /// - Parameter listening: called once with the port.
  package func run(listening: @escaping @Sendable (Int) async -> Void) async throws {
    var logger = Logger(label: "apikeys-server") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .critical
    let limit = ConnectionLimit(maximum: options.maximumConnections, maximumUnread: options.maximumUnread)
    let idle = TimeAmount.seconds(options.idleSeconds)
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionHandler(limit: limit, timeout: idle)],
      idleTimeout: idle,
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: options.headerBytes, maxHeaderListSize: options.headerBytes, maxHeaderFieldCount: 100))
    let application = Application(
      responder: KeyResponder(
        database: database, totals: options.totals, deletedCursor: options.deletedCursor,
        queue: ResponseQueue(maximum: options.maximumResponses)),
      server: .http1(configuration: channel),
      configuration: ApplicationConfiguration(address: .hostname(options.host, port: options.port), backlog: 512),
      onServerRunning: { channel in await listening(channel.localAddress?.port ?? 0) },
      logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    // Whoever is still reading by then is cut off, so that the process ends in time.
    configuration.maximumGracefulShutdownDuration = .seconds(8)
    try await ServiceGroup(configuration: configuration).run()
  }
}
