package import APIKeyModel
import KeyTable
package import TerminalCore

/// One key, line by line.
package struct DetailViewModel: Sendable {
  package enum FieldRole: Equatable, Sendable {
    case value
    /// The beginning of the key's name.
    case name
  }

  package enum Line: Equatable, Sendable {
    /// `label` has a column of its own; without one the line continues the field above.
    case field(label: DisplayText, value: DisplayText, role: FieldRole = .value)
    case heading(DisplayText)
    /// A resource and how many of its permissions are granted.
    case group(resource: DisplayText, granted: Int, total: Int)
    /// `isListOnly`: whether the key is limited to its list is not known, so that the list means nothing for others.
    case permission(action: DisplayText, granted: Bool, inCatalog: Bool, isListOnly: Bool)

    /// The line as words alone, for searching, copying and plain output.
    package var plainText: DisplayText {
      switch self {
      case .field(let label, let value, _): label.width == 0 ? value : label + ": " + value
      case .heading(let text): text
      case .group(let resource, let granted, let total):
        DisplayText(own: KeyText.group(resource.string, granted: granted, of: total))
      case .permission(let action, let granted, let inCatalog, let isListOnly):
        DisplayText(
          own: KeyText.permission(action.string, granted: granted, inCatalog: inCatalog, isListOnly: isListOnly))
      }
    }
  }

  /// Nil when nothing is selected.
  package let apiKey: APIKey?
  package let lines: [Line]

  /// What the find command looks through, one text per line: as shown on the screen, and as worded elsewhere.
  package var searchTexts: [String] {
    var resource = ""
    return lines.map { line in
      switch line {
      case .group(let name, _, _): resource = name.string + "."
      case .heading: resource = ""
      case .field(let label, let value, _): return "\(label.string) \(value.string)\n\(line.plainText.string)"
      case .permission(let action, _, _, _): return "\(resource)\(action.string)\n\(line.plainText.string)"
      }
      return line.plainText.string
    }
  }

  /// Cells before the values: the longest label and a space.
  package static let labelWidth = 10

  /// What the lines of a key are made from.
  struct Input {
    let apiKey: APIKey
    /// What became of the key since the list was read before; nil where nothing did.
    let change: RowChange?
    let changes: ListChanges
    /// Keys of the key's creator in the list; 0 where the creator is not known.
    let creatorKeyCount: Int
    /// Whether the list is complete.
    let isWhole: Bool
    /// See ``DashboardConfiguration/localTime``.
    let localTime: @Sendable (_ seconds: Int64) -> (offset: Int, zone: String)?
    /// Seconds since the epoch.
    let now: Int64
    /// Cells of a line: an id is never cut, and gets a line of its own where it does not fit beside its label.
    let room: Int
  }

  /// Nil where no key is selected.
  init(_ input: Input?) {
    apiKey = input?.apiKey
    lines = input.map { DetailViewModel.fields($0) + DetailViewModel.checklist($0.apiKey, room: $0.room) } ?? []
  }

  /// The number of ``lines``, without most of the texts: each key press in the detail asks for it.
  static func lineCount(_ input: Input) -> Int {
    let checklist = hasChecklist(input.apiKey) ? groupLineCount + others(input.apiKey, room: input.room).count : 0
    return fields(input).count + 1 + checklist
  }

  private static let groupLineCount = PermissionCatalog.groups.reduce(0) { $0 + 1 + $1.permissions.count }
  private static func hasChecklist(_ apiKey: APIKey) -> Bool { apiKey.access == .full || apiKey.permissions != nil }

  /// Cells before a permission's name: the sign and the word.
  package static let permissionIndent = 19

  private static func fields(_ input: Input) -> [Line] {
    let (apiKey, room) = (input.apiKey, input.room)
    func field(_ label: DisplayText, _ value: String, role: FieldRole = .value) -> [Line] {
      // What does not fit continues below, so that nothing has to be guessed.
      DisplayText(value).showingLastSpace.wrapped(columns: max(room - labelWidth, labelWidth)).enumerated().map {
        index, line in
        index == 0 ? .field(label: label, value: line, role: role) : .field(label: "", value: line)
      }
    }
    func identifier(_ label: DisplayText, _ id: KeyIdentifier) -> [Line] {
      let whole = DisplayText(APIKey.shown(id.text)).showingLastSpace
      let fits = labelWidth + whole.width <= room
      return fits
        ? [.field(label: label, value: whole)] : [.field(label: label, value: ""), .field(label: "", value: whole)]
    }
    var lines: [Line] = field("Name", apiKey.shownName, role: .name)
    if let change = input.change {
      let texts = ChangeText.detail(change, of: apiKey, in: input.changes)
      for (index, text) in texts.enumerated() {
        lines += field(index == 0 ? DisplayText(ChangeText.title(change)) : "", text)
      }
    }
    lines += identifier("Id", apiKey.id)
    if let creator = apiKey.creator {
      lines += identifier("Creator", creator)
      lines += field("", KeyText.creatorHas(input.creatorKeyCount, isWhole: input.isWhole))
    } else {
      lines += field("Creator", KeyText.missing(.creator, of: apiKey))
    }
    if let created = apiKey.created {
      lines += field("Created", MomentText.utc(created.seconds))
      if let local = input.localTime(created.seconds), local.offset != 0 {
        let time = CivilTime(seconds: created.seconds + Int64(local.offset))
        lines += field("", "\(time.isoDate) \(time.clock) \(local.zone)")
      }
      lines += field("", AgeText.relative(created.seconds, now: input.now))
    } else {
      lines += field("Created", apiKey.createdText.map(KeyText.notADate) ?? KeyText.missing(.created, of: apiKey))
    }
    lines += field(
      DisplayText(KeyField.lastFour.title),
      apiKey.lastFour.map(APIKey.shown) ?? KeyText.missing(.lastFour, of: apiKey))
    if case .notUnderstood(let odd) = apiKey.state(of: .access) {
      lines += field("Access", odd.words)
    } else {
      lines += field("Access", KeyText.access(apiKey.access))
    }
    if !apiKey.damaged.isEmpty { lines += field("Damaged", KeyText.damaged(apiKey.damaged)) }
    return lines
  }

  private static func checklist(_ apiKey: APIKey, room: Int) -> [Line] {
    let isFull = apiKey.access == .full
    let isListOnly = apiKey.access == .unknown
    let mask = isFull ? PermissionMask.all : apiKey.permissions?.mask ?? []
    let granted = mask.count + (apiKey.permissions?.others.count ?? 0)
    guard hasChecklist(apiKey) else { return [.heading(DisplayText(KeyText.permissionsMissing(apiKey)))] }
    var lines: [Line] = []
    if isFull {
      lines.append(.heading(DisplayText(KeyText.allPermissions)))
    } else {
      let counts = KeyText.permissions(
        granted: granted, notGranted: PermissionCatalog.count - mask.count, isListOnly: isListOnly)
      lines.append(.heading(DisplayText(counts)))
    }
    for group in PermissionCatalog.groups {
      let have = group.permissions.filter(mask.contains(index:)).count
      lines.append(.group(resource: DisplayText(group.resource), granted: have, total: group.permissions.count))
      for index in group.permissions {
        lines.append(
          .permission(
            action: DisplayText(PermissionCatalog.action(of: PermissionCatalog.names[index])),
            granted: mask.contains(index: index), inCatalog: true, isListOnly: isListOnly))
      }
    }
    return lines + others(apiKey, room: room)
  }

  /// Listed permissions that the catalogue does not have. Their names are the server's: what does not fit continues below.
  private static func others(_ apiKey: APIKey, room: Int) -> [Line] {
    let names = apiKey.permissions?.others ?? []
    guard !names.isEmpty else { return [] }
    let isListOnly = apiKey.access == .unknown
    return [.heading(DisplayText(KeyText.notInCatalogue(names.count, isListOnly: isListOnly)))]
      + names.flatMap { name in
        DisplayText(name).showingLastSpace.wrapped(columns: max(room - permissionIndent, labelWidth)).enumerated().map {
          index, part in
          index == 0
            ? .permission(action: part, granted: true, inCatalog: false, isListOnly: isListOnly)
            : .field(label: "", value: part)
        }
      }
  }
}
