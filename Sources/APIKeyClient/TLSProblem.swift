/// Why there is no secure connection: a cause each, with its own words and next step.
package enum TLSProblem: Equatable, Sendable {
  /// `date` (2026-11-27) is the day of it, where it is known.
  case expired(date: String?)
  case notYetValid(date: String?)
  case unknownAuthority
  /// The names that the certificate is for; some of them where there are many.
  case wrongName([String])
  /// The name is only in the common name, which clients no longer check.
  case onlyCommonName
  /// What is too weak: `its certificate has a weak key (RSA of 1024 bits, fewer than 2048)`.
  case weak(String)
  /// The pin of the key that the server has.
  case otherKey(pin: String)
  case oldVersion
  case nothingInCommon
  case notTLS
  case wantsClientCertificate
  case nameNotKnown
  case nameImpossible
  case handshakeEnded
  /// The library's own word for it, such as `BAD_SIGNATURE`; nil where it has none.
  case handshakeFailed(code: String?)
  case noCertificate
  case unreadableCertificate(String)
  case systemCertificates

  /// Words that follow "No secure connection to HOST: ".
  package var text: String {
    switch self {
    case .expired(let date): "its certificate, or one of its chain, expired\(TLSProblem.on(date))"
    case .notYetValid(let date):
      "its certificate, or one of its chain, is not yet valid\(date.map { ": it begins on \($0)" } ?? "")"
    case .unknownAuthority: "its certificate has no valid chain to an authority that is trusted here"
    case .wrongName(let names):
      "its certificate is for another name" + (names.isEmpty ? "" : " (\(names.joined(separator: ", ")))")
    case .onlyCommonName: "its certificate names no host but in its common name"
    case .weak(let what): what
    case .otherKey(let pin): "its public key is \(pin), which no --pin allows"
    case .oldVersion: "the server speaks only versions of TLS before 1.2, which are not safe"
    case .nothingInCommon: "the server has no cipher or signature in common with this program"
    case .notTLS: "the server does not speak TLS on this port"
    case .wantsClientCertificate: "the server wants a certificate of the client, and there is none to give"
    case .nameNotKnown: "the server does not know this name"
    case .nameImpossible: "a certificate cannot be for such a name"
    case .handshakeEnded: "the server ended the handshake"
    case .handshakeFailed(let code): "the handshake failed" + (code.map { " (\($0))" } ?? "")
    case .noCertificate: "it showed no certificate"
    case .unreadableCertificate(let which): "\(which) cannot be read"
    case .systemCertificates: "the certificates of the system cannot be read"
    }
  }

  private static func on(_ date: String?) -> String { date.map { " on \($0)" } ?? "" }

  /// What to do about it, as one sentence.
  package var nextStep: String {
    switch self {
    case .expired: "Check the clock of this machine; if it is right, ask who runs the server to renew the certificate."
    case .notYetValid: "Check the clock of this machine; if it is right, the certificate is used too early."
    case .unknownAuthority:
      "If you trust its authority, give that one's certificate with --ca-file or --ca-only; else ask who runs the server."
    case .wrongName: "Give the name that the certificate is for with --url, or ask who runs the server."
    case .onlyCommonName: "Ask who runs the server for a certificate with the name among its alternative names."
    case .weak: "Ask who runs the server for a certificate that is up to date."
    case .otherKey:
      "Check --pin against what you were given; take the new key only if the people who run the server confirm it."
    case .oldVersion: "Ask who runs the server for TLS 1.2 or newer; the token was not sent."
    case .nothingInCommon: "Ask who runs the server for the ciphers of TLS 1.2 with ECDHE, or for TLS 1.3."
    case .notTLS: "Check the port in --url; for a server without TLS on this machine the address begins with http://."
    case .wantsClientCertificate:
      "This program has no client certificates: ask for an address that takes a token alone, or use a tunnel such as stunnel."
    case .nameNotKnown, .nameImpossible: "Check the host in --url."
    case .handshakeEnded, .handshakeFailed, .noCertificate, .unreadableCertificate:
      "Check the host and the port in --url, and ask who runs the server."
    case .systemCertificates: "Install the package ca-certificates, or name a file with --ca-only."
    }
  }
}
