/// The id of a key or of a user: opaque on the wire, compact in memory when it is a UUID.
///
/// UUIDs are the same whatever the case of their letters; any other ids are the same byte for byte only.
package enum KeyIdentifier: Hashable, Sendable {
  case uuid(UUID128)
  /// A UUID not all in lower case, and its text as sent.
  indirect case spelled(UUID128, String)
  /// Any other form a server uses, kept byte for byte.
  case opaque(String)

  package init(_ text: String) {
    var text = text
    self =
      switch text.withUTF8({ UUID128.spelled(utf8: $0) }) {
      case (let uuid, .lower)?: .uuid(uuid)
      case (let uuid, _)?: .spelled(uuid, text)
      case nil: .opaque(text)
      }
  }

  /// Nil for an id that is no UUID.
  package var uuid: UUID128? {
    switch self {
    case .uuid(let uuid), .spelled(let uuid, _): uuid
    case .opaque: nil
    }
  }

  /// By bytes where it is no UUID: `==` on texts is canonical equivalence, which would make two different ids one.
  package static func == (left: KeyIdentifier, right: KeyIdentifier) -> Bool {
    switch (left, right) {
    case (.uuid(let left), .uuid(let right)): left == right
    case (.opaque(let left), .opaque(let right)): left.utf8.elementsEqual(right.utf8)
    default: left.uuid != nil && left.uuid == right.uuid
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .uuid(let uuid), .spelled(let uuid, _): hasher.combine(uuid)
    case .opaque(var text): text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }

  /// Exactly the text the server sent.
  package var text: String {
    switch self {
    case .uuid(let uuid): uuid.description
    case .spelled(_, let text), .opaque(let text): text
    }
  }
}

extension KeyIdentifier: CustomStringConvertible {
  package var description: String { text }
}
