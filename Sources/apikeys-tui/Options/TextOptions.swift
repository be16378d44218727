import ArgumentParser

/// Which characters the program writes. The process reads this option before parsing: see ``OutputCharset``.
struct TextOptions: ParsableArguments {
  @Flag(help: "Write ASCII characters only.")
  var ascii = false
}
