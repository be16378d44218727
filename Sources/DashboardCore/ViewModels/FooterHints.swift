package import TerminalCore

/// The most used keys of the place the keyboard speaks to, for the end of the status line.
package struct FooterHints: Equatable, Sendable {
  package struct Hint: Equatable, Sendable {
    /// The chord as it is labelled everywhere.
    package let keys: DisplayText
    package let words: DisplayText
    package var width: Int { keys.width + 1 + words.width }
  }

  package let hints: [Hint]
  /// Cells between two hints.
  package static let gap = 2

  package var width: Int { hints.reduce(0) { $0 + $1.width } + FooterHints.gap * max(hints.count - 1, 0) }

  /// As many as fit into a width, those named first in the catalog before the others. Cursor focus has none: nothing
  /// but the cursor is to change there.
  package init(state: DashboardState, columns: Int) {
    guard !state.settings.cursorFocus else {
      hints = []
      return
    }
    let useful = FooterHints.byScope[state.scope, default: []].filter { FooterHints.isUseful($0.id, in: state) }
    var result = useful.map(\.hint)
    func width() -> Int { result.reduce(0) { $0 + $1.width } + FooterHints.gap * max(result.count - 1, 0) }
    // `help` and `quit` come last in the catalog, and are the last to go.
    while width() > columns, !result.isEmpty { result.remove(at: max(result.count - 3, 0)) }
    hints = result
  }

  /// The catalog's hints, made once: each frame shows some.
  private static let byScope: [CommandScope: [(id: CommandID, hint: Hint)]] = {
    var table: [CommandScope: [(id: CommandID, hint: Hint)]] = [:]
    for entry in CommandCatalog.entries {
      guard let words = entry.footer, let keys = Keymap.labels(of: entry).first else { continue }
      let hint = Hint(keys: DisplayText(keys), words: DisplayText(words))
      for scope in entry.scopes { table[scope, default: []].append((entry.id, hint)) }
    }
    return table
  }()

  /// Enter does something: not in the detail, an empty list, or what is only read.
  private static func opensSomething(in state: DashboardState) -> Bool {
    if let overlay = state.views.top?.overlay { return !overlay.isReadOnly }
    return state.scope != .detail && !state.query.visible.isEmpty
  }

  private static func isUseful(_ id: CommandID, in state: DashboardState) -> Bool {
    switch id {
    // Esc goes back from everything but the list, and `q` does there.
    case .back: state.scope != .list
    case .quit: state.scope == .list
    case .nextPane: state.layout.showsBoth
    case .pivotRarest: state.views.top?.overlay.applying(id) != nil
    case .open: opensSomething(in: state)
    default: true
    }
  }
}
