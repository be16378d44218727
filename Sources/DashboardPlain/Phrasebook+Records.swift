import APIKeyModel
import DashboardCore
import KeyTable

/// How much a list says of each key.
package enum Verbosity: String, CaseIterable, Sendable {
  /// About 40 characters.
  case brief
  /// About 100 characters.
  case normal
  /// About 250 characters.
  case full
}

/// One key in words: a line in a list, the lines of its detail, its exact text.
extension Phrasebook {
  /// One line, the most important words first: number, name, access, permissions, date.
  package static func record(
    _ apiKey: APIKey, place: Int, state: DashboardState, verbosity: Verbosity = .normal
  ) -> String {
    let number = NumberText.grouped(place + 1)
    let name = inert(apiKey.shownName)
    if verbosity == .brief { return "\(number): \(name). \(access(apiKey))." }
    var sentences = [
      "Key \(number) of \(NumberText.grouped(state.query.visible.count))\(loadedPart(state)): \(name).",
      "\(access(apiKey)).",
    ]
    if verbosity == .full, let summary = groupCounts(apiKey) { sentences.append(summary) }
    if let created = apiKey.created {
      let clock = verbosity == .full ? ", \(time(created.seconds))" : ""
      sentences.append("Created \(date(created.seconds))\(clock), \(age(created.seconds, now: state.environment.now)).")
    } else {
      sentences.append("Creation date \(missing(.created, apiKey)).")
    }
    sentences.append(
      apiKey.lastFour.map { "Ends in \(spaced(lastFour: $0))." } ?? "Last four \(missing(.lastFour, apiKey)).")
    if !apiKey.damaged.isEmpty { sentences.append("Damaged text.") }
    if state.marks.contains(apiKey.id) { sentences.append("Marked.") }
    if let change = state.change(of: apiKey.id) { sentences += ChangeText.sentences(change) }
    if verbosity == .full { sentences.append("Id: \(inert(apiKey.id.text))") }
    return sentences.joined(separator: " ")
  }

  /// `not reported`, or `not understood: ` and the JSON; of a field without a value.
  private static func missing(_ field: KeyField, _ apiKey: APIKey) -> String {
    inert(KeyText.missing(field, of: apiKey))
  }

  /// One of several keys that a name fits; its id ends the line.
  static func match(_ apiKey: APIKey, number: Int) -> String {
    let created =
      apiKey.created.map { "Created \(date($0.seconds))." } ?? "Creation date \(missing(.created, apiKey))."
    let lastFour =
      apiKey.lastFour.map { "Ends in \(spaced(lastFour: $0))." } ?? "Last four \(missing(.lastFour, apiKey))."
    return "\(NumberText.grouped(number)). \(inert(apiKey.shownName)). \(access(apiKey)). \(created) \(lastFour) "
      + "Id: \(inert(apiKey.id.text))"
  }

  static func moreMatches(_ count: Int) -> String { LookupText.moreMatches(count) }

  /// `Limited, 5 permissions`, `Full access`
  static func access(_ apiKey: APIKey) -> String {
    capitalized(inert(KeyText.access(apiKey)))
  }

  /// `Calls 2 of 4, stats 1 of 1.`; nil where there is no list to speak of.
  private static func groupCounts(_ apiKey: APIKey) -> String? {
    guard apiKey.access != .full, let mask = apiKey.permissions?.mask else { return nil }
    let parts = PermissionCatalog.groups.compactMap { group -> String? in
      let granted = group.permissions.filter(mask.contains(index:)).count
      return granted == 0 ? nil : "\(resource(group.resource)) \(granted) of \(group.permissions.count)"
    }
    return parts.isEmpty ? nil : capitalized(parts.joined(separator: ", ")) + "."
  }

  /// The line before a key's detail: `Key 2 of 500:`, with ` loaded` where there may be more.
  static func detailHeading(_ state: DashboardState) -> String {
    let count = NumberText.grouped(state.query.visible.count)
    return "Key \(NumberText.grouped(state.list.position + 1)) of \(count)\(loadedPart(state)):"
  }

  /// ` loaded` after a number of keys that is not all there are.
  static func loadedPart(_ state: DashboardState) -> String {
    state.load.completeness.isAtEnd || !state.query.filter.isEmpty ? "" : " loaded"
  }

  /// One `Field: value.` a line, in fixed order; a raw id ends its line.
  static func detail(_ apiKey: APIKey, state: DashboardState) -> [String] {
    var lines = ["Name: \(inert(apiKey.shownName))."]
    if let change = state.change(of: apiKey.id) { lines += changes(change, apiKey, state) }
    switch apiKey.access {
    case .full: lines.append("Access: full access, every permission, now and in future.")
    case .limited: lines.append("Access: limited to the permissions it lists.")
    case .unknown: lines.append("Access: \(missing(.access, apiKey)).")
    }
    if apiKey.access == .full {
      lines.append("Permissions: all, through full access.")
    } else {
      lines.append(
        "Permissions: "
          + (apiKey.permissions.map { grantedCounts($0, isListOnly: apiKey.access == .unknown) }
            ?? missing(.permissions, apiKey) + "."))
    }
    if let created = apiKey.created {
      let seconds = created.seconds
      lines.append("Created: \(date(seconds)), \(time(seconds)), \(age(seconds, now: state.environment.now)).")
      if let local = state.configuration.localTime(seconds), local.offset != 0 {
        let moved = seconds + Int64(local.offset)
        lines.append("Created, local time: \(date(moved)), \(time(moved, zone: local.zone)).")
      }
    } else {
      lines.append(
        "Created: "
          + (apiKey.createdText.map { "\(inert($0)), which is not a date." } ?? missing(.created, apiKey) + "."))
    }
    lines.append("Last four: " + (apiKey.lastFour.map { spaced(lastFour: $0) } ?? missing(.lastFour, apiKey)) + ".")
    if !apiKey.damaged.isEmpty { lines.append("Damaged: \(KeyText.damaged(apiKey.damaged)).") }
    lines.append("Marked: \(state.marks.contains(apiKey.id) ? "yes" : "no").")
    if let creator = apiKey.creator {
      let part = state.load.completeness.isComplete ? "" : " loaded so far"
      lines.append("Keys of its creator: \(NumberText.grouped(state.keyCount(ofCreator: creator)))\(part).")
      lines.append("Creator: \(inert(APIKey.shown(creator.text)))")
    } else {
      lines.append("Creator: \(missing(.creator, apiKey)).")
    }
    lines.append("Id: \(inert(apiKey.id.text))")
    return lines
  }

  /// What became of a key since the list was read before.
  private static func changes(_ change: RowChange, _ apiKey: APIKey, _ state: DashboardState) -> [String] {
    guard case .changed(let kinds) = change else { return ChangeText.sentences(change) }
    return ChangeText.lines(kinds, from: state.loading.changes.before[apiKey.id], to: apiKey).map {
      "Changed, \(inert($0))."
    }
  }

  /// The key's fields in the API's own names and values, one a line, nothing added.
  static func raw(_ apiKey: APIKey) -> [String] {
    [KeyField.name, .access, .permissions, .created, .lastFour, .creator, .id].map { field in
      let value =
        switch field {
        case .name: apiKey.name.map { $0.isEmpty ? apiKey.shownName : $0 }
        case .access: apiKey.restricted.map { $0 ? "true" : "false" }
        case .permissions: apiKey.permissions.map { $0.list.isEmpty ? "none" : $0.list.joined(separator: " ") }
        default: apiKey.text(of: NamedField(field))
        }
      return "\(field.wireName) \(inert(value ?? KeyText.missing(field, of: apiKey)))"
    }
  }
}
