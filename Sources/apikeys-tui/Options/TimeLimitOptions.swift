import ArgumentParser

/// How long a request may take, in seconds.
struct TimeLimitOptions: ParsableArguments {
  @Option(help: "Seconds that connecting may take, TLS and proxy included.")
  var connectTimeout = 10
  @Option(help: "Seconds that the server may take to begin its answer.")
  var answerTimeout = 15
  @Option(help: "Seconds that the server may be silent.")
  var idleTimeout = 15
  @Option(help: "Seconds that a request may take in all.")
  var timeout = 30

  func validate() throws {
    for (name, seconds) in [
      ("connect-timeout", connectTimeout), ("answer-timeout", answerTimeout), ("idle-timeout", idleTimeout),
      ("timeout", timeout),
    ] where !(1...3600).contains(seconds) {
      throw ValidationError("--\(name) is a number of seconds from 1 to 3600.")
    }
  }
}
