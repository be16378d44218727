import APIKeyClient
import NIOSSL

/// Why BoringSSL failed a connection, by its number: `SSL_R_...` in its `ssl.h`. An alert that the server sent is its
/// own number and 1000.
struct BoringSSLReason: Hashable {
  let number: UInt32

  /// `ERR_LIB_SSL`
  private static let library: UInt32 = 16

  /// Nil for an error of another part of the library.
  init?(_ error: BoringSSLInternalError) {
    // The code is private, but what the error prints begins with it: "Error: 268435703 error:100000f7:...".
    let words = error.description.split(separator: " ", maxSplits: 2)
    guard words.count > 1, let code = UInt32(words[1]), code >> 24 == BoringSSLReason.library else { return nil }
    number = code & 0xFFF
  }

  /// What it means to the user; nil if the number alone does not show it.
  var problem: TLSProblem? {
    switch number {
    // TLSV1_ALERT_CERTIFICATE_REQUIRED
    case 1116: .wantsClientCertificate
    // UNSUPPORTED_PROTOCOL, WRONG_SSL_VERSION, UNSUPPORTED_PROTOCOL_FOR_CUSTOM_KEY, TLSV1_ALERT_PROTOCOL_VERSION
    case 240, 246, 252, 1070: .oldVersion
    // HTTP_REQUEST, WRONG_VERSION_NUMBER
    case 156, 247: .notTLS
    // HANDSHAKE_FAILURE_ON_CLIENT_HELLO, SSL_HANDSHAKE_FAILURE, UNKNOWN_CIPHER_RETURNED, UNKNOWN_CIPHER_TYPE,
    // WRONG_CIPHER_RETURNED, NO_COMMON_SIGNATURE_ALGORITHMS, SSLV3_ALERT_HANDSHAKE_FAILURE,
    // TLSV1_ALERT_INSUFFICIENT_SECURITY
    case 154, 215, 229, 230, 242, 253, 1040, 1071: .nothingInCommon
    // TLSV1_ALERT_UNRECOGNIZED_NAME
    case 1112: .nameNotKnown
    default: nil
    }
  }
}
