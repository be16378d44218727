package import APIKeyModel
package import DashboardCore
import KeyLoading
import KeyTable

/// One key in words: a line in a list, the lines of its detail, its exact text.
extension Phrasebook {
  /// One line, the most important words first: number, name, access, permissions, date.
  package static func record(
    _ apiKey: APIKey, place: Int, state: DashboardState, verbosity: Verbosity = .normal
  ) -> String {
    let name = sanitized(apiKey.shownName)
    if verbosity == .brief { return "\(NumberText.grouped(place + 1)): \(name). \(access(apiKey))." }
    var sentences = [
      "\(keyOfCount(place, state)): \(name).",
      "\(access(apiKey)).",
    ]
    if verbosity == .full, let summary = groupCounts(apiKey) { sentences.append(summary) }
    sentences.append(created(apiKey, age: state.environment.now, hasClock: verbosity == .full))
    sentences.append(lastFour(apiKey))
    if !apiKey.damaged.isEmpty { sentences.append("Damaged text.") }
    if state.marks.contains(apiKey.id) { sentences.append("Marked.") }
    if let change = state.change(of: apiKey.id) { sentences += ChangeText.sentences(change) }
    if verbosity == .full { sentences.append("Id: \(sanitized(apiKey.id.text))") }
    return sentences.joined(separator: " ")
  }

  /// `Created 7 November 2023, 1112 days ago.`; `now` in seconds since the epoch.
  private static func created(_ apiKey: APIKey, age now: Int64? = nil, hasClock: Bool = false) -> String {
    guard let seconds = apiKey.created?.seconds else { return "Creation date \(missing(.created, apiKey))." }
    let parts =
      [MomentText.dateInWords(seconds)] + (hasClock ? [time(seconds)] : [])
      + (now.map { [age(seconds, now: $0)] } ?? [])
    return "Created \(parts.joined(separator: ", "))."
  }

  private static func lastFour(_ apiKey: APIKey) -> String {
    apiKey.lastFour.map { "Ends in \(spaced(lastFour: $0))." } ?? "Last four \(missing(.lastFour, apiKey))."
  }

  /// `not reported`, or `not understood: ` and the JSON; of a field without a value.
  private static func missing(_ field: KeyField, _ apiKey: APIKey) -> String {
    sanitized(KeyText.missing(field, of: apiKey))
  }

  /// One of several keys that a name fits; its id ends the line.
  static func match(_ apiKey: APIKey, number: Int) -> String {
    "\(NumberText.grouped(number)). \(sanitized(apiKey.shownName)). \(access(apiKey)). \(created(apiKey)) "
      + "\(lastFour(apiKey)) Id: \(sanitized(apiKey.id.text))"
  }

  static func mark(_ apiKey: APIKey, in state: DashboardState) -> String {
    let word = state.marks.contains(apiKey.id) ? "Marked" : "Not marked"
    return "\(word): \(sanitized(apiKey.shownName)). \(marked(state.marks.count))"
  }

  /// `Limited, 5 permissions`, `Full access`
  static func access(_ apiKey: APIKey) -> String {
    capitalized(sanitized(KeyText.access(apiKey)))
  }

  /// `Calls 2 of 4, stats 1 of 1.`; nil where no list was reported.
  private static func groupCounts(_ apiKey: APIKey) -> String? {
    guard let abilities = KeyAbilities(apiKey), !abilities.isFull else { return nil }
    let parts = abilities.resources.filter { !$0.granted.isEmpty }
      .map { KeyText.group($0.group.words, granted: $0.granted.count, of: $0.group.permissions.count) }
    return parts.isEmpty ? nil : capitalized(parts.joined(separator: ", ")) + "."
  }

  /// The line before a key's detail: `Key 2 of 500:`, with ` loaded` where there may be more.
  static func detailHeading(_ state: DashboardState) -> String { keyOfCount(state.list.position, state) + ":" }

  /// `Key 2 of 500`, with ` loaded` after a number of keys that is not all there are.
  static func keyOfCount(_ index: Int, _ state: DashboardState) -> String {
    let isPart = !state.load.completeness.isAtEnd && state.query.filter.isEmpty
    let count = NumberText.grouped(state.query.visible.count)
    return "Key \(NumberText.grouped(index + 1)) of \(count)\(isPart ? " loaded" : "")"
  }

  /// One `Field: value.` a line, in fixed order; a raw id ends its line.
  static func detail(_ apiKey: APIKey, state: DashboardState) -> [String] {
    let now = state.environment.now
    var lines = ["Name: \(sanitized(apiKey.shownName))."]
    if let change = state.change(of: apiKey.id) { lines += changes(change, apiKey, state) }
    let permissions =
      KeyAbilities(apiKey).map(grantedCounts) ?? "\(missing(.permissions, apiKey))."
    switch apiKey.access {
    case .full:
      lines += ["Access: full access, every permission, now and in future.", "Permissions: all, through full access."]
    case .limited: lines += ["Access: limited to the permissions it lists.", "Permissions: \(permissions)"]
    case .unknown: lines += ["Access: \(missing(.access, apiKey)).", "Permissions: \(permissions)"]
    }
    if let seconds = apiKey.created?.seconds {
      lines.append("Created: \(MomentText.dateInWords(seconds)), \(time(seconds)), \(age(seconds, now: now)).")
      if let local = state.configuration.localTime(seconds), local.offset != 0 {
        let moved = seconds + Int64(local.offset)
        lines.append("Created, local time: \(MomentText.dateInWords(moved)), \(time(moved, zone: local.zone)).")
      }
    } else {
      let text = apiKey.createdText.map { "\(sanitized($0)), which is not a date" }
      lines.append("Created: \(text ?? missing(.created, apiKey)).")
    }
    lines.append("Last four: \(apiKey.lastFour.map { spaced(lastFour: $0) } ?? missing(.lastFour, apiKey)).")
    if !apiKey.damaged.isEmpty { lines.append("Damaged: \(KeyText.damaged(apiKey.damaged)).") }
    lines.append("Marked: \(state.marks.contains(apiKey.id) ? "yes" : "no").")
    if let creator = apiKey.creator {
      let part = state.load.completeness.isComplete ? "" : " loaded so far"
      lines.append("Keys of its creator: \(NumberText.grouped(state.keyCount(ofCreator: creator)))\(part).")
      lines.append("Creator: \(sanitized(APIKey.shown(creator.text)))")
    } else {
      lines.append("Creator: \(missing(.creator, apiKey)).")
    }
    return lines + ["Id: \(sanitized(apiKey.id.text))"]
  }

  /// What became of a key since the list was read before.
  private static func changes(_ change: RowChange, _ apiKey: APIKey, _ state: DashboardState) -> [String] {
    guard case .changed(let kinds) = change else { return ChangeText.sentences(change) }
    return ChangeText.lines(kinds, from: state.loading.changes.before[apiKey.id], to: apiKey).map {
      "Changed, \(sanitized($0))."
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
      return "\(field.wireName) \(sanitized(value ?? KeyText.missing(field, of: apiKey)))"
    }
  }
}
