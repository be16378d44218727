package import TerminalCore

/// Every command by group, with its keys; Enter runs one.
package struct HelpOverlay: Overlay {
  package init() {}

  package var dependencies: OverlayDependencies { .searchText }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.help }
  package func role(ofColumn column: Int) -> TextRole? { column == 0 ? .emphasis : nil }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    let needle = input.searchText.lowercased()
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
    return rows.isEmpty ? [OverlayRow([OverlayText.noCommand(input.searchText)])] : rows
  }
}
