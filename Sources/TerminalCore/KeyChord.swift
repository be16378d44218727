/// One or more presses that together run a command: `j`, `gg`, `Ctrl-d`, `PgDn`.
package struct KeyChord: Hashable, Sendable {
  package let presses: [KeyPress]

  package init(presses: [KeyPress]) { self.presses = presses }

  private static let names: [(String, KeyPress.Code)] = [
    ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("Shift-Tab", .backTab), ("Backspace", .backspace),
    ("Del", .delete), ("Ins", .insert), ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right),
    ("PgUp", .pageUp), ("PgDn", .pageDown), ("Home", .home), ("End", .end), ("Space", .character(" ")),
  ]

  /// Reads what ``label`` writes; nil when it is no chord.
  package init?(parsing text: String) {
    if text.contains(" ") {
      let parts = text.split(separator: " ", omittingEmptySubsequences: false)
      let presses = parts.compactMap { KeyChord.press(String($0)) }
      guard presses.count == parts.count else { return nil }
      self.init(presses: presses)
      return
    }
    if let press = KeyChord.press(text) {
      self.init(presses: [press])
      return
    }
    // Letters typed one after the other: `gg`.
    let presses = text.unicodeScalars.compactMap { KeyChord.press(String($0)) }
    guard (2...3).contains(presses.count), presses.count == text.unicodeScalars.count else { return nil }
    self.init(presses: presses)
  }

  private static func press(_ text: String) -> KeyPress? {
    if text.hasPrefix("Ctrl-") {
      guard let rest = press(String(text.dropFirst(5))), !rest.control else { return nil }
      return KeyPress(rest.code, control: true)
    }
    if let named = names.first(where: { $0.0 == text }) { return KeyPress(named.1) }
    if text.hasPrefix("F"), let number = Int(text.dropFirst()), (1...12).contains(number), text == "F\(number)" {
      return KeyPress(.function(number))
    }
    guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first, scalar != " ",
      DisplayText(text, charset: .utf8).string == text
    else { return nil }
    return KeyPress(.character(scalar))
  }

  /// The chord as it is shown to people: run together where that reads back as the same, else with spaces between.
  package var label: String {
    let labels = presses.map { KeyChord.label($0) }
    let joined = labels.joined()
    return presses.count < 2 || KeyChord(parsing: joined) == self ? joined : labels.joined(separator: " ")
  }

  private static func label(_ press: KeyPress) -> String {
    let prefix = press.control ? "Ctrl-" : ""
    if let named = names.first(where: { $0.1 == press.code }) { return prefix + named.0 }
    switch press.code {
    case .character(let scalar): return prefix + DisplayText(String(scalar)).string
    case .function(let number): return "\(prefix)F\(number)"
    case .paste: return "Pasted text"
    default: return "Mouse"
    }
  }
}
