import APIKeyClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Makes one connection: finds the addresses, tries them, asks the proxy for a tunnel, greets over TLS, and checks who
/// is at the other end. Lives on the loop of its session. Its limit of time is its owner's.
final class Dial {
  private struct Attempt {
    let channel: any Channel
    let wire: WireWatch
  }

  /// Read by the thread that looks names up.
  private final class Life: Sendable {
    let isOver = Atomic<Bool>(false)
  }

  private let session: HTTPSession
  private let completion: (Result<HTTPConnection, KeySourceError>) -> Void
  private let life = Life()
  private var waiting: ArraySlice<SocketAddress> = []
  private var attempts: [ObjectIdentifier: Attempt] = [:]
  private var underWay = 0
  /// Addresses that had a listener before they were tried; only if that is checked at all.
  private var heardBefore: [SocketAddress] = []
  private var firstFailure: (any Error)?
  /// One of the addresses has responded: the others no longer matter.
  private var isConnected = false
  private var nextAttempt: Scheduled<Void>?
  /// The first two bytes that came before it failed.
  private(set) var firstBytes: [UInt8] = []
  /// Until the tunnel is open.
  private(set) var isWithProxy = false

  /// The next address is tried in parallel with one that has not responded for this long (RFC 8305).
  private static let attemptDelay = TimeAmount.milliseconds(250)
  /// Most bytes of a response that are read at once: a page is some hundred thousand, and each part costs a wake-up.
  private static let partSize = 1 << 18

  /// `completion` is called once, on the loop, unless it is cancelled before.
  init(session: HTTPSession, completion: @escaping (Result<HTTPConnection, KeySourceError>) -> Void) {
    self.session = session
    self.completion = completion
  }

  private var options: HTTPOptions { session.options }
  private var address: ServerAddress { session.address }
  private var isOver: Bool { life.isOver.load(ordering: .relaxed) }

  func start() {
    if let socket = session.connectedSocket {
      return connect { $0.withConnectedSocket(socket()) }
    }
    isWithProxy = options.proxy != nil
    let (host, port) = options.proxy.map { ($0.host, $0.port) } ?? (address.host, address.port)
    let life = life
    Resolver.addresses(of: host, port: port, on: session.loop) { !life.isOver.load(ordering: .relaxed) }
      .assumeIsolated().whenComplete { [self] in found($0) }
  }

  /// Ends everything that was begun, at once.
  func cancel() {
    life.isOver.store(true, ordering: .relaxed)
    nextAttempt?.cancel()
    let begun = attempts.values
    attempts = [:]
    for attempt in begun { end(attempt) }
  }

  private func finish(_ result: Result<HTTPConnection, KeySourceError>) {
    guard !isOver else { return }
    firstBytes = attempts.values.first { $0.wire.received > 0 }?.wire.firstBytes ?? []
    // What has become the connection is no attempt any more.
    cancel()
    completion(result)
  }

  private func fail(_ error: any Error, certificates: CertificateCheck? = nil) {
    finish(
      .failure(
        error as? KeySourceError
          ?? ConnectionFailure.map(error, session: session, certificates: certificates, isWithProxy: isWithProxy)))
  }

  private func end(_ attempt: Attempt) {
    // Before it is connected there is no handler's context yet that could close it.
    attempt.channel.isActive ? attempt.wire.abort() : attempt.channel.close(promise: nil)
  }

  // MARK: TCP

  private func found(_ result: Result<[SocketAddress], any Error>) {
    guard !isOver else { return }
    do {
      let addresses = try result.get()
      heardBefore = try session.listeners?.check(addresses) ?? []
      waiting = addresses[...]
      tryNext()
    } catch {
      fail(error)
    }
  }

  private func tryNext() {
    guard let address = waiting.popFirst() else { return }
    if !waiting.isEmpty {
      nextAttempt = session.loop.assumeIsolated().scheduleTask(in: Dial.attemptDelay) { [self] in tryNext() }
    }
    connect { $0.connect(to: address) }
  }

  private func connect(_ begin: (ClientBootstrap) -> EventLoopFuture<any Channel>) {
    let bound = NIOLoopBound(self, eventLoop: session.loop)
    let partSize = max(min(Dial.partSize, options.maximumBody), 4096)
    let bootstrap = ClientBootstrap(group: session.loop)
      // Its owner's limit is the one that ends it.
      .connectTimeout(.hours(2))
      // Nothing is read before there is a reader.
      .channelOption(.autoRead, value: false)
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: partSize))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let wire = WireWatch()
          try channel.pipeline.syncOperations.addHandler(wire)
          bound.value.attempts[ObjectIdentifier(channel)] = Attempt(channel: channel, wire: wire)
        }
      }
    underWay += 1
    begin(bootstrap).assumeIsolated().whenComplete { [self] in connected($0) }
  }

  private func connected(_ result: Result<any Channel, any Error>) {
    underWay -= 1
    switch result {
    case .failure(let error):
      guard !isOver, !isConnected else { return }
      firstFailure = firstFailure ?? error
      if !waiting.isEmpty {
        nextAttempt?.cancel()
        tryNext()
      } else if underWay == 0 {
        fail(firstFailure ?? error)
      }
    case .success(let channel):
      guard !isOver, !isConnected, let won = attempts.removeValue(forKey: ObjectIdentifier(channel)) else {
        channel.close(promise: nil)
        return
      }
      nextAttempt?.cancel()
      waiting = []
      isConnected = true
      let others = attempts.values
      attempts = [ObjectIdentifier(channel): won]
      for other in others { end(other) }
      greet(won)
    }
  }

  // MARK: Proxy and TLS

  private func greet(_ attempt: Attempt) {
    do {
      try session.listeners?.check(
        local: attempt.channel.localAddress, peer: attempt.channel.remoteAddress, heardBefore: heardBefore)
      if isWithProxy {
        try askForTunnel(attempt)
      } else if let tls = session.tls {
        try startTLS(attempt, tls)
      } else {
        try ready(attempt, certificates: nil)
      }
      attempt.channel.setOption(.autoRead, value: true).whenFailure { _ in }
    } catch {
      fail(error)
    }
  }

  private func askForTunnel(_ attempt: Attempt) throws {
    let host = address.host.contains(":") ? "[\(address.host)]" : address.host
    let pipeline = attempt.channel.pipeline.syncOperations
    var handler: ProxyTunnel?
    let tunnel = ProxyTunnel(target: "\(host):\(address.port)", user: options.proxy?.user) { [self] result in
      do {
        try result.get()
        isWithProxy = false
        if let handler { pipeline.removeHandler(handler).whenFailure { _ in } }
        handler = nil
        if let tls = session.tls {
          try startTLS(attempt, tls)
        } else {
          try ready(attempt, certificates: nil)
        }
      } catch {
        fail(error)
      }
    }
    handler = tunnel
    try pipeline.addHandler(tunnel, position: .after(attempt.wire))
  }

  private func startTLS(_ attempt: Attempt, _ tls: TLSPolicy) throws {
    let check = CertificateCheck(host: address.host, pins: options.pins)
    let watch = HandshakeWatch { [self] result in
      do {
        try result.get()
        // Before a byte of the request: the library knows the chain, this program what it demands of one.
        if let reason = check.verdict() { throw KeySourceError.tlsFailed(host: address.host, reason: reason) }
        try ready(attempt, certificates: check)
      } catch {
        fail(error, certificates: check)
      }
    }
    let pipeline = attempt.channel.pipeline.syncOperations
    // From the far end, so that the handshake begins when there is a handler for it.
    try pipeline.addHandler(watch)
    try pipeline.addHandler(try tls.makeHandler(check), position: .after(attempt.wire))
  }

  /// Nothing more is between this and the request.
  private func ready(_ attempt: Attempt, certificates: CertificateCheck?) throws {
    guard !isOver else { return }
    let pipeline = attempt.channel.pipeline.syncOperations
    let heard = WireWatch()
    let connection = HTTPConnection(
      channel: attempt.channel, wire: attempt.wire, heard: heard, certificates: certificates,
      maximumHeaderBytes: options.maximumHeaderBytes)
    var encoding = HTTPRequestEncoder.Configuration()
    encoding.automaticallySetFramingHeaders = false
    try pipeline.addHandler(heard)
    try pipeline.addHandler(HTTPRequestEncoder(configuration: encoding))
    try pipeline.addHandler(connection)
    attempts = [:]
    finish(.success(connection))
  }
}
