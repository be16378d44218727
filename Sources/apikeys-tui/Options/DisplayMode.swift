import Glibc

/// Dashboard or plain mode, and why. The program cannot detect a screen reader: the user selects plain mode.
struct DisplayMode: Equatable {
  let isPlain: Bool
  /// The rest of "Plain mode, on because ...".
  let reason: String

  /// `--plain` and `--no-plain` win, then APIKEYS_PLAIN, then ACCESSIBLE, then what the terminal can do. A variable
  /// that is 0 or false selects the dashboard, which still needs a terminal that can show it.
  static func choose(_ options: ModeOptions) -> DisplayMode {
    if options.noPlain { return DisplayMode(isPlain: false, reason: "--no-plain was given") }
    if options.plain { return DisplayMode(isPlain: true, reason: "--plain was given") }
    for name in ["APIKEYS_PLAIN", "ACCESSIBLE"] {
      guard let value = Environment.value(name), !value.isEmpty else { continue }
      if value == "0" || value == "false" { break }
      return DisplayMode(isPlain: true, reason: "\(name) is set")
    }
    guard let term = Environment.value("TERM"), !term.isEmpty else {
      return DisplayMode(isPlain: true, reason: "TERM is not set")
    }
    if term == "dumb" { return DisplayMode(isPlain: true, reason: "TERM is dumb") }
    if isatty(STDOUT_FILENO) == 0 { return DisplayMode(isPlain: true, reason: "the output is not a terminal") }
    return DisplayMode(isPlain: false, reason: "the terminal can show it")
  }

  /// What would open, why, and how to select the other; shown by `doctor`.
  var finding: String {
    isPlain
      ? "plain mode, because \(reason); --no-plain chooses the dashboard"
      : "the dashboard, because \(reason); --plain or APIKEYS_PLAIN=1 chooses plain mode, for screen readers"
  }
}
