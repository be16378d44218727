import APIKeyModel
import DashboardCore
import KeyTable

/// Permissions in words: of one key, of all keys, of two keys side by side.
extension Phrasebook {
  /// `api_keys` as it is read out: `API keys`.
  static func resource(_ name: String) -> String {
    let words = String(name.map { $0 == "_" ? " " : $0 })
    return words == "api keys" ? "API keys" : words
  }

  /// `5 granted, 48 not granted.`
  static func grantedCounts(_ set: PermissionSet, isListOnly: Bool = false) -> String {
    "\(NumberText.grouped(set.count)) \(KeyText.granted(true, isListOnly: isListOnly)), "
      + "\(PermissionCatalog.count - set.mask.count) \(KeyText.granted(false, isListOnly: isListOnly))."
  }

  private static func missing(_ apiKey: APIKey) -> [String] {
    ["Permissions: \(inert(KeyText.missing(.permissions, of: apiKey)))."]
  }

  /// A summary, then one line a resource.
  package static func permissions(_ apiKey: APIKey) -> [String] {
    if apiKey.access == .full { return ["Full access: every permission, now and in future."] }
    guard let set = apiKey.permissions else { return missing(apiKey) }
    let isListOnly = apiKey.access == .unknown
    var lines =
      isListOnly ? ["Access: \(inert(KeyText.missing(.access, of: apiKey))). These permissions are listed."] : []
    lines.append(grantedCounts(set, isListOnly: isListOnly))
    for group in PermissionCatalog.groups {
      func actions(granted: Bool) -> [String] {
        group.permissions.filter { set.mask.contains(index: $0) == granted }
          .map { PermissionCatalog.action(of: PermissionCatalog.names[$0]) }
      }
      let parts = [true, false].map { (actions(granted: $0), KeyText.granted($0, isListOnly: isListOnly)) }
        .filter { !$0.0.isEmpty }.map { "\(list($0.0)) \($0.1)" }
      lines.append("\(capitalized(resource(group.resource))): \(parts.joined(separator: "; ")).")
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
    return set.others.isEmpty ? [] : ["Not in the catalogue: \(list(set.others.map(inert))) \(word)."]
  }

  // MARK: Of many keys

  static func pivotHeader(_ state: DashboardState) -> String {
    "Permissions of \(counted(state)). Type filter \(within(state, "perm:NAME")) to hear the keys of one."
  }

  static func pivotLine(_ tally: PermissionTally) -> String {
    // A name that the program does not know begins no line.
    let name = tally.inCatalog ? tally.name : "Not in the catalogue, \(inert(tally.name))"
    return "\(name): \(NumberText.count(tally.keys, "key")), "
      + "\(NumberText.grouped(tally.listed)) \(tally.listed == 1 ? "lists" : "list") it, "
      + "\(NumberText.grouped(tally.throughFullAccess)) through full access."
  }

  /// A condition within the filter that there is: what a count is of, it is asked of too.
  private static func within(_ state: DashboardState, _ condition: String) -> String {
    inert(state.query.filter.text(adding: condition))
  }

  static func creatorsHeader(_ count: Int, _ state: DashboardState) -> String {
    "\(NumberText.count(count, "creator")) of \(counted(state)). Type filter \(within(state, "creator:ID")) to hear the keys of one."
  }

  /// Behind the count of a row that the header's advice does not fit.
  static func rowAdvice(_ condition: String, _ state: DashboardState) -> String {
    " Type filter \(within(state, condition)) to hear them."
  }

  /// `advice` begins with a space, or is empty.
  static func creatorLine(
    _ tally: CreatorTally, number: Int, of count: Int, advice: String, state: DashboardState
  ) -> String {
    var text = "Creator \(NumberText.grouped(number)) of \(NumberText.grouped(count)): "
    text += "\(NumberText.count(tally.keys, "key")), \(NumberText.grouped(tally.fullAccess)) full access"
    if let oldest = tally.oldest, let newest = tally.newest {
      text += ", created \(date(oldest.seconds)) to \(date(newest.seconds))"
    }
    let id = tally.creator.map { inert(state.table.creatorID($0).text) }
    return text + ".\(advice) Id: \(id ?? KeyText.withoutCreator(state.table) + ".")"
  }

  static func histogramHeader(_ state: DashboardState) -> String {
    "Keys created in each month, of \(counted(state)). Months without keys are left out. "
      + "Type filter \(within(state, "created:YYYY-MM")) to hear the keys of one."
  }

  static func histogramLine(_ tally: MonthTally) -> String {
    "\(CivilDate.name(ofMonth: tally.month)) \(tally.year): \(NumberText.count(tally.keys, "key"))."
  }

  static func undatedLine(_ count: Int) -> String { "Without a date: \(NumberText.count(count, "key"))." }

  static func comparison(_ first: APIKey, _ second: APIKey) -> [String] {
    let result = KeyTable.comparison(first, second)
    func line(_ label: String, _ names: [String]) -> String {
      let counted = names.isEmpty ? "no permissions" : NumberText.count(names.count, "permission")
      return "\(label): \(counted)\(names.isEmpty ? "" : ", \(list(names.map(inert)))")."
    }
    return [
      "First: \(inert(first.shownName)). \(access(first)).", "Second: \(inert(second.shownName)). \(access(second)).",
      line("Only the first", result.onlyFirst), line("Only the second", result.onlySecond), line("Both", result.both),
    ]
  }
}
