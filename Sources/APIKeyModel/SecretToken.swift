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

  /// The text without the token, which a server may say back in an error.
  ///
  /// A token of fewer than eight bytes is no secret, and would be found in innocent words.
  package func removed(from text: some Collection<UInt8>) -> [UInt8] {
    guard bytes.count >= 8, text.count >= bytes.count else { return Array(text) }
    var output: [UInt8] = []
    var rest = Array(text)[...]
    while let byte = rest.first {
      if byte == bytes[0], rest.starts(with: bytes) {
        output += Array("<redacted>".utf8)
        rest = rest.dropFirst(bytes.count)
      } else {
        output.append(byte)
        rest = rest.dropFirst()
      }
    }
    return output
  }

  package func removed(from text: String) -> String { String(decoding: removed(from: text.utf8), as: UTF8.self) }
}

extension SecretToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
