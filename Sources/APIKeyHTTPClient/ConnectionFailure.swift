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
    if let proxy = options.proxy, let reason = proxyReason(error) {
      return .proxyFailed(proxy: proxy.host, reason: reason)
    }
    if let error = error as? HTTPClientError { return map(error, host: host, options: options) }
    let seconds = max(options.limits.connect / 1000, 1)
    if let error = error as? NIOConnectionError { return map(error, host: host, seconds: seconds) }
    if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
      return .tlsFailed(host: host, reason: tlsReason(error))
    }
    if let error = error as? IOError {
      return map(errno: error.errnoCode, host: host, port: address.port, seconds: seconds)
    }
    if let error = error as? HTTPParserError {
      switch error {
      case .invalidEOFState: return .truncatedAnswer(host: host)
      case .headerOverflow: return .headTooLarge(limitBytes: options.maximumHead)
      default: return .badJSON(reason: "it is not HTTP")
      }
    }
    let name = String(describing: type(of: error))
    if name.contains("Decompression") {
      return "\(error)" == "limit"
        ? .answerTooLarge(limitBytes: options.maximumBody) : .badJSON(reason: "its compression is broken")
    }
    return .connectionLost(host: host)
  }

  private static func map(_ error: HTTPClientError, host: String, options: HTTPOptions) -> KeySourceError {
    switch error {
    case .connectTimeout: return .connectTimedOut(host: host, seconds: max(options.limits.connect / 1000, 1))
    case .readTimeout: return .answerTimedOut(host: host, seconds: max(options.limits.idle / 1000, 1))
    case .deadlineExceeded, .getConnectionFromPoolTimeout, .requestStreamCancelled:
      return .requestTimedOut(host: host, seconds: max(options.limits.whole / 1000, 1))
    case .cancelled: return .cancelled
    case .remoteConnectionClosed: return .connectionLost(host: host)
    case .tlsHandshakeTimeout: return .tlsFailed(host: host, reason: "the handshake took too long")
    case .httpProxyHandshakeTimeout:
      return .proxyFailed(proxy: options.proxy?.host ?? host, reason: "it did not answer in time")
    case .proxyAuthenticationRequired:
      return .proxyFailed(proxy: options.proxy?.host ?? host, reason: "it wants a user name and password")
    case .invalidProxyResponse:
      return .proxyFailed(proxy: options.proxy?.host ?? host, reason: "it did not open a tunnel")
    default: return .connectionLost(host: host)
    }
  }

  private static func map(_ error: NIOConnectionError, host: String, seconds: Int) -> KeySourceError {
    if error.connectionErrors.isEmpty { return .nameNotFound(host: error.host) }
    for failure in error.connectionErrors {
      if let failure = failure.error as? IOError {
        return map(errno: failure.errnoCode, host: host, port: error.port, seconds: seconds)
      }
      if case .connectTimeout? = failure.error as? ChannelError {
        return .connectTimedOut(host: host, seconds: seconds)
      }
    }
    return .unreachable(host: host, reason: "no address answered")
  }

  /// Why no connection to a proxy came about: it is the one that is connected to. Nil for what comes later.
  private static func proxyReason(_ error: any Error) -> String? {
    let cause = (error as? NIOConnectionError)?.connectionErrors.first?.error ?? error
    if let error = error as? NIOConnectionError, error.connectionErrors.isEmpty { return "its name was not found" }
    guard let code = (cause as? IOError)?.errnoCode else {
      return error is NIOConnectionError ? "it cannot be reached" : nil
    }
    switch code {
    case ECONNREFUSED: return "it refused the connection"
    case EHOSTUNREACH, ENETUNREACH: return "there is no route to it"
    default: return error is NIOConnectionError ? "it cannot be reached" : nil
    }
  }

  private static func map(errno code: Int32, host: String, port: Int, seconds: Int) -> KeySourceError {
    switch code {
    case ECONNREFUSED: .connectionRefused(host: host, port: port)
    case EHOSTUNREACH, ENETUNREACH: .unreachable(host: host, reason: "there is no route")
    case ETIMEDOUT: .connectTimedOut(host: host, seconds: seconds)
    case ECONNRESET, EPIPE: .connectionLost(host: host)
    default: .unreachable(host: host, reason: "system error \(code)")
    }
  }

  private static func tlsReason(_ error: any Error) -> String {
    let text = String(describing: error)
    if text.contains("failedToValidateHostname") || text.contains("unableToValidateCertificate") {
      return "its certificate is for another name"
    }
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not trusted, or has expired" }
    if text.contains("WRONG_VERSION_NUMBER") { return "the server does not speak TLS on this port" }
    return "the handshake failed"
  }
}
