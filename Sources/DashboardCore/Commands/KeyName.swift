package import APIKeyModel
package import KeyTable

/// A key that a command is about, as it was named.
package enum KeyName: Equatable, Sendable {
  case typed(TypedKeyName)
  /// A row of those shown, from 1.
  case row(Int)
  /// Chosen from several that matched.
  case key(KeyIdentifier)

  package init(typed text: String) { self = .typed(TypedKeyName(text)) }

  /// The text; nil for one particular key.
  var reference: KeyReference? {
    switch self {
    case .typed(let name): name.reference
    case .row(let number): .row(number)
    case .key: nil
    }
  }

  /// As messages show it; nil where nothing was typed.
  var text: String? {
    switch self {
    case .typed(let name): name.text
    case .row(let number): "#" + String(number)
    case .key: nil
    }
  }
}

/// A key as it was typed, and what that refers to.
package struct TypedKeyName: Equatable, Sendable {
  package let text: String
  package let reference: KeyReference
  /// The rows of a list that `1,284` may be too; nil where it is no number as the program writes them.
  let rowList: KeyReference?

  package init(_ text: String) {
    self.text = text
    reference = KeyReference(text)
    rowList = KeyReference.grouped(text) == nil ? nil : KeyReference(TypedKeyName.listed(text))
  }

  /// `1 284`: the list without doubt.
  var textOfList: String { TypedKeyName.listed(text) }

  private static func listed(_ text: String) -> String { text.split(separator: ",").joined(separator: " ") }
}

/// What is done with keys once it is known which they are.
package enum KeyUse: Equatable, Sendable {
  case goTo, open, explain, mark, compare
}
