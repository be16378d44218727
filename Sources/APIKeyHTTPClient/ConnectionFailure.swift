import APIKeyClient
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Turns what the network library throws into the causes people know.
enum ConnectionFailure {
  static func map(_ error: any Error, address: ServerAddress, options: HTTPOptions) -> KeySourceError {
    let host = address.host
    if let error = error as? HTTPClientError { return map(error, host: host, options: options) }
    if let error = error as? NIOConnectionError { return map(error, host: host) }
    if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
      return .tlsFailed(host: host, reason: tlsReason(error))
    }
    if let error = error as? IOError { return map(errno: error.errnoCode, host: host, port: address.port) }
    if case .invalidEOFState? = error as? HTTPParserError { return .truncatedAnswer(host: host) }
    if error is HTTPParserError { return .badJSON(reason: "it is not HTTP") }
    let name = String(describing: type(of: error))
    if name.contains("Decompression") { return .answerTooLarge(limitBytes: options.maximumBody) }
    return .connectionLost(host: host)
  }

  private static func map(_ error: HTTPClientError, host: String, options: HTTPOptions) -> KeySourceError {
    switch error {
    case .connectTimeout: return .connectTimedOut(host: host, seconds: max(options.connectLimit / 1000, 1))
    case .readTimeout: return .answerTimedOut(host: host, seconds: max(options.idleLimit / 1000, 1))
    case .deadlineExceeded, .getConnectionFromPoolTimeout, .requestStreamCancelled:
      return .requestTimedOut(host: host, seconds: max(options.requestLimit / 1000, 1))
    case .cancelled: return .cancelled
    case .remoteConnectionClosed: return .connectionLost(host: host)
    case .tlsHandshakeTimeout: return .tlsFailed(host: host, reason: "the handshake took too long")
    case .httpProxyHandshakeTimeout, .proxyAuthenticationRequired:
      return .proxyFailed(proxy: options.proxy?.host ?? host, reason: "it did not open a tunnel")
    default:
      if let proxy = options.proxy { return .proxyFailed(proxy: proxy.host, reason: "it did not open a tunnel") }
      return .connectionLost(host: host)
    }
  }

  private static func map(_ error: NIOConnectionError, host: String) -> KeySourceError {
    if error.connectionErrors.isEmpty { return .nameNotFound(host: error.host) }
    for failure in error.connectionErrors {
      if let failure = failure.error as? IOError { return map(errno: failure.errnoCode, host: host, port: error.port) }
      if case .connectTimeout? = failure.error as? ChannelError { return .connectTimedOut(host: host, seconds: 10) }
    }
    return .unreachable(host: host, reason: "no address answered")
  }

  private static func map(errno code: Int32, host: String, port: Int) -> KeySourceError {
    switch code {
    case ECONNREFUSED: .connectionRefused(host: host, port: port)
    case EHOSTUNREACH, ENETUNREACH: .unreachable(host: host, reason: "there is no route")
    case ETIMEDOUT: .connectTimedOut(host: host, seconds: 10)
    case ECONNRESET, EPIPE: .connectionLost(host: host)
    default: .unreachable(host: host, reason: "system error \(code)")
    }
  }

  private static func tlsReason(_ error: any Error) -> String {
    let text = String(describing: error)
    if text.contains("CERTIFICATE_VERIFY_FAILED") || text.contains("unableToValidateCertificate") {
      return "its certificate is not trusted, is expired, or is for another name"
    }
    if text.contains("WRONG_VERSION_NUMBER") { return "the server does not speak TLS on this port" }
    return "the handshake failed"
  }
}
