package import APIKeyModel
package import KeyTable

/// What differs since the list was read before.
package enum ChangeText {
  // MARK: The list

  /// `2 gone, 1 renamed, 1 raised to full access, 8 new since 11:09:39Z.` A key that differs in two ways is in both
  /// numbers; the number of changed keys is given then.
  static func sentence(_ summary: ChangeSummary) -> String {
    let since = summary.since.map { " since \(MomentText.clock($0))" } ?? " from the list before"
    let among = summary.partialCount.map { " among the \(NumberText.count($0, "key")) loaded before" } ?? ""
    guard summary.gone > 0 || summary.changed > 0 || summary.new > 0 else { return "No key differs\(since)\(among)." }
    func part(_ count: Int, _ words: String) -> [String] { count == 0 ? [] : ["\(NumberText.grouped(count)) \(words)"] }
    let kinds = KeyChange.sentenceOrder.flatMap { part(summary.counts[$0, default: 0], summaryWords($0)) }
    let counted = summary.counts.values.reduce(0, +)
    let keys =
      counted == summary.changed ? [] : ["\(NumberText.count(summary.changed, "changed key")) in all"]
    let parts = part(summary.gone, "gone") + kinds + keys + part(summary.new, "new")
    var filters: [String] = []
    if summary.gone > 0 { filters.append("is:gone") }
    if summary.changed > 0 { filters.append("is:changed") }
    if summary.new > 0 { filters.append("is:new") }
    let verb = filters.count == 1 ? "shows" : "show"
    let marks = summary.unmarked == 0 ? "" : " \(NumberText.count(summary.unmarked, "mark")) went with them."
    return "\(parts.joined(separator: ", "))\(since)\(among).\(marks) "
      + "\(filters.joined(separator: ", ")) \(verb) them."
  }

  private static func summaryWords(_ change: KeyChange) -> String {
    switch change {
    case .raised: "raised to full access"
    case .lowered: "lowered from full access"
    case .otherAccess: "with other access"
    case .permissionsAdded: "with permissions added"
    case .permissionsRemoved: "with permissions removed"
    case .otherPermissions: "with other permissions"
    case .renamed: "renamed"
    case .creator: "with another creator"
    case .created: "with another date"
    default: "with another last four"
    }
  }

  static let goneCannotBeMarked = "These keys are gone; only keys in the list can be marked."
  /// What a filter on gone keys was asked of.
  package static func gone(_ count: Int, since: Int64? = nil) -> String {
    "\(NumberText.count(count, "gone key"))\(since.map { " since \(MomentText.clock($0))" } ?? "")"
  }

  // MARK: A row

  static func word(_ change: RowChange) -> String {
    switch change {
    case .gone: "gone"
    case .new: "new"
    case .changed(let kinds):
      switch KeyChange.all.first(where: kinds.contains) ?? .lastFour {
      case .raised: "raised"
      case .lowered: "lowered"
      case .permissionsAdded, .permissionsRemoved, .otherPermissions: "perms"
      case .renamed: "renamed"
      default: "changed"
      }
    }
  }
  /// Follows a name in cursor focus.
  static func spoken(_ change: RowChange) -> String { ", \(change.word)" }
  /// Every change of a key in words, for plain mode: `Renamed.`, `Raised to full access.`
  package static func sentences(_ change: RowChange) -> [String] {
    switch change {
    case .gone: ["Gone."]
    case .new: ["New."]
    case .changed(let kinds):
      kinds.kinds.map { kind in
        let words = summaryWords(kind)
        return words.prefix(1).uppercased() + words.dropFirst() + "."
      }
    }
  }

  // MARK: The detail

  static let changed = "Changed"
  static func title(_ change: RowChange) -> String {
    switch change {
    case .gone: "Gone"
    case .new: "New"
    case .changed: changed
    }
  }
  static func noLongerInTheList(since: Int64?) -> String {
    "no longer in the list\(since.map { ", read before at \(MomentText.clock($0))" } ?? "")"
  }
  static let notInTheListBefore = "not in the list before"

  static func detail(_ change: RowChange, of apiKey: APIKey, in changes: ListChanges) -> [String] {
    switch change {
    case .gone: [noLongerInTheList(since: changes.since)]
    case .new: [notInTheListBefore]
    case .changed(let kinds): lines(kinds, from: changes.before[apiKey.id], to: apiKey)
    }
  }

  /// What a key was and is, one change a line. Nil for `old` where what it was is not kept.
  package static func lines(_ kinds: KeyChange, from old: APIKey?, to new: APIKey) -> [String] {
    guard let old else { return kinds.kinds.map(summaryWords) }
    return KeyChange.sentenceOrder.filter(kinds.contains).map { line($0, from: old, to: new) }
  }

  private static func line(_ kind: KeyChange, from old: APIKey, to new: APIKey) -> String {
    func access(_ key: APIKey) -> String { KeyText.access(key.access, permissions: key.permissions?.count) }
    func names(_ key: APIKey, without other: APIKey) -> String {
      let known = Set((other.permissions?.list ?? []).map { Array($0.utf8) })
      return (key.permissions?.list ?? []).filter { !known.contains(Array($0.utf8)) }.joined(separator: ", ")
    }
    switch kind {
    case .raised, .lowered, .otherAccess: return "access: \(access(old)) -> \(access(new))"
    case .permissionsAdded: return "added: \(names(new, without: old))"
    case .permissionsRemoved: return "removed: \(names(old, without: new))"
    case .otherPermissions:
      return "permissions: \(KeyText.permissionCount(old.permissions?.count)) -> "
        + KeyText.permissionCount(new.permissions?.count)
    case .renamed: return "name: \(old.shownName) -> \(new.shownName)"
    case .creator:
      return "creator: \(old.creator?.text ?? KeyText.missing(.creator, of: old)) -> "
        + (new.creator?.text ?? KeyText.missing(.creator, of: new))
    case .created: return "created: \(created(old)) -> \(created(new))"
    default:
      return "last four: \(old.lastFour ?? KeyText.missing(.lastFour, of: old)) -> "
        + (new.lastFour ?? KeyText.missing(.lastFour, of: new))
    }
  }

  private static func created(_ key: APIKey) -> String {
    key.created.map { MomentText.utc($0.seconds) } ?? key.createdText ?? KeyText.missing(.created, of: key)
  }
}

extension KeyChange {
  /// As they are shown: the name first, which identifies the key to people.
  fileprivate static let sentenceOrder: [KeyChange] = [.renamed] + all.filter { $0 != .renamed }

  /// The kinds that are counted and shown: permissions added and others removed are other permissions.
  var kinds: [KeyChange] {
    var change = self
    if change.contains([.permissionsAdded, .permissionsRemoved]) {
      change.subtract([.permissionsAdded, .permissionsRemoved])
      change.insert(.otherPermissions)
    }
    return KeyChange.sentenceOrder.filter(change.contains)
  }
}
