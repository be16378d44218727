import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Keeps at most so many connections open: one more closes the connection that has waited longest for its request.
///
/// Refusing new connections instead would let a few hundred silent ones shut out everybody.
final class ConnectionLimit: Sendable {
  private struct Waiting {
    let channel: any Channel
    var busy: Bool
    var since: NIODeadline
  }

  private let maximum: Int
  private let connections = Mutex<[ObjectIdentifier: Waiting]>([:])

  init(maximum: Int) { self.maximum = maximum }

  func opened(_ channel: any Channel) {
    let victim = connections.withLock { connections -> (any Channel)? in
      connections[ObjectIdentifier(channel)] = Waiting(channel: channel, busy: false, since: .now())
      guard connections.count > maximum else { return nil }
      let oldest = connections.values.filter { !$0.busy }.min { $0.since < $1.since }?.channel ?? channel
      connections[ObjectIdentifier(oldest)] = nil
      return oldest
    }
    victim?.close(promise: nil)
  }

  func closed(_ channel: any Channel) {
    connections.withLock { connections in
      connections[ObjectIdentifier(channel)] = nil
    }
  }

  /// A request is being answered (such a connection is never given up), or has been.
  func mark(_ channel: any Channel, busy: Bool) {
    connections.withLock { connections in
      connections[ObjectIdentifier(channel)]?.busy = busy
      connections[ObjectIdentifier(channel)]?.since = .now()
    }
  }
}

/// Counts one connection, and closes it when no whole request arrives in time, however steadily bytes trickle in.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limit: ConnectionLimit
  private let timeout: TimeAmount
  private var deadline: Scheduled<Void>?

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
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .end = unwrapInboundIn(data) {
      deadline?.cancel()
      limit.mark(context.channel, busy: true)
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) {
      limit.mark(context.channel, busy: false)
      startWaiting(context)
    }
    context.write(data, promise: promise)
  }

  private func startWaiting(_ context: ChannelHandlerContext) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
  }
}
