import NIOCore

/// The handler nearest the network: counts what arrives, and ends a connection at once, whatever is above it.
///
/// Closing from above would make TLS send its close alert first, which in the middle of a handshake waits for the peer.
final class WireWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private var context: ChannelHandlerContext?
  /// Bytes since ``restart()``.
  private(set) var received = 0
  /// The first two of them.
  private(set) var firstBytes: [UInt8] = []

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }
  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    if received < 2 { firstBytes += buffer.readableBytesView.prefix(2 - received) }
    received += buffer.readableBytes
    context.fireChannelRead(data)
  }

  func restart() {
    received = 0
    firstBytes = []
  }

  func abort() { context?.close(promise: nil) }
}
