import ArgumentParser

/// What it takes to get one page of keys.
///
/// The commands declare each group themselves: the parser checks a group inside of a group several times over, which
/// costs a debug build a second at every start.
struct ConnectionOptions {
  var source: SourceOptions
  var token: TokenOptions
  var request: RequestOptions
  var trust: TrustOptions
  var timeLimits: TimeLimitOptions

  /// What no group can check alone.
  func validate() throws {
    if source.from == "-", token.tokenFile == "-" {
      throw ValidationError("Standard input cannot be both the keys and the token.")
    }
  }
}
