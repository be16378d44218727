import APIKeyClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Turns what the network library throws into the causes people know.
enum ConnectionFailure {
  /// `receivedBytes` and `firstBytes` are what has come of the response; `isWithProxy` until a tunnel is open.
  static func map(
    _ error: any Error, session: HTTPSession, certificates: CertificateCheck?, isWithProxy: Bool = false,
    receivedBytes: Int = 0, firstBytes: [UInt8] = []
  ) -> KeySourceError {
    let host = session.address.host
    let options = session.options
    if isWithProxy, let proxy = options.proxy {
      return .proxyFailed(proxy: proxy.host, reason: proxyReason(error))
    }
    switch error {
    case is Resolver.Failure: return .nameNotFound(host: host)
    case ChannelError.connectTimeout:
      return .connectTimedOut(host: host, seconds: HTTPExchange.seconds(options.limits.connect))
    case NIOSSLError.uncleanShutdown, NIOSSLError.readInInvalidTLSState:
      return receivedBytes == 0 ? .connectionLost(host: host) : .truncatedResponse(host: host)
    case let error as HTTPParserError: return map(error, session: session, firstBytes: firstBytes)
    case is ByteToMessageDecoderError.PayloadTooLargeError:
      return .headersTooLarge(limitBytes: options.maximumHeaderBytes)
    case let error as IOError: return map(errno: error.errnoCode, session: session, received: receivedBytes)
    default: break
    }
    if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
      return .tlsFailed(host: host, reason: tlsReason(error, session: session, certificates: certificates))
    }
    // Over TLS, a server that wants a certificate may just hang up once it has the request.
    if certificates != nil, receivedBytes == 0, session.tls?.clientCertificateWasAsked == true {
      return .tlsFailed(host: host, reason: .wantsClientCertificate)
    }
    return .connectionLost(host: host)
  }

  /// Whether these begin a record of TLS.
  static func isTLS(_ firstBytes: [UInt8]) -> Bool {
    firstBytes.count == 2 && (0x14...0x17).contains(firstBytes[0]) && firstBytes[1] == 3
  }

  private static func map(_ error: HTTPParserError, session: HTTPSession, firstBytes: [UInt8]) -> KeySourceError {
    let address = session.address
    switch error {
    case .invalidEOFState: return .truncatedResponse(host: address.host)
    case .headerOverflow: return .headersTooLarge(limitBytes: session.options.maximumHeaderBytes)
    default:
      // An alert or another TLS record, in response to a request in clear text.
      return isTLS(firstBytes) ? .speaksTLS(host: address.host, port: address.port) : .badJSON(reason: "it is not HTTP")
    }
  }

  /// Why no tunnel through a proxy came about: it is the one that is connected to.
  private static func proxyReason(_ error: any Error) -> ProxyProblem {
    if let refusal = error as? ProxyTunnel.Refusal { return refusal.reason }
    if error is Resolver.Failure { return .nameNotFound }
    switch (error as? IOError)?.errnoCode {
    case ECONNREFUSED: return .refused
    case EHOSTUNREACH, ENETUNREACH: return .noRoute
    default: return .unreachable
    }
  }

  private static func map(errno code: Int32, session: HTTPSession, received: Int) -> KeySourceError {
    let host = session.address.host
    switch code {
    case ECONNREFUSED: return .connectionRefused(host: host, port: session.address.port)
    case EHOSTUNREACH, ENETUNREACH: return .unreachable(host: host, reason: "there is no route")
    case ETIMEDOUT:
      return .connectTimedOut(host: host, seconds: HTTPExchange.seconds(session.options.limits.connect))
    case ECONNRESET, EPIPE: return .connectionLost(host: host)
    default: return .unreachable(host: host, reason: "system error \(code)")
    }
  }

  private static func tlsReason(
    _ error: any Error, session: HTTPSession, certificates: CertificateCheck?
  ) -> TLSProblem {
    if let refusal = certificates?.refusal { return refusal }
    if let error = error as? NIOSSLExtraError {
      if error == .failedToValidateHostname { return .wrongName(certificates?.names ?? []) }
      if error == .serverHostnameImpossibleToMatch || error == .invalidSNIHostname { return .nameImpossible }
    }
    if session.tls?.clientCertificateWasAsked == true { return .wantsClientCertificate }
    let stack = errorStack(error)
    for reason in stack.compactMap(BoringSSLReason.init) {
      if let problem = reason.problem { return problem }
    }
    if stack.contains(.eofDuringHandshake) || stack.contains(.eofDuringAdditionalCertficiateChainValidation) {
      return .handshakeEnded
    }
    return .handshakeFailed(code: reasonCode(String(describing: error)))
  }

  private static func errorStack(_ error: any Error) -> NIOBoringSSLErrorStack {
    let inner: BoringSSLError? =
      switch error {
      case NIOSSLError.handshakeFailed(let inner), NIOSSLError.shutdownFailed(let inner): inner
      default: error as? BoringSSLError
      }
    return switch inner {
    case .sslError(let stack), .unknownError(let stack), .invalidSNIName(let stack), .failedToSetALPN(let stack): stack
    default: []
    }
  }

  /// The library's own word for it, such as `BAD_SIGNATURE`; shown, and nothing follows from it.
  private static func reasonCode(_ text: String) -> String? {
    let words: [Substring] = text.split(whereSeparator: { !($0.isUppercase || $0.isNumber || $0 == "_") })
    return words.first { $0.count > 6 && $0.contains("_") }.map { String($0) }
  }
}
