/// How sentences name a command: by its key on the screen, by its word in plain mode.
package struct CommandWording: Equatable, Sendable {
  package let isPlain: Bool

  package init(isPlain: Bool) { self.isPlain = isPlain }

  /// `r`, or `refresh`. Cancelling is Ctrl-C in both.
  func label(_ id: CommandID) -> String {
    isPlain && id != .cancel ? CommandCatalog.entry(id).name : Keymap.label(id)
  }

  /// `Press r`, or `Type refresh`; with a small letter after a semicolon.
  func telling(_ id: CommandID, inSentence: Bool = false) -> String {
    let verb = isPlain ? "Type" : "Press"
    return "\(inSentence ? verb.lowercased() : verb) \(label(id))"
  }
}
