/// The id of a key or of a user: opaque on the wire, compact in memory when it is a canonical UUID.
package enum KeyIdentifier: Hashable, Sendable {
  case uuid(UUID128)
  /// Any other form a server uses, kept byte for byte.
  case opaque(String)

  package init(_ text: String) {
    if let uuid = UUID128(text) { self = .uuid(uuid) } else { self = .opaque(text) }
  }

  /// Exactly the text the server sent.
  package var text: String {
    switch self {
    case .uuid(let uuid): uuid.description
    case .opaque(let text): text
    }
  }
}

extension KeyIdentifier: CustomStringConvertible {
  package var description: String { text }
}
