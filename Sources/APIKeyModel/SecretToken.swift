/// A bearer token. Prints `<redacted>` in every way Swift can print.
package struct SecretToken: Sendable {
  private let bytes: [UInt8]

  /// Most bytes a token may have.
  package static let maximumLength = 8192
  /// Fewest bytes of a token that is taken out of text.
  package static let minimumSecretLength = 8

  /// Takes one line of visible ASCII (0x21 to 0x7E), 1 to 8192 bytes; nil for anything else.
  package init?(utf8 bytes: some Collection<UInt8>) {
    guard !bytes.isEmpty, bytes.count <= SecretToken.maximumLength, bytes.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.bytes = Array(bytes)
  }

  /// The value of the `Authorization` header. The only way to read the token.
  package var authorizationHeader: String { "Bearer " + String(decoding: bytes, as: UTF8.self) }

  /// Text that a server can influence, with `<redacted>` for whatever shows the token in some form: see
  /// ``TokenRedactor`` for the forms. For messages, headers and addresses, and before they are cut to a length; never
  /// for the keys of the list, which are what the user came to see.
  ///
  /// A token of fewer than eight bytes is no secret, and would be found in innocent words: nothing is taken out for it.
  package func removed(from text: some Collection<UInt8>) -> [UInt8] {
    guard bytes.count >= SecretToken.minimumSecretLength else { return Array(text) }
    return TokenRedactor(token: bytes).removed(from: Array(text))
  }

  package func removed(from text: String) -> String { String(decoding: removed(from: text.utf8), as: UTF8.self) }
}

extension SecretToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
