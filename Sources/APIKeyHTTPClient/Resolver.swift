import Glibc
import NIOCore
import NIOPosix

/// Names to addresses, by the system, on a thread of its own: neither the connections' loop nor the threads that work
/// on keys may wait for a resolver that does not respond.
enum Resolver {
  enum Failure: Error { case notFound }

  /// One thread: lookups that hang must not take more and more of them. Those queued after a hanging one end by their
  /// own limit of time, and are then passed over.
  private static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 1)
    pool.start()
    return pool
  }()

  /// More addresses than this are not tried.
  private static let limit = 16

  /// The addresses of a host, in the order to try them: a literal and `localhost` without a query.
  ///
  /// Throws `Failure`. `isWanted` is asked on another thread, before the lookup begins.
  static func addresses(
    of host: String, port: Int, on loop: any EventLoop, isWanted: @escaping @Sendable () -> Bool
  ) -> EventLoopFuture<[SocketAddress]> {
    if let known = literal(host, port: port) { return loop.makeSucceededFuture(known) }
    return pool.runIfActive(eventLoop: loop) {
      guard isWanted() else { throw Failure.notFound }
      return try lookUp(host, port: port)
    }
  }

  /// The addresses that need no lookup; nil for a name.
  static func literal(_ host: String, port: Int) -> [SocketAddress]? {
    // By definition (RFC 6761), whatever a resolver or /etc/hosts returns.
    let names = host == "localhost" ? ["127.0.0.1", "::1"] : [host]
    let addresses = names.compactMap { try? SocketAddress(ipAddress: $0, port: port) }  // A name is not an error here.
    return addresses.isEmpty ? nil : addresses
  }

  private static func lookUp(_ host: String, port: Int) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &list) == 0 else { throw Failure.notFound }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let info = next, addresses.count < limit {
      if let address = address(info.pointee), !addresses.contains(address) { addresses.append(address) }
      next = info.pointee.ai_next
    }
    guard !addresses.isEmpty else { throw Failure.notFound }
    return addresses
  }

  private static func address(_ info: addrinfo) -> SocketAddress? {
    switch info.ai_family {
    case AF_INET:
      info.ai_addr?.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { SocketAddress($0.pointee) }
    case AF_INET6:
      info.ai_addr?.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { SocketAddress($0.pointee) }
    default: nil
    }
  }
}
