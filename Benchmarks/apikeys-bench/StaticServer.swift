import APIKeyModel
import NIOCore
import NIOPosix

/// A server whose responses are ready in memory: the cost of loading its pages is the client's and the network's.
enum StaticServer {
  /// Prints its port, then serves until it is ended.
  static func run(keys: Int) throws {
    let list = ReadyKeys(keys)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let channel = try ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(RequestHandler(list))
        }
      }
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: 0).wait()
    print(channel.localAddress?.port ?? 0)
    fflush(nil)
    try channel.closeFuture.wait()
  }
}

/// Every key as JSON, end to end, in both orders: a page of either is a piece of what is there.
final class ReadyKeys: Sendable {
  let count: Int
  private let newestFirst: ByteBuffer
  private let oldestFirst: ByteBuffer
  /// Where each key ends in the one, from the newest key on, and in the other, from the oldest.
  private let ends: [Int]
  private let turnedEnds: [Int]

  init(_ count: Int) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * 420)
    var ends: [Int] = []
    for number in 0..<count {
      SyntheticKeys.append(number, to: &bytes)
      bytes.append(UInt8(ascii: ","))
      ends.append(bytes.count)
    }
    var turned: [UInt8] = []
    turned.reserveCapacity(bytes.count)
    var turnedEnds: [Int] = []
    for number in (0..<count).reversed() {
      turned.append(contentsOf: bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]])
      turnedEnds.append(turned.count)
    }
    self.count = count
    newestFirst = ByteBuffer(bytes: bytes)
    oldestFirst = ByteBuffer(bytes: turned)
    self.ends = ends
    self.turnedEnds = turnedEnds
  }

  /// The body of a page.
  func page(after: Int?, limit: Int, descending: Bool) -> (body: ByteBuffer, tail: String) {
    let step = descending ? 1 : -1
    let start = after.map { $0 + step } ?? (descending ? 0 : count - 1)
    let left = descending ? count - start : start + 1
    let taken = max(min(limit, left), 0)
    let tail = "],\(SyntheticKeys.ends(start, taken, step)),\"has_more\":\(taken < left)}"
    if taken == 0 { return (ByteBuffer(), tail) }
    let (bytes, ends) = descending ? (newestFirst, ends) : (oldestFirst, turnedEnds)
    let place = descending ? start : count - 1 - start
    let first = place == 0 ? 0 : ends[place - 1]
    // Without the comma after the last.
    return (bytes.getSlice(at: first, length: ends[place + taken - 1] - 1 - first) ?? ByteBuffer(), tail)
  }
}

/// Serves pages to GET requests, one after another.
private final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  private let list: ReadyKeys
  private var received = ByteBuffer()

  init(_ list: ReadyKeys) { self.list = list }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var part = unwrapInboundIn(data)
    received.writeBuffer(&part)
    let end = Array("\r\n\r\n".utf8)
    while let head = received.readableBytesView.firstRange(of: end) {
      let text = received.readString(length: head.upperBound - received.readerIndex) ?? ""
      answer(text.prefix { $0 != "\r\n" }, context)
    }
  }

  private func answer(_ line: Substring, _ context: ChannelHandlerContext) {
    var parameters: [Substring: Substring] = [:]
    let target = line.split(separator: " ").dropFirst().first ?? ""
    for pair in target.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { parameters[parts[0]] = parts[1] }
    }
    let after = parameters["after"].flatMap { UUID128(String($0)) }.map(SyntheticKeys.number)
    let limit = parameters["limit"].flatMap { Int($0) } ?? 50
    let (body, tail) = list.page(after: after, limit: limit, descending: parameters["order"] != "asc")
    let length = 9 + body.readableBytes + tail.utf8.count
    context.write(
      wrapOutboundOut(
        ByteBuffer(
          string: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(length)\r\n\r\n{\"data\":[")),
      promise: nil)
    context.write(wrapOutboundOut(body), promise: nil)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: tail)), promise: nil)
  }
}

extension ByteBufferView {
  /// The index of the first occurrence of a few bytes.
  fileprivate func firstRange(of needle: [UInt8]) -> Range<Int>? {
    guard count >= needle.count else { return nil }
    for start in startIndex...(endIndex - needle.count) where self[start] == needle[0] {
      if self[start..<start + needle.count].elementsEqual(needle) { return start..<start + needle.count }
    }
    return nil
  }
}
