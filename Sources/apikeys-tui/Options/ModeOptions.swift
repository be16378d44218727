import ArgumentParser

/// The dashboard or plain mode.
struct ModeOptions: ParsableArguments {
  @Flag(
    help:
      "Use plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).")
  var plain = false
  @Flag(help: "Use the dashboard, even if the environment selects plain mode.")
  var noPlain = false

  func validate() throws {
    if plain, noPlain { throw ValidationError("Give one of --plain and --no-plain.") }
  }
}
