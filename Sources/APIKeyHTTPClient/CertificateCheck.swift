import APIKeyClient
import APIKeyModel
import Digests
import Glibc
import NIOSSL

/// What this program demands of a chain that the library found valid: sizes of keys, kinds of signatures, the name, and
/// the pin where one is given. One for each connection; lives on its loop.
///
/// The library asks for each certificate from the root to the server's own, and for the first that is not valid. What
/// it refuses is refused whatever is decided here.
final class CertificateCheck {
  private let host: String
  private let pins: [PublicKeyPin]
  /// From the root to the server's own.
  private var chain: [NIOSSLCertificate] = []
  /// Why the library refused the chain; nil while it has not.
  private(set) var refusal: TLSProblem?

  init(host: String, pins: [PublicKeyPin]) {
    self.host = host.last == "." ? String(host.dropLast()) : host
    self.pins = pins
  }

  /// Takes the library's verdict on one certificate, and never makes it better.
  func see(_ certificate: NIOSSLCertificate, isValid: Bool) -> NIOSSLVerificationResult {
    guard isValid else {
      refusal = refusal ?? CertificateCheck.reason(certificate)
      return .failed
    }
    chain.append(certificate)
    return .certificateVerified
  }

  /// Why the chain that was seen is not good enough; nil where it is.
  func verdict() -> TLSProblem? {
    guard refusal == nil, let leaf = chain.last else { return refusal ?? .noCertificate }
    for (depth, certificate) in chain.reversed().enumerated() {
      let whose = depth == 0 ? "its certificate" : "a certificate of its chain"
      guard let fields = try? CertificateFields(der: certificate.toDERBytes()) else {
        return .unreadableCertificate(whose)  // The library read it: no more is known.
      }
      if let weakness = fields.keyWeakness { return .weak("\(whose) has a weak key (\(weakness))") }
      // The signature of a root on itself proves nothing, and is not checked.
      let isAnchor = depth == chain.count - 1
      if !isAnchor, let weakness = fields.signatureWeakness {
        return .weak("\(whose) has a weak signature (\(weakness))")
      }
      if depth == 0, !pins.isEmpty {
        let pin = PublicKeyPin(publicKey: fields.publicKey)
        if !pins.contains(pin) { return .otherKey(pin: pin.text) }
      }
    }
    let names = leaf._subjectAlternativeNames()
    guard names.contains(where: { matches($0) }) else {
      let isNamed = names.contains { $0.nameType == .dnsName || $0.nameType == .ipAddress }
      return isNamed ? .wrongName(self.names) : .onlyCommonName
    }
    return nil
  }

  /// Names that the server's certificate is for, as many as one reads.
  var names: [String] {
    guard let leaf = chain.last else { return [] }
    let names = leaf._subjectAlternativeNames().filter { $0.nameType == .dnsName }
    return names.prefix(3).map { String(decoding: $0.contents.prefix(100), as: UTF8.self) }
      + (names.count > 3 ? ["and \(names.count - 3) more"] : [])
  }

  private func matches(_ name: _SubjectAlternativeName) -> Bool {
    if let address = CertificateCheck.addressBytes(host) {
      return name.nameType == .ipAddress && name.contents.elementsEqual(address)
    }
    return name.nameType == .dnsName && CertificateName.matches(Array(name.contents), host: host)
  }

  private static func addressBytes(_ text: String) -> [UInt8]? {
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: count)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }

  /// Why the library refuses a certificate: it does not report a reason, but the dates and the signature can be
  /// checked.
  private static func reason(_ certificate: NIOSSLCertificate) -> TLSProblem {
    let now = time(nil)
    if certificate.notValidAfter < now { return .expired(date: date(certificate.notValidAfter)) }
    if certificate.notValidBefore > now { return .notYetValid(date: date(certificate.notValidBefore)) }
    // What it does not know, such as MD5, is a bad signature to the library.
    if let weakness = (try? CertificateFields(der: certificate.toDERBytes()))?.signatureWeakness {
      return .weak("its certificate, or one of its chain, has a weak signature (\(weakness))")
    }
    return .unknownAuthority
  }

  /// The day of a moment in UTC: 2026-11-27.
  private static func date(_ seconds: time_t) -> String {
    let date = CivilTime(seconds: Int64(seconds)).date
    func padded(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }
}

/// Names of hosts in certificates (RFC 9525): whole labels, and a `*` only as the whole first one.
enum CertificateName {
  static func matches(_ pattern: [UInt8], host: String) -> Bool {
    let pattern = pattern.last == UInt8(ascii: ".") ? pattern.dropLast() : pattern[...]
    let patternLabels = pattern.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let hostLabels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard patternLabels.count == hostLabels.count, let first = patternLabels.first,
      hostLabels.allSatisfy({ !$0.isEmpty }), patternLabels.allSatisfy({ $0.allSatisfy(isNameByte) || $0 == first })
    else { return false }
    var pairs = zip(patternLabels, hostLabels).map { (Array($0), Array($1)) }
    if first.elementsEqual([UInt8(ascii: "*")]) {
      // `*.com` would be everybody's.
      guard patternLabels.count >= 3 else { return false }
      pairs.removeFirst()
    }
    return pairs.allSatisfy { pattern, label in
      pattern.allSatisfy(isNameByte) && pattern.map(lowercased) == label.map(lowercased)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

/// The SHA-256 of a server's public key, as curl writes it: `sha256//` and base 64.
package struct PublicKeyPin: Hashable, Sendable {
  private let digest: [UInt8]

  /// `publicKey`: the SubjectPublicKeyInfo in DER form.
  init(publicKey: some Collection<UInt8>) {
    var hash = SHA256()
    hash.update(publicKey)
    digest = hash.digest()
  }

  /// Reads `sha256//` and the base 64 of 32 bytes; nil for anything else.
  package init?(_ text: some StringProtocol) {
    guard text.hasPrefix("sha256//"), let bytes = Base64.bytes(text.dropFirst(8)), bytes.count == 32 else { return nil }
    digest = bytes
  }

  package var text: String { "sha256//" + Base64.text(digest) }
}
