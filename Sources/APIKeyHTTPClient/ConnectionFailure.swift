import APIKeyClient
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
      return receivedBytes == 0 ? .connectionLost(host: host) : .truncatedAnswer(host: host)
    case let error as HTTPParserError: return map(error, options: options, host: host, firstBytes: firstBytes)
    case is ByteToMessageDecoderError.PayloadTooLargeError: return .headTooLarge(limitBytes: options.maximumHead)
    case let error as IOError: return map(errno: error.errnoCode, session: session, received: receivedBytes)
    default: break
    }
    if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
      return .tlsFailed(host: host, reason: tlsReason(error, session: session, certificates: certificates))
    }
    // Over TLS, a server that wants a certificate may just hang up once it has the request.
    if certificates != nil, receivedBytes == 0, session.tls?.clientCertificateWasAsked == true {
      return .tlsFailed(host: host, reason: wantsCertificate)
    }
    return .connectionLost(host: host)
  }

  private static func map(
    _ error: HTTPParserError, options: HTTPOptions, host: String, firstBytes: [UInt8]
  ) -> KeySourceError {
    switch error {
    case .invalidEOFState: return .truncatedAnswer(host: host)
    case .headerOverflow: return .headTooLarge(limitBytes: options.maximumHead)
    default:
      // An alert or another record of TLS, in answer to a request in clear text.
      let isTLS = firstBytes.count == 2 && (0x14...0x17).contains(firstBytes[0]) && firstBytes[1] == 3
      return .badJSON(reason: isTLS ? "the port speaks TLS; the address begins with https:// then" : "it is not HTTP")
    }
  }

  /// Why no tunnel through a proxy came about: it is the one that is connected to.
  private static func proxyReason(_ error: any Error) -> String {
    if let refusal = error as? ProxyTunnel.Refusal { return refusal.reason }
    if error is Resolver.Failure { return "its name was not found" }
    switch (error as? IOError)?.errnoCode {
    case ECONNREFUSED: return "it refused the connection"
    case EHOSTUNREACH, ENETUNREACH: return "there is no route to it"
    default: return "it cannot be reached"
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

  private static let wantsCertificate = "the server wants a certificate of the client, and there is none to give"

  /// The library's errors tell only by their text.
  private static func tlsReason(
    _ error: any Error, session: HTTPSession, certificates: CertificateCheck?
  ) -> String {
    if let refusal = certificates?.refusal { return refusal }
    let text = String(describing: error)
    func has(_ parts: String...) -> Bool { parts.contains { text.contains($0) } }
    if has("failedToValidateHostname") { return "its certificate is for another name" }
    if has("HostnameImpossibleToMatch", "invalidSNIHostname") { return "a certificate cannot be for such a name" }
    if session.tls?.clientCertificateWasAsked == true || has("CERTIFICATE_REQUIRED") { return wantsCertificate }
    if has("PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "WRONG_SSL_VERSION") {
      return "the server speaks only versions of TLS before 1.2, which are not safe"
    }
    if has("WRONG_VERSION_NUMBER", "HTTP_REQUEST") { return "the server does not speak TLS on this port" }
    if has("HANDSHAKE_FAILURE", "INSUFFICIENT_SECURITY", "WRONG_CIPHER", "UNKNOWN_CIPHER", "NO_COMMON_SIGNATURE") {
      return "the server has no cipher or signature in common with this program"
    }
    if has("UNRECOGNIZED_NAME") { return "the server does not know this name" }
    if has("eofDuringHandshake", "eofDuringAdditional") { return "the server ended the handshake" }
    return "the handshake failed" + (reasonCode(text).map { " (\($0))" } ?? "")
  }

  /// The library's own word for it, such as `BAD_SIGNATURE`.
  private static func reasonCode(_ text: String) -> String? {
    let words: [Substring] = text.split(whereSeparator: { !($0.isUppercase || $0.isNumber || $0 == "_") })
    return words.first { $0.count > 6 && $0.contains("_") }.map { String($0) }
  }
}
