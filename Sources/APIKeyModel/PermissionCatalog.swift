/// The permissions the API documents, in the documented order.
///
/// Real servers grow the list: a permission that is not here is kept by name, shown and counted, never dropped.
package enum PermissionCatalog {
  /// All 53 names; a permission's index here is its bit in ``PermissionMask``.
  package static let names: [String] = [
    "companies.delete", "companies.update", "calls.create", "calls.delete", "calls.update", "calls.view",
    "messages.view", "agents.view", "agents.create", "agents.update", "agents.delete", "phones.view",
    "phones.purchase", "phones.delete", "phones.update", "tools.view", "tools.create", "tools.delete",
    "tools.update", "contacts.view", "contacts.delete", "conversational_paths.view",
    "conversational_paths.create", "conversational_paths.delete", "conversational_paths.update",
    "knowledge_bases.view", "knowledge_bases.create", "knowledge_bases.delete", "knowledge_bases.update",
    "webhooks.view", "webhooks.create", "webhooks.delete", "webhooks.update", "members.view", "members.create",
    "members.delete", "members.update", "billing.view", "billing.update", "api_keys.view", "api_keys.create",
    "api_keys.delete", "api_keys.update", "voices.view", "transcriptions.view", "recordings.view", "stats.view",
    "notifications.view", "notifications.update", "integrations.view", "integrations.create",
    "integrations.update", "integrations.delete",
  ]

  package static let count = names.count

  /// One resource (the part before the dot) and its permissions.
  package struct Group: Equatable, Sendable {
    /// `api_keys`
    package let resource: String
    /// `API keys`
    package var words: String {
      resource.split(separator: "_").map { $0 == "api" ? "API" : String($0) }.joined(separator: " ")
    }
    /// Indices into ``names``: contiguous, in catalogue order.
    package let permissions: Range<Int>
    /// The bits of the group.
    package var mask: PermissionMask {
      PermissionMask(rawValue: ((1 << UInt64(permissions.count)) - 1) << UInt64(permissions.lowerBound))
    }
  }

  /// The 19 resources in catalogue order.
  package static let groups: [Group] = {
    var groups: [Group] = []
    var start = 0
    for index in 1...names.count {
      if index < names.count, resource(of: names[index]) == resource(of: names[start]) { continue }
      groups.append(Group(resource: resource(of: names[start]), permissions: start..<index))
      start = index
    }
    return groups
  }()

  private static let indices: [String: Int] = Dictionary(
    uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })

  /// The bit of a name; nil when the catalogue does not have it.
  package static func index(of name: String) -> Int? { indices[name] }

  /// The part before the first dot; the whole name when there is none.
  package static func resource(of name: String) -> String {
    guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return name }
    return String(name[..<dot])
  }

  /// The part after the first dot; the whole name when there is none.
  package static func action(of name: String) -> String {
    guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return name }
    return String(name[name.utf8.index(after: dot)...])
  }
}

/// A set of catalogue permissions, one bit each.
package struct PermissionMask: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }
  package init(index: Int) { self.init(rawValue: 1 << UInt64(index)) }

  /// Every permission of the catalogue.
  package static let all = PermissionMask(rawValue: (1 << UInt64(PermissionCatalog.count)) - 1)

  package var count: Int { rawValue.nonzeroBitCount }
  package func contains(index: Int) -> Bool { rawValue >> UInt64(index) & 1 == 1 }
}
