/// The id of a key or of a user: opaque on the wire, compact in memory when it is a canonical UUID.
package enum KeyIdentifier: Hashable, Sendable {
  case uuid(UUID128)
  /// Any other form a server uses, kept byte for byte.
  case opaque(String)

  package init(_ text: String) {
    if let uuid = UUID128(text) { self = .uuid(uuid) } else { self = .opaque(text) }
  }

  /// By bytes: `==` on texts is canonical equivalence, which would make two different ids one.
  package static func == (left: KeyIdentifier, right: KeyIdentifier) -> Bool {
    switch (left, right) {
    case (.uuid(let left), .uuid(let right)): left == right
    case (.opaque(let left), .opaque(let right)): left.utf8.elementsEqual(right.utf8)
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .uuid(let uuid): hasher.combine(uuid)
    case .opaque(var text): text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
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
