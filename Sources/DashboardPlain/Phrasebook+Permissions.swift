import APIKeyModel
import DashboardCore
import KeyTable

/// Permissions in words: of one key, of all keys, of two keys side by side.
extension Phrasebook {
  /// `5 granted, 48 not granted.`
  static func grantedCounts(_ set: PermissionSet, isListOnly: Bool = false) -> String {
    "\(NumberText.grouped(set.count)) \(KeyText.granted(true, isListOnly: isListOnly)), "
      + "\(PermissionCatalog.count - set.mask.count) \(KeyText.granted(false, isListOnly: isListOnly))."
  }

  private static func missing(_ apiKey: APIKey) -> [String] {
    ["Permissions: \(sanitized(KeyText.missing(.permissions, of: apiKey)))."]
  }

  /// A summary, then one line a resource.
  package static func permissions(_ apiKey: APIKey) -> [String] {
    if apiKey.access == .full { return ["Full access: every permission, now and in future."] }
    guard let set = apiKey.permissions else { return missing(apiKey) }
    let isListOnly = apiKey.access == .unknown
    var lines =
      isListOnly ? ["Access: \(sanitized(KeyText.missing(.access, of: apiKey))). These permissions are listed."] : []
    lines.append(grantedCounts(set, isListOnly: isListOnly))
    for group in PermissionCatalog.groups {
      func actions(granted: Bool) -> [String] {
        group.permissions.filter { set.mask.contains(index: $0) == granted }
          .map { PermissionCatalog.action(of: PermissionCatalog.names[$0]) }
      }
      let parts = [true, false].map { (actions(granted: $0), KeyText.granted($0, isListOnly: isListOnly)) }
        .filter { !$0.0.isEmpty }.map { "\(list($0.0)) \($0.1)" }
      lines.append("\(capitalized(group.words)): \(parts.joined(separator: "; ")).")
    }
    return lines + others(set, isListOnly: isListOnly)
  }

  /// A summary, then every permission of the catalogue on a line.
  static func everyPermission(_ apiKey: APIKey) -> [String] {
    let isFull = apiKey.access == .full
    guard isFull || apiKey.permissions != nil else { return missing(apiKey) }
    let isListOnly = apiKey.access == .unknown
    let mask = isFull ? PermissionMask.all : apiKey.permissions?.mask ?? []
    let summary =
      isFull
      ? "Full access: every permission, now and in future."
      : apiKey.permissions.map { grantedCounts($0, isListOnly: isListOnly) }
    return [summary ?? ""]
      + PermissionCatalog.names.enumerated().map {
        "\($1): \(KeyText.granted(mask.contains(index: $0), isListOnly: isListOnly))."
      }
      + (apiKey.permissions.map { others($0, isListOnly: isListOnly) } ?? [])
  }

  private static func others(_ set: PermissionSet, isListOnly: Bool) -> [String] {
    let word = KeyText.granted(true, isListOnly: isListOnly)
    return set.others.isEmpty ? [] : ["Not in the catalogue: \(list(set.others.map(sanitized))) \(word)."]
  }

  // MARK: Of many keys

  static func header(of table: CountTable, _ state: DashboardState) -> String {
    let counted = counted(state)
    let (start, form) =
      switch table.noun {
      case .permission: ("Permissions of \(counted).", "perm:NAME")
      case .creator: ("\(table.noun.count(table.rows.count)) of \(counted).", "creator:ID")
      default:
        ("Keys created in each month, of \(counted). Months without keys are left out.", "created:YYYY-MM")
      }
    return "\(start) Type filter \(within(state, form)) to hear the keys of one."
  }

  /// A condition within the filter that there is: what a count is of, its keys are filtered by too.
  private static func within(_ state: DashboardState, _ condition: String) -> String {
    sanitized(state.query.filter.text(adding: condition))
  }

  /// One row, and its own filter where the one in the header does not fit.
  static func line(_ index: Int, of table: CountTable, _ state: DashboardState) -> String {
    let row = table.rows[index]
    let advice =
      row.ownCondition(in: state.table).map { " Type filter \(within(state, $0)) to hear them." } ?? ""
    switch row {
    case .permission(let tally):
      // A name that the program does not know begins no line.
      let name = tally.inCatalog ? tally.name : "Not in the catalogue, \(sanitized(tally.name))"
      return "\(name): \(NumberText.count(tally.keys, "key")), "
        + "\(NumberText.grouped(tally.listed)) \(tally.listed == 1 ? "lists" : "list") it, "
        + "\(OverlayText.throughFullAccess(tally.throughFullAccess)).\(advice)"
    case .creator(let tally, let id):
      let dates = [tally.oldest, tally.newest].compactMap { $0.map { date($0.seconds) } }
      return "Creator \(NumberText.grouped(index + 1)) of \(NumberText.grouped(table.rows.count)): "
        + "\(NumberText.count(tally.keys, "key")), \(NumberText.grouped(tally.fullAccess)) full access"
        + (dates.isEmpty ? "" : ", created \(dates.joined(separator: " to "))")
        + ".\(advice) Id: \(id.map { sanitized($0.text) } ?? KeyText.withoutCreator(state.table) + ".")"
    case .month(let tally):
      return "\(CivilDate.name(ofMonth: tally.month)) \(tally.year): \(NumberText.count(tally.keys, "key")).\(advice)"
    case .undated(let count): return "Without a date: \(NumberText.count(count, "key")).\(advice)"
    }
  }

  static func comparison(_ first: APIKey, _ second: APIKey) -> [String] {
    let result = KeyTable.comparison(first, second)
    func line(_ label: String, _ names: [String]) -> String {
      let counted = names.isEmpty ? "no permissions" : NumberText.count(names.count, "permission")
      return "\(label): \(counted)\(names.isEmpty ? "" : ", \(list(names.map(sanitized)))")."
    }
    return [
      "First: \(sanitized(first.shownName)). \(access(first)).",
      "Second: \(sanitized(second.shownName)). \(access(second)).",
      line("Only the first", result.onlyFirst), line("Only the second", result.onlySecond), line("Both", result.both),
    ]
  }
}
