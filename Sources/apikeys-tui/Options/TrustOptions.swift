import APIKeyHTTPClient
import ArgumentParser

/// Which servers are trusted with the token.
struct TrustOptions: ParsableArguments {
  @Option(help: "File with additional root certificates (PEM).")
  var caFile: String?
  @Option(help: "File with the only root certificates to trust (PEM).")
  var caOnly: String?
  @Option(
    help: ArgumentHelp(
      "Accept only a server with this public key, in the format of curl's --pinnedpubkey; separate several with ; or repeat the option.",
      valueName: "sha256//..."))
  var pin: [String] = []
  @Option(
    help: ArgumentHelp(
      "Over http on this machine, accept a server run by this user, besides you and root; a name or a number.",
      valueName: "user"))
  var listenerUser: String?
  @Flag(
    name: .customLong("allow-http"),
    help: "Allow sending the token in clear text to another machine, or to any listener on this one.")
  var allowHTTP = false

  func validate() throws {
    if caFile != nil, caOnly != nil { throw ValidationError("Give one of --ca-file and --ca-only.") }
    if pins == nil {
      throw ValidationError("--pin is sha256// and the base 64 of 32 bytes, as curl's --pinnedpubkey has it.")
    }
    if let listenerUser, UserName.identifier(of: listenerUser) == nil {
      throw ValidationError("--listener-user \(listenerUser): there is no such user on this machine.")
    }
  }

  /// The public keys of `--pin`; nil when one of them cannot be parsed.
  var pins: [PublicKeyPin]? {
    let texts = pin.flatMap { $0.split(separator: ";", omittingEmptySubsequences: false) }
    let pins = texts.compactMap { PublicKeyPin($0) }
    return pins.count == texts.count ? pins : nil
  }

  /// Whether an option that requires TLS is given.
  var needsTLS: Bool { caFile != nil || caOnly != nil || !pin.isEmpty }
}
