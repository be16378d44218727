package import TerminalCore

/// A setting with its new value.
package enum Setting: Equatable, Sendable {
  case mouse(Bool)
  case detail(Bool)
  case cursorFocus(Bool)
  /// Dates in place of ages.
  case absoluteTime(Bool)
  case theme(Theme)

  /// `mouse on`; words behind the value are ignored. Nil where it is no setting, or no value of it.
  package init?(typed text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count > 1 else { return nil }
    let value = words[1]
    let isOn: Bool? = ["on", "yes", "1"].contains(value) ? true : ["off", "no", "0"].contains(value) ? false : nil
    switch (words[0], isOn) {
    case ("mouse", let on?): self = .mouse(on)
    case ("detail", let on?): self = .detail(on)
    case ("cursor-focus", let on?): self = .cursorFocus(on)
    case ("time", _) where value == "age" || value == "date": self = .absoluteTime(value == "date")
    case ("theme", _):
      guard let theme = Theme(rawValue: value) else { return nil }
      self = .theme(theme)
    default: return nil
    }
  }

  /// Every setting with each of its values, as typed.
  package static let typed =
    ["mouse", "detail", "cursor-focus"].flatMap { ["\($0) on", "\($0) off"] } + ["time age", "time date"]
    + Theme.allCases.map { "theme \($0.rawValue)" }
}
