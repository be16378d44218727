import APIKeyClient
import NIOCore
import NIOSSL
import NIOTLS
import Synchronization

/// What this program demands of TLS, whatever the library's defaults are: 1.2 or newer, keys of the moment (ECDHE),
/// ciphers that authenticate (AEAD), no SHA-1. The rules for certificates are ``CertificateCheck``'s.
final class TLSPolicy: Sendable {
  private let context: NIOSSLContext
  /// Nil for an address, which the library would compare with the peer's: through a proxy that is another one.
  private let serverName: String?
  private let wasAsked: Flag

  private final class Flag: Sendable {
    let value = Atomic<Bool>(false)
  }

  private static let ciphers = [
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
  ].joined(separator: ":")

  init(host: String, options: HTTPOptions) throws(KeySourceError) {
    let isLiteral = Resolver.literal(host, port: 0) != nil && host != "localhost"
    serverName = isLiteral ? nil : host.last == "." ? String(host.dropLast()) : host
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    tls.cipherSuites = TLSPolicy.ciphers
    tls.verifySignatureAlgorithms = [
      .ecdsaSecp256R1Sha256, .ecdsaSecp384R1Sha384, .ecdsaSecp521R1Sha512, .ed25519, .rsaPssRsaeSha256,
      .rsaPssRsaeSha384, .rsaPssRsaeSha512, .rsaPkcs1Sha256, .rsaPkcs1Sha384, .rsaPkcs1Sha512,
    ]
    tls.certificateVerification = isLiteral ? .noHostnameVerification : .fullVerification
    // Closing waits for the peer's goodbye no longer than this.
    tls.shutdownTimeout = .milliseconds(100)
    if let path = options.caFile {
      tls.additionalTrustRoots = [.certificates(try CertificateFile.read(path))]
    }
    if let path = options.caOnly { tls.trustRoots = .certificates(try CertificateFile.read(path)) }
    let wasAsked = Flag()
    // The library calls this when a server asks for a client's certificate; there is none to give.
    tls.sslContextCallback = { _, promise in
      wasAsked.value.store(true, ordering: .relaxed)
      promise.succeed(.noChanges)
    }
    self.wasAsked = wasAsked
    do {
      context = try NIOSSLContext(configuration: tls)
    } catch {
      throw .tlsFailed(host: host, reason: .systemCertificates)
    }
  }

  /// Whether a server has asked for a client's certificate.
  var clientCertificateWasAsked: Bool { wasAsked.value.load(ordering: .relaxed) }

  func makeHandler(_ check: CertificateCheck) throws -> NIOSSLClientHandler {
    try TLSPolicy.handler(by: HandlerFactory.self, context, serverName, check)
  }

  /// Through the protocol: only so the call is without a warning.
  private static func handler(
    by factory: (some VerifyingHandlerFactory).Type, _ context: NIOSSLContext, _ name: String?,
    _ check: CertificateCheck
  ) throws -> NIOSSLClientHandler {
    try factory.make(context, name, check)
  }
}

/// The library verifies the chain and then shows each certificate of it only through the older of its two callbacks,
/// which it calls deprecated; the newer one replaces its verification. See docs/adr/0015.
private protocol VerifyingHandlerFactory {
  static func make(
    _ context: NIOSSLContext, _ name: String?, _ check: CertificateCheck
  ) throws -> NIOSSLClientHandler
}

private enum HandlerFactory: VerifyingHandlerFactory {}

extension HandlerFactory {
  @available(*, deprecated, message: "what it calls is")
  static func make(
    _ context: NIOSSLContext, _ name: String?, _ check: CertificateCheck
  ) throws -> NIOSSLClientHandler {
    try NIOSSLClientHandler(context: context, serverHostname: name) { result, certificate in
      check.see(certificate, isValid: result == .certificateVerified)
    }
  }
}

/// Waits for the end of a handshake, once.
final class HandshakeWatch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private var completion: ((Result<Void, any Error>) -> Void)?

  init(_ completion: @escaping (Result<Void, any Error>) -> Void) { self.completion = completion }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent {
      finish(.success(()))
      context.pipeline.syncOperations.removeHandler(self).whenFailure { _ in }
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { finish(.failure(error)) }

  func channelInactive(context: ChannelHandlerContext) {
    finish(.failure(ChannelError.eof))
    context.fireChannelInactive()
  }

  private func finish(_ result: Result<Void, any Error>) {
    let completion = completion
    self.completion = nil
    completion?(result)
  }
}
