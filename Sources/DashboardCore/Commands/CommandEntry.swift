/// Where keys go: what the user is looking at decides which chords count.
package enum CommandScope: String, CaseIterable, Sendable {
  /// The key list has the focus.
  case list
  /// The detail pane has the focus.
  case detail
  /// An overlay: help, a menu, the pivot, the groups.
  case overlay
  /// A line is being typed.
  case prompt

  /// The three in which single letters are commands.
  package static let screens: [CommandScope] = [.list, .detail, .overlay]
  /// The two panes.
  package static let panes: [CommandScope] = [.list, .detail]

  package var title: String {
    switch self {
    case .list: "list"
    case .detail: "detail"
    case .overlay: "menus and help"
    case .prompt: "prompts"
    }
  }
}

/// The heading of a command in help and in keymap.md.
package enum CommandGroup: String, CaseIterable, Sendable {
  case moving = "Moving"
  case panes = "Panes and display"
  case finding = "Finding and sorting"
  case asking = "Asking"
  case marks = "Marks"
  case taking = "Copy and export"
  case loading = "Loading"
  case program = "The program"
  case editing = "Editing a prompt"
}

/// What may follow a command's name in the palette and in plain mode.
package enum CommandArgument: Equatable, Sendable {
  case none
  /// Free text that may be left out; the label names it in help (`TEXT`).
  case optional(String)
  case required(String)

  package var label: String? {
    switch self {
    case .none: nil
    case .optional(let label): "[\(label)]"
    case .required(let label): label
    }
  }
}

/// What plain mode makes of a command.
package enum PlainUse: Equatable, Sendable {
  /// It runs; the word is the alias that help shows, where the stable name speaks of a screen.
  case runs(as: String?)
  /// It only moves or draws parts of a screen; the sentence names what plain mode has instead.
  case screenOnly(String)
}

/// Everything about one command, as data: nothing else names its keys, its words or its needs.
package struct CommandEntry: Sendable {
  package let id: CommandID
  /// Other names of it in the palette and in plain mode.
  package let aliases: [String]
  package let title: String
  /// One sentence for help, keymap.md and the man page.
  package let summary: String
  package let group: CommandGroup
  package let scopes: [CommandScope]
  /// Default chords as written in ``KeyChord/init(parsing:)``; the first is the one shown.
  package let chords: [String]
  package let argument: CommandArgument
  /// Two or three words for the footer; nil keeps it out.
  package let footer: String?
  package let plain: PlainUse
  /// What it needs to do anything, the most telling first.
  package let requires: [Requirement]

  package init(
    _ id: CommandID, aliases: [String] = [], _ title: String, _ summary: String, _ group: CommandGroup,
    in scopes: [CommandScope], _ chords: [String], argument: CommandArgument = .none, footer: String? = nil,
    plain: PlainUse = .runs(as: nil), requires: [Requirement] = []
  ) {
    self.id = id
    self.aliases = aliases
    self.title = title
    self.summary = summary
    self.group = group
    self.scopes = scopes
    self.chords = chords
    self.argument = argument
    self.footer = footer
    self.plain = plain
    self.requires = requires
  }

  /// The name by which plain mode calls it.
  package var plainName: String { if case .runs(let word?) = plain { word } else { name } }

  /// What plain mode has instead of a command of the screen; nil where it runs there.
  package var screenOnly: String? { if case .screenOnly(let sentence) = plain { sentence } else { nil } }

  /// The stable name, as typed.
  package var name: String { id.rawValue }

  /// Whether plain mode has it: all but the line editing, which the terminal itself does there.
  package var isInPlainMode: Bool { group != .editing }
}
