import Glibc
import NIOCore
import NIOPosix

/// Collects one request head at a time and plays the answer to it.
final class FaultHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let received: (Int) -> Void
  private let answer: (String) -> FaultServer.Answer
  private let closed: () -> Void
  private var pending: [UInt8] = []

  /// `received` is told of every byte, `answer` gets a whole head, `closed` is called when the peer is gone.
  init(
    received: @escaping (Int) -> Void, answer: @escaping (String) -> FaultServer.Answer, closed: @escaping () -> Void
  ) {
    self.received = received
    self.answer = answer
    self.closed = closed
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data).readableBytesView
    received(bytes.count)
    pending += Array(bytes)
    guard pending.suffix(4) == [13, 10, 13, 10] else { return }
    let head = String(decoding: pending, as: UTF8.self)
    pending = []
    FaultHandler.play(answer(head), channel: context.channel)
  }

  func channelInactive(context: ChannelHandlerContext) {
    closed()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private static func play(_ answer: FaultServer.Answer, channel: any Channel) {
    guard answer.latency > 0 else { return begin(answer, channel: channel) }
    channel.eventLoop.scheduleTask(in: .milliseconds(answer.latency)) { begin(answer, channel: channel) }
  }

  private static func begin(_ answer: FaultServer.Answer, channel: any Channel) {
    let bytes = answer.cut.bytes
    guard let slices = answer.slices else {
      channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenSuccess { end(answer, channel: channel) }
      return
    }
    let first = bytes.prefix(slices.from)
    if !first.isEmpty { channel.writeAndFlush(ByteBuffer(bytes: first), promise: nil) }
    slice(answer, bytes.dropFirst(slices.from), channel: channel)
  }

  private static func slice(_ answer: FaultServer.Answer, _ rest: ArraySlice<UInt8>, channel: any Channel) {
    guard let slices = answer.slices, !rest.isEmpty, channel.isActive else { return end(answer, channel: channel) }
    channel.writeAndFlush(ByteBuffer(bytes: rest.prefix(slices.bytes)), promise: nil)
    channel.eventLoop.scheduleTask(in: .milliseconds(slices.milliseconds)) {
      slice(answer, rest.dropFirst(slices.bytes), channel: channel)
    }
  }

  private static func end(_ answer: FaultServer.Answer, channel: any Channel) {
    if !answer.endless.isEmpty {
      channel.writeAndFlush(ByteBuffer(bytes: answer.endless)).whenSuccess { end(answer, channel: channel) }
      return
    }
    let ending = answer.cut.ending
    guard ending == .close || ending == .reset else { return }
    channel.eventLoop.scheduleTask(in: .milliseconds(answer.closeDelay)) {
      // With no time to linger, closing resets the connection.
      guard ending == .reset, let socket = channel as? any SocketOptionProvider else {
        return channel.close(promise: nil)
      }
      socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
    }
  }
}
