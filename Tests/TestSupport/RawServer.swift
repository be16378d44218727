import NIOCore
import NIOPosix

/// Sends the same text to whoever says anything, on a free port of one address.
package final class RawServer: Sendable {
  package let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  private init(channel: any Channel, group: MultiThreadedEventLoopGroup) {
    self.channel = channel
    self.group = group
    port = channel.localAddress?.port ?? 0
  }

  package static func start(_ text: String, host: String = "127.0.0.1") async throws -> RawServer {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Reply(text)) }
      }
      .bind(host: host, port: 0).get()
    return RawServer(channel: channel, group: group)
  }

  package func close() async {
    // A server that is gone already is what is wanted.
    do { try await channel.close() } catch {}
    do { try await group.shutdownGracefully() } catch {}
  }

  private final class Reply: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let text: String
    init(_ text: String) { self.text = text }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      context.channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}
