import ArgumentParser

/// What characters the program writes. The process reads this option before all others: see `OutputCharset`.
struct TextOptions: ParsableArguments {
  @Flag(help: "Write nothing but ASCII.")
  var ascii = false
}
