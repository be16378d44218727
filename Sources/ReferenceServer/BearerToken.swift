import Crypto
package import Foundation

/// A token's clear text, seen once by whoever created it, and the digest the server keeps.
package struct BearerToken: Sendable {
  /// `akt_` and 256 random bits in base64url.
  package let text: String
  package var digest: Data { BearerToken.digest(of: text) }

  /// A new token from the system's secure random source.
  package static func random() -> BearerToken {
    var source = SystemRandomNumberGenerator()
    let bytes = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &source) })
    let encoded = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
    return BearerToken(text: "akt_" + encoded)
  }

  /// SHA-256. The text has 256 random bits, so that neither salt nor slow hashing adds anything.
  package static func digest(of text: String) -> Data { Data(SHA256.hash(data: Data(text.utf8))) }

  /// The token of an `Authorization` field; nil when it is not a bearer token.
  static func presented(in field: String?) -> String? {
    guard let field else { return nil }
    let parts = field.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else { return nil }
    return String(parts[1])
  }
}
