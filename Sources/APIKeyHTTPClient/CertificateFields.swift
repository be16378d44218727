/// The three things about a certificate that the TLS library does not expose: its public key, what kind that is, and
/// the kind of its signature. Nothing is decided here about trust.
struct CertificateFields {
  /// The SubjectPublicKeyInfo in DER form.
  let publicKey: ArraySlice<UInt8>
  private let keyAlgorithm: ArraySlice<UInt8>
  private let keyParameters: ArraySlice<UInt8>
  private let keyBits: ArraySlice<UInt8>
  private let signatureAlgorithm: ArraySlice<UInt8>
  private let signatureParameters: ArraySlice<UInt8>

  /// A whole certificate in DER form; throws if it is not built as RFC 5280 requires.
  init(der: [UInt8]) throws(DERReader.Malformed) {
    var file = DERReader(der[...])
    var certificate = DERReader(try file.read(0x30).contents)
    var toBeSigned = DERReader(try certificate.read(0x30).contents)
    var signature = DERReader(try certificate.read(0x30).contents)
    signatureAlgorithm = try signature.read(0x06).contents
    signatureParameters = signature.rest
    // Version, serial number, signature, issuer, validity, subject.
    if toBeSigned.nextTag == 0xA0 { _ = try toBeSigned.read(0xA0) }
    for tag in [0x02, 0x30, 0x30, 0x30, 0x30] as [UInt8] { _ = try toBeSigned.read(tag) }
    let info = try toBeSigned.read(0x30)
    publicKey = info.whole
    var key = DERReader(info.contents)
    var algorithm = DERReader(try key.read(0x30).contents)
    keyAlgorithm = try algorithm.read(0x06).contents
    keyParameters = algorithm.rest
    keyBits = try key.read(0x03).contents
  }

  /// What is too weak about the public key; nil where nothing is. What is not known is refused.
  var keyWeakness: String? {
    switch Array(keyAlgorithm) {
    case Identifier.rsa, Identifier.rsaPSS:
      guard let bits = rsaBits else { return "RSA that cannot be read" }
      return bits >= 2048 ? nil : "RSA of \(bits) bits, fewer than 2048"
    case Identifier.ellipticCurve:
      switch Array(keyParameters) {
      case Identifier.p256, Identifier.p384, Identifier.p521: return nil
      case Identifier.p224: return "a curve of 224 bits, fewer than 256"
      default: return "an elliptic curve other than P-256, P-384 and P-521"
      }
    case Identifier.ed25519: return nil
    default: return "neither RSA nor an elliptic curve"
    }
  }

  /// What is too weak about the signature; nil where nothing is. What is not known is refused.
  var signatureWeakness: String? {
    let algorithm = Array(signatureAlgorithm)
    if Identifier.strongSignatures.contains(algorithm) { return nil }
    if algorithm == Identifier.rsaPSS {
      // The hash is among the parameters; without them it is SHA-1.
      let parameters = Array(signatureParameters)
      return Identifier.strongHashes.contains { parameters.firstRange(of: $0) != nil } ? nil : "RSA-PSS with SHA-1"
    }
    return Identifier.weakSignatures.first { $0.algorithm == algorithm }?.name ?? "an unknown kind"
  }

  /// Bits of the modulus.
  private var rsaBits: Int? {
    // The first byte of a bit string counts the bits that are not used.
    var key = DERReader(keyBits.dropFirst())
    guard keyBits.first == 0, let numbers = try? key.read(0x30).contents else { return nil }  // Nil says it all.
    var reader = DERReader(numbers)
    guard let modulus = try? reader.read(0x02).contents.drop(while: { $0 == 0 }), let first = modulus.first else {
      return nil
    }
    return modulus.count * 8 - first.leadingZeroBitCount
  }

  /// Object identifiers, as DER has them.
  private enum Identifier {
    private static let pkcs1: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01]
    private static let ecdsa: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04]
    private static let nistHash: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02]

    static let rsa = pkcs1 + [1]
    static let rsaPSS = pkcs1 + [10]
    static let ellipticCurve: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
    static let ed25519: [UInt8] = [0x2B, 0x65, 0x70]
    // With their tags, as parameters have them.
    static let p256: [UInt8] = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
    static let p224: [UInt8] = [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x21]
    static let p384: [UInt8] = [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
    static let p521: [UInt8] = [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23]

    /// RSA and ECDSA with SHA-256, 384 and 512; Ed25519.
    static let strongSignatures: Set<[UInt8]> = [
      pkcs1 + [11], pkcs1 + [12], pkcs1 + [13], ecdsa + [3, 2], ecdsa + [3, 3], ecdsa + [3, 4], ed25519,
    ]
    static let weakSignatures: [(algorithm: [UInt8], name: String)] = [
      (pkcs1 + [2], "MD2"), (pkcs1 + [4], "MD5"), (pkcs1 + [5], "SHA-1"), (pkcs1 + [14], "SHA-224"),
      (ecdsa + [1], "SHA-1"), (ecdsa + [3, 1], "SHA-224"),
    ]
    /// SHA-256, 384 and 512 as parameters have them.
    static let strongHashes: [[UInt8]] = [1, 2, 3].map { [0x06, 0x09] + nistHash + [$0] }
  }
}

/// Reads DER, one element after the other: definite lengths in their shortest form, tags of one byte.
struct DERReader {
  struct Malformed: Error {}

  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var nextTag: UInt8? { rest.first }

  /// The next element, which must have this tag; its contents, and the whole of it.
  mutating func read(_ tag: UInt8) throws(Malformed) -> (contents: ArraySlice<UInt8>, whole: ArraySlice<UInt8>) {
    let start = rest
    guard rest.popFirst() == tag, let first = rest.popFirst() else { throw Malformed() }
    var length = Int(first)
    if first >= 0x80 {
      let count = Int(first & 0x7F)
      guard (1...4).contains(count), rest.count >= count, rest.first != 0 else { throw Malformed() }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      guard length >= 0x80 else { throw Malformed() }
      rest = rest.dropFirst(count)
    }
    guard rest.count >= length else { throw Malformed() }
    let contents = rest.prefix(length)
    rest = rest.dropFirst(length)
    return (contents, start[start.startIndex..<rest.startIndex])
  }
}
