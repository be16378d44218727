/// Why plain mode is on; said on the first line.
package enum PlainCause: Equatable, Sendable {
  case option
  /// The name of the environment variable that is set.
  case variable(String)
  case terminal(String?)
  case noTerminal

  /// Decides between plain mode and the dashboard: the option, `APIKEYS_PLAIN`, `ACCESSIBLE`, then TERM. Nil is the
  /// dashboard.
  ///
  /// `option` is `--plain` or `--no-plain`; nil when neither was given.
  package static func decide(option: Bool?, environment: (String) -> String?) -> PlainCause? {
    if let option { return option ? .option : nil }
    for name in ["APIKEYS_PLAIN", "ACCESSIBLE"] {
      guard let value = environment(name), !value.isEmpty else { continue }
      return value == "0" || value.lowercased() == "false" ? nil : .variable(name)
    }
    let term = environment("TERM") ?? ""
    if term.isEmpty { return .terminal(nil) }
    return term == "dumb" ? .terminal(term) : nil
  }

  /// The first line of a session.
  package var sentence: String {
    switch self {
    case .option: "Plain mode, on because --plain was given."
    case .variable(let name): "Plain mode, on because \(name) is set."
    case .terminal(nil): "Plain mode, on because TERM is not set."
    case .terminal(let name?): "Plain mode, on because TERM is \(Phrasebook.inert(name))."
    case .noTerminal: "Plain mode, on because there is no terminal."
    }
  }
}
