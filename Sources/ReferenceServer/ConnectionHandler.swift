import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Counts one connection, and serves its requests one after the other.
///
/// A request is passed on once the system has taken the whole previous response: a client that sends requests and reads
/// nothing gets one page made, not one for each. It closes when no whole request arrives in time, however steadily
/// bytes trickle in, and when a response is not read in time.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// Parts of requests that may wait here: what one read of the socket may bring beyond is refused.
  private static let maximumWaitingParts = 256

  private let limit: ConnectionLimit
  private let timeout: TimeAmount
  private var deadline: Scheduled<Void>?
  /// A whole request was passed on, and its response is not yet with the system.
  private var isResponding = false
  private var waitingParts = CircularBuffer<HTTPRequestPart>()
  private var readWasAsked = false

  init(limit: ConnectionLimit, timeout: TimeAmount) {
    self.limit = limit
    self.timeout = timeout
  }

  func handlerAdded(context: ChannelHandlerContext) {
    limit.opened(context.channel)
    startWaiting(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    limit.closed(context.channel)
    deadline?.cancel()
    waitingParts.removeAll()
    context.fireChannelInactive()
  }

  func read(context: ChannelHandlerContext) {
    // What is not read stays with the client.
    if isResponding { readWasAsked = true } else { context.read() }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    guard isResponding else { return pass(part, context) }
    guard waitingParts.count < ConnectionHandler.maximumWaitingParts else { return context.close(promise: nil) }
    waitingParts.append(part)
  }

  private func pass(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
    if case .end = part {
      isResponding = true
      deadline?.cancel()
      limit.mark(context.channel)
    }
    context.fireChannelRead(wrapInboundOut(part))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let promise = promise ?? context.eventLoop.makePromise()
    switch unwrapOutboundIn(data) {
    case .head:
      limit.mark(context.channel)
      startWaiting(context)
    case .body(let body):
      let channel = context.channel
      let count = body.readableBytes
      limit.addUnread(count, of: channel)
      promise.futureResult.whenComplete { [limit] _ in limit.addUnread(-count, of: channel) }
    case .end:
      let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      promise.futureResult.whenSuccess { handler.value.finishResponse(bound.value) }
    }
    context.write(data, promise: promise)
  }

  /// The system has the whole response: on to the next request.
  private func finishResponse(_ context: ChannelHandlerContext) {
    isResponding = false
    limit.mark(context.channel)
    startWaiting(context)
    var passedSome = false
    while !isResponding, let part = waitingParts.popFirst() {
      pass(part, context)
      passedSome = true
    }
    if passedSome { context.fireChannelReadComplete() }
    if !isResponding, readWasAsked {
      readWasAsked = false
      context.read()
    }
  }

  private func startWaiting(_ context: ChannelHandlerContext) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
  }
}
