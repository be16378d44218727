import APIKeyClient
import NIOCore
import NIOHTTP1

/// One connection to the server, ready for requests: one at a time, its responses given to the exchange it serves.
/// Lives on its event loop.
final class HTTPConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let channel: any Channel
  private let wire: WireWatch
  /// Counts what comes out of TLS: its goodbye and its tickets are no part of a response.
  private let heard: WireWatch
  /// The result of the certificate check; nil without TLS.
  let certificates: CertificateCheck?
  private var context: ChannelHandlerContext?
  private var exchange: HTTPExchange?
  private var keepsAlive = false
  private(set) var idleSince = NIODeadline.now()
  /// Told once, when the connection is gone.
  private var whenGone: (HTTPConnection) -> Void = { _ in }

  private let maximumHeaderBytes: Int
  /// Only while a response is awaited: what comes at rest must not become the beginning of the next one.
  private var decoder: ByteToMessageHandler<HTTPResponseDecoder>?

  init(
    channel: any Channel, wire: WireWatch, heard: WireWatch, certificates: CertificateCheck?, maximumHeaderBytes: Int
  ) {
    self.maximumHeaderBytes = maximumHeaderBytes
    self.channel = channel
    self.wire = wire
    self.heard = heard
    self.certificates = certificates
  }

  var isUsable: Bool { context != nil && channel.isActive }

  func onceGone(_ action: @escaping (HTTPConnection) -> Void) { whenGone = action }

  /// Sends a request; its response goes to `exchange`.
  func send(_ request: HTTPRequest, for exchange: HTTPExchange) {
    guard let context else { return exchange.connectionFailed(ChannelError.ioOnClosedChannel, receivedBytes: 0) }
    self.exchange = exchange
    keepsAlive = false
    heard.restart()
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderListSize = maximumHeaderBytes
    // The decoder holds a field from its name on, and white space before a value counts for no limit of its own.
    let decoder = ByteToMessageHandler(
      HTTPResponseDecoder(
        leftOverBytesStrategy: .fireError, informationalResponseStrategy: .forward, limitConfiguration: limits),
      maximumBufferSize: maximumHeaderBytes)
    do {
      try context.pipeline.syncOperations.addHandler(decoder, position: .before(self))
    } catch {
      self.exchange = nil
      return exchange.connectionFailed(error, receivedBytes: 0)
    }
    self.decoder = decoder
    context.write(wrapOutboundOut(.head(request.head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  /// Ends it at once; the exchange hears nothing more.
  func abort() {
    exchange = nil
    wire.abort()
  }

  /// Closes it in order. Over TLS the peer is notified, and not waited for longer than the TLS configuration allows.
  func close() {
    exchange = nil
    channel.close(promise: nil)
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }
  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // Unrequested: what a server sends between two requests could be taken for the next response.
    guard let exchange else { return wire.abort() }
    switch unwrapInboundIn(data) {
    case .head(let head):
      if head.status.code >= 200 { keepsAlive = head.isKeepAlive }
      exchange.receive(head: head)
    case .body(let part): exchange.receive(part: part)
    case .end:
      self.exchange = nil
      idleSince = .now()
      let mayReuse = keepsAlive
      guard let decoder else { return exchange.receiveEnd(mayReuse: false) }
      self.decoder = nil
      // Bytes after the response are an error then, which ends the connection before it is given back.
      context.pipeline.syncOperations.removeHandler(decoder).assumeIsolated().whenComplete { _ in
        exchange.receiveEnd(mayReuse: mayReuse)
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let exchange else { return wire.abort() }
    self.exchange = nil
    exchange.connectionFailed(error, receivedBytes: heard.received, firstBytes: heard.firstBytes)
    wire.abort()
  }

  func channelInactive(context: ChannelHandlerContext) {
    let exchange = exchange
    self.exchange = nil
    whenGone(self)
    whenGone = { _ in }
    exchange?.connectionFailed(ChannelError.eof, receivedBytes: heard.received, firstBytes: heard.firstBytes)
    context.fireChannelInactive()
  }

  /// Any byte shows that the peer is there, a part of the headers too.
  func channelReadComplete(context: ChannelHandlerContext) { exchange?.heard() }
}
