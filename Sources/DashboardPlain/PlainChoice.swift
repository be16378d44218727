import DashboardCore
import TerminalCore

/// One numbered line of a menu, and the command that choosing it runs.
struct PlainChoice: Sendable {
  let text: DisplayText
  let command: Command
}

extension PlainSession {
  /// Prints a menu of the dashboard as numbered lines; the next line chooses.
  mutating func offer(_ menu: some Overlay) -> Output {
    choices = menu.rows(state.overlayInput()).compactMap { row in
      guard case .run(let command) = row.choice, let text = row.cells.first else { return nil }
      let note: DisplayText = row.cells.count > 1 && row.cells[1].width > 0 ? ", " + row.cells[1] : ""
      return PlainChoice(text: text + note, command: command)
    }
    return (choices.enumerated().map { .text(Phrasebook.choice($0 + 1, $1.text)) }, [])
  }

  /// The response to a choice; nil when the line is a command instead.
  mutating func choose(_ text: String, now: Int64) -> Output? {
    let number = text.isEmpty ? 1 : Int(text)
    if number == nil, PlainWord.parse(text) != nil { return nil }
    if number == nil, case .success = CommandLineParser.parse(text) { return nil }
    guard let number, choices.indices.contains(number - 1) else {
      return refuse(Phrasebook.notAChoice(text, of: choices.count))
    }
    let command = choices[number - 1].command
    choices = []
    return run(command, now: now)
  }
}
