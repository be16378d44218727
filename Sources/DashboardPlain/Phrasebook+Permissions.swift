package import APIKeyModel
import DashboardCore
import KeyTable

/// Permissions in words: of one key, of all keys, of two keys side by side.
extension Phrasebook {
  /// `5 granted, 48 not granted.`
  static func grantedCounts(_ abilities: KeyAbilities) -> String {
    "\(NumberText.grouped(abilities.count)) \(abilities.word(true)), "
      + "\(abilities.notGrantedCount) \(abilities.word(false))."
  }

  /// A summary, then one line a resource.
  package static func permissions(_ apiKey: APIKey) -> [String] {
    permissions(apiKey) { abilities in
      if abilities.isFull { return [] }
      return abilities.resources.map { resource in
        let parts = [(resource.granted, true), (resource.notGranted, false)].filter { !$0.0.isEmpty }
          .map { "\(list($0.0)) \(abilities.word($0.1))" }
        return "\(capitalized(resource.group.words)): \(parts.joined(separator: "; "))."
      } + others(abilities)
    }
  }

  /// A summary, then every permission of the catalogue on a line.
  static func everyPermission(_ apiKey: APIKey) -> [String] {
    permissions(apiKey) { abilities in
      PermissionCatalog.names.enumerated().map { "\($1): \(abilities.word(abilities.mask.contains(index: $0)))." }
        + others(abilities)
    }
  }

  private static func permissions(_ apiKey: APIKey, _ lines: (KeyAbilities) -> [String]) -> [String] {
    guard let abilities = KeyAbilities(apiKey) else {
      return ["Permissions: \(sanitized(KeyText.missing(.permissions, of: apiKey)))."]
    }
    if abilities.isFull { return ["Full access: every permission, now and in future."] + lines(abilities) }
    let doubt = "Access: \(sanitized(KeyText.missing(.access, of: apiKey))). These permissions are listed."
    return (abilities.isListOnly ? [doubt] : []) + [grantedCounts(abilities)] + lines(abilities)
  }

  private static func others(_ abilities: KeyAbilities) -> [String] {
    let names = abilities.others
    return names.isEmpty ? [] : ["Not in the catalogue: \(list(names.map(sanitized))) \(abilities.word(true))."]
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
      let dates = [tally.oldest, tally.newest].compactMap { $0.map { MomentText.dateInWords($0.seconds) } }
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
