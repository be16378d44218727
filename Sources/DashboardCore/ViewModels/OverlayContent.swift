import APIKeyModel
import KeyTable
import TerminalCore

/// One row of an overlay: columns of text, and what Enter does.
package struct OverlayRow: Sendable {
  package enum Choice: Equatable, Sendable {
    case run(Command)
    case toggleColumn(KeyField)
    case ask(DrillDown)
    case look(KeyRequest)
  }

  /// Texts of the columns; the first is what is searched for first.
  package var cells: [DisplayText]
  package var choice: Choice?
  package var isHeading: Bool

  package init(_ cells: [String], _ choice: Choice? = nil, isHeading: Bool = false) {
    self.init(cells: cells.map { DisplayText($0) }, choice, isHeading: isHeading)
  }

  init(cells: [DisplayText], _ choice: Choice? = nil, isHeading: Bool = false) {
    self.cells = cells
    self.choice = choice
    self.isHeading = isHeading
  }

  /// The row in lines that fit: the last cell is broken at spaces.
  fileprivate func wrapped(columns: Int) -> [OverlayRow] {
    guard let last = cells.last else { return [self] }
    // Two cells of indent and two between columns, as they are drawn; times and kinds have fixed widths.
    let before = cells.dropLast().reduce(2) { $0 + max($1.width, 5) + 2 }
    let lines = last.wrapped(columns: max(columns - before, 20))
    return lines.enumerated().map { index, line in
      var row = self
      row.cells = (index == 0 ? Array(cells.dropLast()) : cells.dropLast().map { _ in "" }) + [line]
      return row
    }
  }

  package var plainText: String { cells.map(\.string).filter { !$0.isEmpty }.joined(separator: "  ") }
}

/// What an overlay says: a title and rows, for the screen and for plain mode alike.
package struct OverlayContent: Sendable {
  package let title: DisplayText
  package let rows: [OverlayRow]

  package init(kind: OverlayKind, state: DashboardState) {
    let overlay = state.views.overlays.last { $0.kind == kind }
    let title: String
    let rows: [OverlayRow]
    switch kind {
    case .help:
      title = OverlayText.help
      rows = OverlayContent.help(search: overlay?.searchText ?? "")
    case .messages:
      title = OverlayText.messages
      rows =
        state.messages.log.isEmpty
        ? [OverlayRow([OverlayText.noMessages])]
        : state.messages.log.reversed().map {
          OverlayRow([
            MomentText.clock($0.time), $0.isError ? "error" : "note", NoticeText.sentence($0.notice, state.wording),
          ])
        }
    case .sortMenu:
      title = OverlayText.sort
      rows = OverlayContent.sortRows(state)
    case .columnsMenu:
      title = OverlayText.columns
      rows = KeyField.columns.map { column in
        let isShown = state.settings.columns.contains(column)
        // A reader would name each bracket of the sign; the word says the same.
        let sign = state.settings.cursorFocus ? "" : isShown ? "[x] " : "[ ] "
        return OverlayRow(
          [sign + column.shortTitle, isShown ? "shown" : "hidden"], .toggleColumn(column))
      }
    case .copyMenu:
      title = OverlayText.copy
      rows = CopyTarget.all.map {
        OverlayRow([OutputText.title($0)], .run(.copy($0)))
      }
    case .permissionPivot:
      (title, rows) = OverlayContent.pivot(state, rarestFirst: overlay?.rarestFirst ?? false)
    case .creatorGroups:
      title = OverlayText.creators(CountedKeys(state))
      rows = OverlayContent.creators(state)
    case .histogram:
      title = OverlayText.histogram(CountedKeys(state))
      rows = OverlayContent.histogram(state)
    case .comparison(let left, let right):
      title = OverlayText.comparison
      rows = OverlayContent.comparison(left, right, state)
    case .matches(let matches):
      title = LookupText.choose(matches.count, match: matches.text, searched: matches.searched)
      rows = OverlayContent.matches(matches, state)
    case .explanation(let id):
      title = OverlayText.explanation
      rows =
        state.apiKey(of: id).map { apiKey in
          Explanation(apiKey, state: state).sentences.map { OverlayRow([$0]) }
        } ?? [OverlayRow([OverlayText.keyIsGone])]
    }
    // What is read and not chosen from is broken into lines; plain mode has lines of any length.
    let isText = rows.allSatisfy { $0.choice == nil && !$0.isHeading }
    self.title = DisplayText(title)
    self.rows =
      isText && !state.configuration.isPlain ? rows.flatMap { $0.wrapped(columns: state.environment.width) } : rows
  }

  private static func help(search: String) -> [OverlayRow] {
    let needle = search.lowercased()
    var rows: [OverlayRow] = []
    for group in CommandGroup.allCases {
      let entries = CommandCatalog.entries.filter { entry in
        entry.group == group
          && (needle.isEmpty || "\(entry.name) \(entry.title) \(entry.summary)".lowercased().contains(needle))
      }
      guard !entries.isEmpty else { continue }
      rows.append(OverlayRow([group.rawValue], isHeading: true))
      rows += entries.map { entry in
        let choice: OverlayRow.Choice? = entry.group == .editing ? nil : .run(Command(entry.id) ?? .palette(entry.id))
        return OverlayRow([Keymap.labels(of: entry).joined(separator: " "), entry.name, entry.summary], choice)
      }
    }
    return rows.isEmpty ? [OverlayRow([OverlayText.noCommand(search)])] : rows
  }

  private static func sortRows(_ state: DashboardState) -> [OverlayRow] {
    let order = state.settings.sort
    func row(_ column: KeyField, descending: Bool, after first: SortOrder?) -> OverlayRow {
      let term = SortTerm(column, descending: descending)
      let chosen = SortOrder((first?.terms ?? []) + [term])
      return OverlayRow(
        [
          OverlayText.order(column.shortTitle, descending: descending, isFirst: first == nil),
          order == chosen ? "now" : "",
        ],
        .run(.sort(chosen)))
    }
    var rows = [
      OverlayRow(
        [OverlayText.serverOrder, order.isServerOrder ? "now" : ""], .run(.sort(.server)))
    ]
    rows += KeyField.columns.flatMap { column in
      [false, true].map { row(column, descending: $0, after: nil) }
    }
    guard !order.isServerOrder else { return rows }
    rows.append(OverlayRow([OverlayText.whereEqual(StatusText.names(of: order))], isHeading: true))
    let left = KeyField.columns.filter { column in !order.terms.contains { $0.column == column } }
    return rows + left.flatMap { column in [false, true].map { row(column, descending: $0, after: order) } }
  }

  /// The number of a row is that of the keys that Enter shows: those that can use the permission.
  private static func pivot(_ state: DashboardState, rarestFirst: Bool) -> (title: String, rows: [OverlayRow]) {
    var tallies = state.table.permissionPivot(within: state.query.visible)
    if rarestFirst { tallies.sort { ($0.keys, $0.name) < ($1.keys, $1.name) } }
    let keys = aligned(tallies.map(\.keys))
    let listed = aligned(tallies.map(\.listed))
    func rows(inWords: Bool) -> [OverlayRow] {
      tallies.enumerated().map { index, tally in
        let counts =
          inWords
          ? [
            OverlayText.keys(keys[index], tally.keys), OverlayText.listed(listed[index]),
            OverlayText.throughFullAccess(tally.throughFullAccess),
          ]
          : [OverlayText.counts(keys[index], listed: listed[index], throughFullAccess: tally.throughFullAccess)]
        return OverlayRow(
          [tally.inCatalog ? tally.name : OverlayText.notInCatalogue(tally.name)] + counts,
          .ask(.permission(tally.name)))
      }
    }
    // Where the words have no room, the title has them: a name must not be cut so that two look the same.
    let usual =
      OverlayContent.widthOfNames + (tallies.first.map { _ in OverlayContent.width(rows(inWords: true)) } ?? 0)
    let inWords = state.configuration.isPlain || usual <= state.environment.width
    let counted = CountedKeys(state)
    let titles = OverlayText.pivot(counted, inWords: inWords)
    // Beside the title stands how many rows are below.
    let title = titles.first { $0.utf8.count + 11 <= state.environment.width || state.configuration.isPlain }
    return (title ?? titles.last ?? "", rows(inWords: inWords))
  }

  /// Cells of the longest name of the catalogue, with the indent.
  private static let widthOfNames = 2 + (PermissionCatalog.names.map(\.utf8.count).max() ?? 0)

  /// Cells of the columns behind the first, each with the gap before it.
  private static func width(_ rows: [OverlayRow]) -> Int {
    (1..<(rows.first?.cells.count ?? 1)).reduce(0) { width, column in
      width + 2 + (rows.map { $0.cells[column].width }.max() ?? 0)
    }
  }

  private static func creators(_ state: DashboardState) -> [OverlayRow] {
    if state.query.visible.isEmpty { return [OverlayRow([state.emptyListSentence])] }
    let tallies = state.table.creatorGroups(within: state.query.visible)
    let keys = aligned(tallies.map(\.keys))
    let full = aligned(tallies.map(\.fullAccess))
    return tallies.enumerated().map { index, tally in
      let id = tally.creator.map { state.table.creatorID($0).text }
      func day(_ date: CreatedDate?) -> String { date.map { CivilTime(seconds: $0.seconds).isoDate } ?? "unknown" }
      return OverlayRow(
        [
          id ?? KeyText.withoutCreator(state.table), OverlayText.keys(keys[index], tally.keys),
          OverlayText.fullAccess(full[index]),
          OverlayText.span(day(tally.oldest), day(tally.newest)),
        ], .ask(.creator(tally.creator.map(state.table.creatorID))))
    }
  }

  private static func matches(_ matches: KeyMatches, _ state: DashboardState) -> [OverlayRow] {
    let rows = matches.ids.map { id in
      guard let apiKey = state.apiKey(of: id) else { return OverlayRow([OverlayText.keyIsGone]) }
      // Keys of one name are told apart by what stands beside it.
      return OverlayRow(
        [
          apiKey.shownName, apiKey.access.word, apiKey.lastFour ?? KeyText.missing(.lastFour, of: apiKey),
          apiKey.created.map { CivilTime(seconds: $0.seconds).isoDate } ?? KeyText.missing(.created, of: apiKey),
          id.text,
        ], .look(matches.choosing(id)))
    }
    let rest = matches.count - matches.ids.count
    return rows + (rest > 0 ? [OverlayRow([LookupText.moreMatches(rest)], isHeading: true)] : [])
  }

  private static func histogram(_ state: DashboardState) -> [OverlayRow] {
    let months = state.table.createdHistogram(within: state.query.visible)
    let undated = state.query.visible.count - months.reduce(0) { $0 + $1.keys }
    if months.isEmpty {
      return [OverlayRow([state.query.visible.isEmpty ? state.emptyListSentence : OverlayText.noDates])]
    }
    let most = max(months.map(\.keys).max() ?? 1, 1)
    let room = min(max(state.environment.width - 30, 10), 60)
    let allCounts = aligned(months.map(\.keys) + (undated > 0 ? [undated] : []))
    let counts = allCounts.prefix(months.count)
    var rows: [OverlayRow] = []
    func add(_ month: MonthTally, _ count: String) {
      // Ceilings, so that one key is seen beside a thousand.
      let length = (month.keys * room + most - 1) / most
      rows.append(
        OverlayRow(
          [month.text, OverlayText.keys(count, month.keys)]
            // Forty signs in a row are no picture for who hears them.
            + (state.settings.cursorFocus ? [] : [String(repeating: state.glyphs.bar, count: length)]),
          .ask(.month(year: month.year, month: month.month))))
    }
    let width = counts.first?.utf8.count ?? 1
    for (index, month) in months.enumerated() {
      let gap = index == 0 ? 0 : month.number - months[index - 1].number - 1
      if gap > OverlayContent.mostEmptyMonths {
        rows.append(OverlayRow([OverlayText.monthsWithoutKeys(gap)]))
      } else {
        for number in month.number - gap..<month.number {
          add(
            MonthTally(year: number / 12, month: number % 12 + 1, keys: 0),
            String(repeating: " ", count: width - 1) + "0")
        }
      }
      add(month, counts[index])
    }
    if undated > 0, let count = allCounts.last {
      rows.append(OverlayRow([OverlayText.undated, OverlayText.keys(count, undated)], .ask(.undated)))
    }
    return rows
  }

  /// More months than this without a key are one row: a date may be eight thousand years ahead.
  private static let mostEmptyMonths = 3

  /// Numbers as texts of one width, so that their digits stand below each other.
  private static func aligned(_ numbers: [Int]) -> [String] {
    let texts = numbers.map(NumberText.grouped)
    let width = texts.map(\.utf8.count).max() ?? 0
    return texts.map { String(repeating: " ", count: width - $0.utf8.count) + $0 }
  }

  private static func comparison(_ left: KeyIdentifier, _ right: KeyIdentifier, _ state: DashboardState) -> [OverlayRow]
  {
    guard let first = state.apiKey(of: left), let second = state.apiKey(of: right) else {
      return [OverlayRow([OverlayText.oneKeyIsGone])]
    }
    let result = KeyTable.comparison(first, second)
    // Both keys beside the labels, whatever their names: neither pushes the other off the screen.
    let isWide = state.environment.width >= 52
    let room = (state.environment.width - (isWide ? 20 : 9) - 6) / 2
    func pair(_ label: String, _ text: (APIKey) -> String) -> OverlayRow {
      OverlayRow(cells: [DisplayText(label)] + [first, second].map { DisplayText(text($0)).truncated(to: room) })
    }
    func list(_ heading: String, _ names: [String], _ isFirst: Bool, _ isSecond: Bool) -> [OverlayRow] {
      func word(_ isGranted: Bool, _ apiKey: APIKey) -> String {
        KeyText.granted(isGranted, isListOnly: apiKey.access == .unknown)
      }
      // Without room for the words the heading alone says whose they are.
      return [OverlayRow([heading], isHeading: true)]
        + names.map { OverlayRow([$0] + (isWide ? [word(isFirst, first), word(isSecond, second)] : [])) }
    }
    return [
      pair(KeyField.name.title) { $0.shownName },
      pair(KeyField.access.title) { $0.notUnderstood[.access]?.words ?? $0.access.word },
      pair(KeyField.created.title) {
        $0.created.map { isWide ? MomentText.short($0.seconds) : CivilTime(seconds: $0.seconds).isoDate }
          ?? KeyText.missing(.created, of: $0)
      },
      pair(KeyField.creator.title) { apiKey in
        apiKey.creator.map { ListRowText.short($0.text) } ?? KeyText.missing(.creator, of: apiKey)
      },
      pair(KeyField.lastFour.title) { $0.lastFour ?? KeyText.missing(.lastFour, of: $0) },
      pair(KeyField.id.title) { ListRowText.short($0.id.text) },
    ] + list(OverlayText.only(first.shownName, result.onlyFirst.count), result.onlyFirst, true, false)
      + list(OverlayText.only(second.shownName, result.onlySecond.count), result.onlySecond, false, true)
      + list(OverlayText.both(result.both.count), result.both, true, true)
  }
}
