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
    if let named = KeyChord.names.first(where: { $0.0 == text }) {
      self.init(presses: [KeyPress(named.1)])
      return
    }
    let scalars = Array(text.unicodeScalars)
    if text.hasPrefix("Ctrl-"), scalars.count == 6 {
      self.init(presses: [KeyPress(.character(scalars[5]), control: true)])
    } else if scalars.count > 1, scalars[0] == "F", let number = Int(text.dropFirst()), (1...12).contains(number) {
      self.init(presses: [KeyPress(.function(number))])
    } else if !scalars.isEmpty, scalars.count <= 3, scalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) {
      self.init(presses: scalars.map { KeyPress(.character($0)) })
    } else {
      return nil
    }
  }

  /// The chord as it is shown to people.
  package var label: String { presses.map { KeyChord.label($0) }.joined() }

  private static func label(_ press: KeyPress) -> String {
    if let named = names.first(where: { $0.1 == press.code && !press.control }) { return named.0 }
    switch press.code {
    case .character(let scalar): return (press.control ? "Ctrl-" : "") + DisplayText(String(scalar)).string
    case .function(let number): return "F\(number)"
    case .mouse: return "Mouse"
    default: return (press.control ? "Ctrl-" : "") + (names.first { $0.1 == press.code }?.0 ?? "")
    }
  }
}
