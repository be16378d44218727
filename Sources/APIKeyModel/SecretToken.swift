/// A bearer token. Prints `<redacted>` in every way Swift can print.
package struct SecretToken: Sendable {
  private let bytes: [UInt8]

  /// Most bytes a token may have.
  package static let maximumLength = 8192

  /// Takes one line of visible ASCII (0x21 to 0x7E), 1 to 8192 bytes; nil for anything else.
  package init?(utf8 bytes: some Collection<UInt8>) {
    guard !bytes.isEmpty, bytes.count <= SecretToken.maximumLength, bytes.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.bytes = Array(bytes)
  }

  /// The value of the `Authorization` header. The only way to read the token.
  package var authorizationHeader: String { "Bearer " + String(decoding: bytes, as: UTF8.self) }
}

extension SecretToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
