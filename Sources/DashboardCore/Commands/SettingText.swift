import APIKeyModel
import TerminalCore

/// Sentences about settings.
enum SettingText {
  static let createdIsDate = "Created shows the date in UTC."
  static let createdIsAge = "Created shows the age."
  static func cursorFocus(_ isOn: Bool) -> String {
    isOn ? "Cursor focus is on: only the cursor moves." : "Cursor focus is off."
  }
  static func mouse(_ isOn: Bool) -> String {
    isOn ? "The mouse is on; hold Shift to select text." : "The mouse is off."
  }
  static func theme(_ theme: Theme) -> String { "The theme is \(theme.rawValue) now." }
  static let notASetting =
    "Settings are: mouse on or off, detail on or off, cursor-focus on or off, time age or date, theme default, high-contrast or mono. Nothing was changed."

  static func columns(_ columns: [KeyField]) -> String {
    "Columns: \(columns.map(\.shortTitle).joined(separator: ", "))."
  }
  static func notAColumn(_ typed: String) -> String {
    let names = KeyField.columns.map(\.name).joined(separator: ", ")
    return "\(typed) is not a column. Nothing was changed. Columns: \(names)."
  }
  static let nameIsAlwaysShown = "Name is always shown."
}
