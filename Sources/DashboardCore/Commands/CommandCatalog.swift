/// The one list of commands. Help, the footer, the palette, plain mode, keymap.md, the man page and completions are
/// made from it; nothing else names a key, a word of plain mode, or what a command needs.
package enum CommandCatalog {
  private static let linesOnly = "Plain mode takes commands at its prompt. Type help for the list."

  package static let entries: [CommandEntry] = [
    // Moving.
    CommandEntry(
      .down, aliases: ["next"], "Down", "Go to the next row.", .moving, in: CommandScope.screens, ["j", "Down"],
      plain: .runs(as: "next")),
    CommandEntry(
      .up, aliases: ["previous", "prev"], "Up", "Go to the previous row.", .moving, in: CommandScope.screens,
      ["k", "Up"], plain: .runs(as: "previous")),
    CommandEntry(
      .halfPageDown, "Half a page down", "Go down half a screen.", .moving, in: CommandScope.screens, ["Ctrl-d"]),
    CommandEntry(
      .halfPageUp, "Half a page up", "Go up half a screen.", .moving, in: CommandScope.screens, ["Ctrl-u"]),
    CommandEntry(
      .pageDown, aliases: ["more"], "Page down", "Go down a screen; in plain mode, say the next keys.", .moving,
      in: CommandScope.screens, ["Ctrl-f", "PgDn"], plain: .runs(as: "more")),
    CommandEntry(
      .pageUp, aliases: ["less"], "Page up", "Go up a screen; in plain mode, say the keys before.", .moving,
      in: CommandScope.screens, ["Ctrl-b", "PgUp"], plain: .runs(as: "less")),
    CommandEntry(
      .first, aliases: ["top"], "First", "Go to the first row.", .moving, in: CommandScope.screens, ["gg", "Home"]),
    CommandEntry(
      .last, aliases: ["bottom", "end"], "Last",
      "Go to the last row, loading everything first; Ctrl-C stops the loading.", .moving, in: CommandScope.screens,
      ["G", "End"]),
    CommandEntry(
      .left, "Left", "Scroll the columns left; in the detail, go back to the list.", .moving,
      in: CommandScope.panes, ["h", "Left"],
      plain: .screenOnly("Plain mode has no columns to scroll. Type show for every field of the key.")),
    CommandEntry(
      .right, "Right", "Scroll the columns right.", .moving, in: [.list], ["l", "Right"],
      plain: .screenOnly("Plain mode has no columns to scroll. Type show for every field of the key.")),
    CommandEntry(
      .goTo, "Go to a key",
      "Go to a key by its row (#12), the beginning of its id, its name or last four; several are listed.", .moving,
      in: CommandScope.panes, [], argument: .required("KEY")),

    // Panes and screens.
    CommandEntry(
      .open, aliases: ["show"], "Open", "Open the detail of the key, or choose the row.", .panes,
      in: CommandScope.screens, ["Enter"], argument: .optional("KEY"), footer: "open", plain: .runs(as: "show"),
      requires: [.selection]),
    CommandEntry(
      .back, "Back", "Go back one step: close what is open, leave the detail, drop the filter.", .panes,
      in: CommandScope.screens, ["Esc"], footer: "back"),
    CommandEntry(
      .nextPane, "Next pane", "Move between the list and the detail.", .panes, in: CommandScope.panes, ["Tab"],
      footer: "pane", plain: .screenOnly("Plain mode has no panes. Type show for the detail of the key."),
      requires: [.otherPane]),
    CommandEntry(
      .growDetail, "Larger detail", "Make the detail pane larger.", .panes, in: CommandScope.panes, ["+"],
      plain: .screenOnly("Plain mode has no panes to resize."), requires: [.detailShown, .bothPanes]),
    CommandEntry(
      .shrinkDetail, "Smaller detail", "Make the detail pane smaller.", .panes, in: CommandScope.panes, ["_"],
      plain: .screenOnly("Plain mode has no panes to resize."), requires: [.detailShown, .bothPanes]),
    CommandEntry(
      .timeFormat, "Time format", "Switch the Created column between age and date in UTC.", .panes,
      in: CommandScope.panes, ["t"], plain: .screenOnly("Plain mode says both the date and the age.")),
    CommandEntry(
      .cursorFocus, "Cursor focus",
      "Switch cursor focus, for screen readers and braille: only the cursor moves.", .panes,
      in: CommandScope.panes, ["F"],
      plain: .screenOnly("Cursor focus belongs to the dashboard. Plain mode moves no cursor.")),

    // Finding.
    CommandEntry(
      .filter, "Filter", "Show only the keys that match; live while typing.", .finding, in: [.list], ["/"],
      argument: .optional("FILTER"), footer: "filter"),
    CommandEntry(.clearFilter, "Clear filter", "Show every key again.", .finding, in: [.list], [], requires: [.filter]),
    CommandEntry(
      .find, aliases: ["search"], "Find", "Go to the next row that has a text, hiding nothing.", .finding,
      in: [.list], ["f"], argument: .optional("TEXT")),
    CommandEntry(
      .find, "Find here", "Go to the next line that has a text.", .finding, in: [.detail, .overlay], ["/"],
      argument: .optional("TEXT"), footer: "find"),
    CommandEntry(
      .nextHit, "Next hit", "Go to the next place that was found.", .finding, in: CommandScope.screens, ["n"],
      requires: [.searchText]),
    CommandEntry(
      .previousHit, "Previous hit", "Go to the previous place that was found.", .finding, in: CommandScope.screens,
      ["N"], requires: [.searchText]),
    CommandEntry(
      .sort, "Sort", "Choose the column to sort by; several make a second and third order.", .finding,
      in: CommandScope.panes, ["s"], argument: .optional("COLUMN[:desc]"), footer: "sort"),
    CommandEntry(
      .reverseSort, "Reverse sort", "Turn the sort order round.", .finding, in: CommandScope.panes, ["S"],
      requires: [.sortOrder]),
    CommandEntry(
      .order, "Server order", "Ask the server for newest first or oldest first, and read again.", .finding,
      in: CommandScope.panes, ["o"], argument: .optional("asc|desc"), requires: [.serverOrder]),
    CommandEntry(
      .columns, "Columns", "Choose which columns are shown.", .finding, in: CommandScope.panes, ["C"],
      argument: .optional("COLUMN,...")),

    // Asking.
    CommandEntry(
      .permissionPivot, aliases: ["permissions", "pivot"], "Permissions",
      "Count the keys that hold each permission; Enter filters by it.", .asking, in: CommandScope.panes, ["p"],
      argument: .optional("KEY or full"), footer: "permissions"),
    CommandEntry(
      .pivotRarest, "Rarest first", "Sort the permission counts with the rarest first.", .asking, in: [.overlay], ["r"],
      footer: "rarest first"),
    CommandEntry(
      .creatorGroups, aliases: ["creators", "groups"], "Creators",
      "Count the keys of each creator; Enter filters by one.", .asking, in: CommandScope.panes, ["c"],
      plain: .runs(as: "creators")),
    CommandEntry(
      .histogram, "Creation months", "Count the keys created in each month.", .asking, in: CommandScope.panes, ["H"]),
    CommandEntry(
      .compare, "Compare", "Compare two marked keys: what one may do and the other may not.", .asking,
      in: CommandScope.panes, ["="], argument: .optional("KEY KEY"), requires: [.twoMarks]),
    CommandEntry(
      .explain, "Explain", "Say in one paragraph what this key is and can do.", .asking, in: CommandScope.panes,
      ["i"], argument: .optional("KEY"), requires: [.selection]),
    CommandEntry(
      .position, aliases: ["status"], "Where", "Say the position, the filter, and whether the list is complete.",
      .asking, in: CommandScope.panes, ["w"]),

    // Marks.
    CommandEntry(
      .mark, "Mark", "Mark or unmark the key, or rows such as 1,3 and 2-5; with a filter, mark all that match.", .marks,
      in: CommandScope.panes, ["Space"], argument: .optional("ROWS or FILTER"), requires: [.selection]),
    CommandEntry(
      .markRange, "Mark a range", "Start a range here, and mark it on the second press.", .marks, in: [.list], ["v"],
      requires: [.selection]),
    CommandEntry(
      .markAll, "Mark all", "Mark every key the filter shows.", .marks, in: [.list], ["*"], requires: [.rows]),
    CommandEntry(
      .clearMarks, aliases: ["unmark"], "Clear marks", "Unmark every key.", .marks, in: CommandScope.panes, ["U"],
      requires: [.marks]),
    CommandEntry(
      .nextMarked, "Next marked", "Go to the next marked key.", .marks, in: CommandScope.panes, ["}"],
      requires: [.marks]),
    CommandEntry(
      .previousMarked, "Previous marked", "Go to the previous marked key.", .marks, in: CommandScope.panes, ["{"],
      requires: [.marks]),

    // Taking away.
    CommandEntry(
      .copy, aliases: ["yank"], "Copy", "Send a field to the terminal's clipboard.", .taking,
      in: CommandScope.panes, ["y"], argument: .optional(CopyTarget.all.map(\.typedName).joined(separator: "|")),
      footer: "copy", requires: [.selection]),
    CommandEntry(
      .printPlain, "Print", "Leave the screen and print the key as plain text, to select with the mouse.", .taking,
      in: CommandScope.panes, ["Y"], requires: [.selection]),
    CommandEntry(
      .export, aliases: ["write"], "Export",
      "Write the marked keys, else the filtered ones, to a new file (csv, tsv, json, ndjson, md).", .taking,
      in: CommandScope.panes, ["x"], argument: .optional("FILE"), requires: [.rows]),

    // Loading.
    CommandEntry(
      .refresh, aliases: ["resume"], "Fetch new", "Fetch new keys, or resume a load that stopped.", .loading,
      in: CommandScope.panes, ["r"]),
    CommandEntry(
      .reread, "Read again", "Read the list again and say what differs.", .loading, in: CommandScope.panes, ["R"],
      requires: [.rereadable]),
    CommandEntry(
      .loadAll, aliases: ["load"], "Load all", "Load every key in the background.", .loading, in: CommandScope.panes,
      ["L"], requires: [.notWhole]),

    // The program.
    CommandEntry(
      .palette, "Commands", "Run any command by name, with completion.", .program, in: CommandScope.panes, [":"],
      plain: .screenOnly(linesOnly)),
    CommandEntry(
      .help, aliases: ["h", "?", "commands"], "Help", "List every command and its keys; Enter runs one.", .program,
      in: CommandScope.screens, ["?"], argument: .optional("COMMAND"), footer: "help"),
    CommandEntry(
      .messages, aliases: ["errors"], "Messages", "List the messages and errors so far.", .program,
      in: CommandScope.panes, ["e"]),
    CommandEntry(
      .set, "Set", "Change a setting: mouse on, theme high-contrast, detail off.", .program, in: CommandScope.panes,
      [], argument: .required("NAME VALUE")),
    CommandEntry(
      .redraw, "Redraw", "Draw the screen anew.", .program, in: CommandScope.screens, ["Ctrl-l"],
      plain: .screenOnly("Plain mode draws nothing. Type again for the last answer.")),
    CommandEntry(
      .suspend, "Suspend", "Stop, and go back to the shell.", .program, in: CommandScope.screens, ["Ctrl-z"]),
    CommandEntry(
      .cancel, "Cancel", "Stop the request or prompt; twice leaves the program.", .program,
      in: CommandScope.allCases, ["Ctrl-c"]),
    CommandEntry(
      .quit, aliases: ["q", "exit"], "Quit", "Close what is open, or leave the program.", .program,
      in: CommandScope.screens, ["q"], footer: "quit"),

    // Editing a prompt.
    CommandEntry(
      .promptAccept, "Accept", "Keep what was typed.", .editing, in: [.prompt], ["Enter"], footer: "accept",
      plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptCancel, "Give up", "Leave the prompt and restore what was before.", .editing, in: [.prompt], ["Esc"],
      footer: "give up", plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptLeft, "Caret left", "Move the caret left.", .editing, in: [.prompt], ["Left", "Ctrl-b"],
      plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptRight, "Caret right", "Move the caret right.", .editing, in: [.prompt], ["Right", "Ctrl-f"],
      plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptStart, "Line start", "Move the caret to the start.", .editing, in: [.prompt], ["Home", "Ctrl-a"],
      plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptEnd, "Line end", "Move the caret to the end.", .editing, in: [.prompt], ["End", "Ctrl-e"],
      plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptBackspace, "Delete left", "Delete the character before the caret.", .editing, in: [.prompt],
      ["Backspace", "Ctrl-h"], plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptDelete, "Delete right", "Delete the character at the caret.", .editing, in: [.prompt],
      ["Del", "Ctrl-d"], plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptDeleteWord, "Delete word", "Delete the word before the caret.", .editing, in: [.prompt], ["Ctrl-w"],
      plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptClear, "Clear line", "Delete the whole line.", .editing, in: [.prompt], ["Ctrl-u"],
      plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptComplete, "Complete", "Complete the word at the caret; again for the next choice.", .editing,
      in: [.prompt], ["Tab"], footer: "complete", plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptOlder, "Older", "Take the line before from the history.", .editing, in: [.prompt], ["Up", "Ctrl-p"],
      footer: "history", plain: .screenOnly(linesOnly)),
    CommandEntry(
      .promptNewer, "Newer", "Take the line after from the history.", .editing, in: [.prompt], ["Down", "Ctrl-n"],
      plain: .screenOnly(linesOnly)),
  ]

  /// The first entry of a command: its name, aliases and argument.
  package static func entry(_ id: CommandID) -> CommandEntry {
    // Every id has an entry: a test goes over them all.
    entriesByID[id] ?? entries[0]
  }

  private static let entriesByID: [CommandID: CommandEntry] = Dictionary(
    entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// Names and aliases, lower case, to their command.
  package static let idsByName: [String: CommandID] = Dictionary(
    entries.flatMap { entry in ([entry.name] + entry.aliases).map { ($0, entry.id) } },
    uniquingKeysWith: { first, _ in first })
}
