import ArgumentParser

/// Time limits of a request, in seconds.
struct TimeLimitOptions: ParsableArguments {
  @Option(help: "Time limit for connecting, TLS and proxy included, in seconds.")
  var connectTimeout = 10
  @Option(help: "Time limit for the start of the response, in seconds.")
  var answerTimeout = 15
  @Option(help: "Time limit without any data from the server, in seconds.")
  var idleTimeout = 15
  @Option(help: "Time limit for a whole request, in seconds.")
  var timeout = 30

  func validate() throws {
    for (name, seconds) in [
      ("connect-timeout", connectTimeout), ("answer-timeout", answerTimeout), ("idle-timeout", idleTimeout),
      ("timeout", timeout),
    ] where !(1...3600).contains(seconds) {
      throw ValidationError("--\(name) must be a number of seconds from 1 to 3600.")
    }
  }
}
