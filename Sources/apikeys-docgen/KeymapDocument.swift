import DashboardCore

/// keymap.md: every command by group, with its keys, where they count, and its name for the palette and plain mode.
enum KeymapDocument {
  /// The whole document in Markdown.
  static func text(_ entries: [CommandEntry]) -> String {
    var lines = [
      "<!-- Generated from the command catalog by `make docs`. Do not edit. -->", "", "# Keys and commands", "",
      "The name is what `:` and plain mode take; an argument in brackets may be left out.",
    ]
    for group in CommandGroup.allCases {
      let members = entries.filter { $0.group == group }
      guard !members.isEmpty else { continue }
      lines += ["", "## \(group.rawValue)", "", "| keys | command | what it does | where |", "|---|---|---|---|"]
      lines += members.map(row)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ entry: CommandEntry) -> String {
    let keys = Keymap.labels(of: entry).map(code).joined(separator: " ")
    let name = code([entry.name, entry.argument.label].compactMap(\.self).joined(separator: " "))
    let aliases = entry.aliases.isEmpty ? "" : " (also " + entry.aliases.map(code).joined(separator: ", ") + ")"
    let places =
      entry.scopes.count == CommandScope.allCases.count
      ? "everywhere" : entry.scopes.map(\.title).joined(separator: ", ")
    return "| \(keys) | \(name)\(aliases) | \(escaped(entry.summary)) | \(places) |"
  }

  /// Code in a table cell: a bar would end the cell, and a backtick the code.
  private static func code(_ text: String) -> String {
    text.contains("`") ? "`` \(escaped(text)) ``" : "`\(escaped(text))`"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|")
  }
}
