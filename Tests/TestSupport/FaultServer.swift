import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// A TCP server on a free loopback port that answers HTTP requests with scripted bytes, faults included.
package final class FaultServer: Sendable {
  /// What a connection gets for one request.
  package struct Answer: Sendable {
    package enum Ending: Sendable {
      case keep
      case close
      /// Nothing more, and the connection stays.
      case hang
      case reset
    }
    package var bytes: [UInt8]
    package var ending: Ending
    /// Sent again and again until the peer goes away.
    package var endless: [UInt8]
    /// Parts of this many bytes, one a `milliseconds`; 0 for everything at once.
    package var slice = 0
    package var milliseconds: Int64 = 0

    package init(bytes: [UInt8], ending: Ending = .keep, endless: [UInt8] = []) {
      self.bytes = bytes
      self.ending = ending
      self.endless = endless
    }

    /// A whole answer with status 200.
    package static func http(_ body: String, type: String = "application/json") -> Answer {
      http(200, body, type: type)
    }

    /// A whole HTTP answer with the right length.
    package static func http(
      _ status: Int, _ body: String, type: String = "application/json", headers: String = ""
    ) -> Answer {
      Answer(
        bytes: Array(
          "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
            .utf8))
    }
  }

  private struct Record {
    var heads: [String] = []
    var connections = 0
  }

  package let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup
  private let record: RecordBox

  private final class RecordBox: Sendable {
    let value = Mutex(Record())
  }

  /// Answers request number `index` (from 0) with `answer(index, head)`. Port 0 is any free one.
  package init(port wanted: Int = 0, _ answer: @escaping @Sendable (Int, String) -> Answer) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let record = RecordBox()
    self.record = record
    channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        record.value.withLock { $0.connections += 1 }
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            FaultHandler { head in
              let index = record.value.withLock { record in
                record.heads.append(head)
                return record.heads.count - 1
              }
              return answer(index, head)
            })
        }
      }
      .bind(host: "127.0.0.1", port: wanted).get()
    port = channel.localAddress?.port ?? 0
  }

  /// The heads of all requests, in order.
  package var heads: [String] { record.value.withLock { $0.heads } }
  package var connections: Int { record.value.withLock { $0.connections } }
  package var url: String { "http://127.0.0.1:\(port)" }

  package func close() async {
    // A server that is gone already is what is wanted.
    do { try await channel.close() } catch {}
    do { try await group.shutdownGracefully() } catch {}
  }
}

/// Collects one request head at a time and plays the answer to it.
private final class FaultHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let answer: (String) -> FaultServer.Answer
  private var received: [UInt8] = []

  init(_ answer: @escaping (String) -> FaultServer.Answer) { self.answer = answer }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += Array(unwrapInboundIn(data).readableBytesView)
    guard received.suffix(4) == [13, 10, 13, 10] else { return }
    let head = String(decoding: received, as: UTF8.self)
    received = []
    play(answer(head), channel: context.channel)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func play(_ answer: FaultServer.Answer, channel: any Channel) {
    if answer.slice > 0 {
      // The head goes at once: it is the body that trickles.
      let blankLine = answer.bytes.indices.first { answer.bytes[$0...].starts(with: [13, 10, 13, 10]) }
      let headEnd = blankLine.map { $0 + 4 } ?? 0
      if headEnd > 0 { channel.writeAndFlush(ByteBuffer(bytes: answer.bytes[..<headEnd]), promise: nil) }
      FaultHandler.slice(answer, from: headEnd, channel: channel)
      return
    }
    channel.writeAndFlush(ByteBuffer(bytes: answer.bytes)).whenSuccess { FaultHandler.end(answer, channel: channel) }
  }

  private static func slice(_ answer: FaultServer.Answer, from start: Int, channel: any Channel) {
    guard start < answer.bytes.count, channel.isActive else { return end(answer, channel: channel) }
    let stop = min(start + answer.slice, answer.bytes.count)
    channel.writeAndFlush(ByteBuffer(bytes: answer.bytes[start..<stop]), promise: nil)
    channel.eventLoop.scheduleTask(in: .milliseconds(answer.milliseconds)) {
      slice(answer, from: stop, channel: channel)
    }
  }

  private static func end(_ answer: FaultServer.Answer, channel: any Channel) {
    if !answer.endless.isEmpty {
      channel.writeAndFlush(ByteBuffer(bytes: answer.endless)).whenSuccess { end(answer, channel: channel) }
      return
    }
    switch answer.ending {
    case .keep, .hang: break
    case .close: channel.close(promise: nil)
    case .reset:
      // With no time to linger, closing resets the connection.
      guard let socket = channel as? any SocketOptionProvider else { return channel.close(promise: nil) }
      socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
    }
  }
}
