import APIKeyClient
import Digests
import NIOCore

/// Asks a proxy for a tunnel, and is gone once it is open.
///
/// The response is read by hand: its status line, and everything up to the blank line. A proxy that sends more than
/// that before the tunnel's client has spoken is refused, so that nothing of it can be taken for the server's.
final class ProxyTunnel: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  struct Refusal: Error { let reason: ProxyProblem }

  private let target: String
  private let user: ProxyAddress.User?
  private let completion: (Result<Void, Refusal>) -> Void
  private var received: [UInt8] = []
  private var isDone = false

  /// No proxy needs more for its response.
  private static let limit = 1 << 16

  /// `target` is `host:port`; `completion` is called once, on the loop.
  init(target: String, user: ProxyAddress.User?, completion: @escaping (Result<Void, Refusal>) -> Void) {
    self.target = target
    self.user = user
    self.completion = completion
  }

  func handlerAdded(context: ChannelHandlerContext) {
    var text = "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n"
    if let user {
      text += "Proxy-Authorization: Basic \(Base64.text(Array("\(user.name):\(user.password)".utf8)))\r\n"
    }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDone else { return }
    let searched = max(received.count - 3, 0)
    received += unwrapInboundIn(data).readableBytesView
    guard let end = ProxyTunnel.endOfHeaders(received, from: searched) else {
      if received.count > ProxyTunnel.limit { finish(.failure(Refusal(reason: .responseTooLong))) }
      return
    }
    guard let status = ProxyTunnel.status(received) else {
      return finish(.failure(Refusal(reason: .notHTTP)))
    }
    switch status {
    case 200..<300:
      finish(end == received.count ? .success(()) : .failure(Refusal(reason: .speaksForServer)))
    case 407: finish(.failure(Refusal(reason: .wantsPassword(userWasSent: user != nil))))
    default: finish(.failure(Refusal(reason: .refusedTunnel(status: status))))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish(.failure(Refusal(reason: .closed)))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    finish(.failure(Refusal(reason: .lost)))
  }

  private func finish(_ result: Result<Void, Refusal>) {
    guard !isDone else { return }
    isDone = true
    completion(result)
  }

  /// The index after the blank line.
  private static func endOfHeaders(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + 3 < bytes.count {
      if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 { return index + 4 }
      index += 1
    }
    return nil
  }

  /// The status of `HTTP/1.x NNN…`; nil for anything else.
  private static func status(_ received: [UInt8]) -> Int? {
    guard received.starts(with: "HTTP/1.".utf8), received.count > 12, received[7] == 0x30 || received[7] == 0x31,
      received[8] == 0x20,
      received[12] == 0x20 || received[12] == 0x0D
    else { return nil }
    let digits = received[9..<12]
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return status >= 100 ? status : nil
  }
}
