package import APIKeyModel
package import KeyTable

/// Keys by name, and what is done with them.
package struct KeyRequest: Equatable, Sendable {
  package let use: KeyUse
  package var names: [KeyName]

  package init(_ use: KeyUse, _ names: [KeyName]) {
    self.use = use
    self.names = names
  }
}

/// A command that has to wait for the rest of the list: a result from a part of it would be wrong.
package enum Lookup: Equatable, Sendable {
  case keys(KeyRequest)
  /// Mark every key shown.
  case markAll
  /// Mark every key that matches.
  case mark(Filter)
  /// Find a text in the list. `searched` rows of ``QueryState/visible`` are known not to have it.
  case find(String, direction: Int, searched: Int)

  /// What is looked for, as the user typed it; nil for ``markAll``.
  var text: String? {
    switch self {
    case .keys(let request):
      request.names.compactMap(\.text).joined(separator: " ")
    case .markAll: nil
    case .mark(let filter): filter.text
    case .find(let text, _, _): text
    }
  }
}

/// Several keys that one name fits, to choose from.
package struct KeyMatches: Equatable, Sendable {
  /// What is done with the one that is chosen.
  package var request: KeyRequest
  /// Which of the request's names fits all of them.
  package var nameIndex: Int
  /// At most ``most``, in the order of the list.
  package var ids: [KeyIdentifier]
  /// How many fit.
  package var count: Int
  /// The keys that were searched, where that is not every key there is.
  package var searched: Int?

  /// Listed at most.
  package static let most = 200

  /// The request with one of the keys instead of the name.
  package func choosing(_ id: KeyIdentifier) -> KeyRequest {
    var chosen = request
    chosen.names[nameIndex] = .key(id)
    return chosen
  }

  /// What was typed.
  package var text: String { request.names[nameIndex].text ?? "" }
}
