import NIOCore
import NIOPosix
import Synchronization

/// A proxy on a free loopback port that answers CONNECT, leads every tunnel to one port of this machine, and keeps
/// every byte it could have read.
package final class ConnectProxy: Sendable {
  package let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup
  private let seen: SeenBytes

  final class SeenBytes: Sendable {
    let bytes = Mutex<[UInt8]>([])
  }

  /// `status` other than 200 refuses the tunnel.
  package init(target: Int, status: Int = 200) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let seen = SeenBytes()
    self.seen = seen
    channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(TunnelHandler(target: target, status: status, seen: seen))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  /// Everything clients sent, in order of arrival.
  package var bytes: [UInt8] { seen.bytes.withLock { $0 } }
  /// What came before the tunnel: the head of the first request.
  package var firstHead: String {
    let bytes = bytes
    let end = bytes.indices.first { bytes[$0...].starts(with: [13, 10, 13, 10]) } ?? bytes.endIndex
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  package func close() async {
    do { try await channel.close() } catch {}
    do { try await group.shutdownGracefully() } catch {}
  }
}

/// One side of a tunnel: reads the CONNECT, then passes bytes on to its peer.
private final class TunnelHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let target: Int
  private let status: Int
  private let seen: ConnectProxy.SeenBytes?
  private var peer: (any Channel)?
  private var head: [UInt8] = []

  init(target: Int, status: Int, seen: ConnectProxy.SeenBytes?, peer: (any Channel)? = nil) {
    self.target = target
    self.status = status
    self.seen = seen
    self.peer = peer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    seen?.bytes.withLock { $0 += Array(buffer.readableBytesView) }
    if let peer { return peer.writeAndFlush(buffer, promise: nil) }
    head += Array(buffer.readableBytesView)
    guard head.suffix(4) == [13, 10, 13, 10] else { return }
    let channel = context.channel
    guard status == 200 else {
      channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n"), promise: nil)
      return
    }
    let loop = context.eventLoop
    let bound = NIOLoopBound(self, eventLoop: loop)
    ClientBootstrap(group: loop)
      .channelInitializer { other in
        other.eventLoop.makeCompletedFuture {
          try other.pipeline.syncOperations.addHandler(
            TunnelHandler(target: 0, status: 0, seen: nil, peer: channel))
        }
      }
      .connect(host: "127.0.0.1", port: target)
      .whenSuccess { other in
        bound.value.peer = other
        channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n"), promise: nil)
      }
  }

  func channelInactive(context: ChannelHandlerContext) {
    peer?.close(promise: nil)
    peer = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
