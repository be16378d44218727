import ArgumentParser
import TerminalCore

extension Theme: ExpressibleByArgument {}

/// How the dashboard looks and moves.
struct ScreenOptions: ParsableArguments {
  @Flag(help: "Do not use colours (environment: NO_COLOR).")
  var noColor = false
  @Option(help: "Colour theme (default: the last one chosen for the host).")
  var theme: Theme?
  @Flag(help: "Change only what the cursor moves to, for screen readers (environment: APIKEYS_CURSOR_FOCUS).")
  var cursorFocus = false

  /// False with --no-color or a NO_COLOR that is not empty.
  var usesColor: Bool { !noColor && Environment.nonEmpty("NO_COLOR") == nil }

  /// Whether the dashboard starts in cursor focus: by its option, or by APIKEYS_CURSOR_FOCUS.
  var startsInCursorFocus: Bool { cursorFocus || Environment.isOn("APIKEYS_CURSOR_FOCUS") }
}
