import APIKeyHTTPClient
import ArgumentParser

/// Which servers may get the token.
struct TrustOptions: ParsableArguments {
  @Option(help: "A file with further root certificates (PEM).")
  var caFile: String?
  @Option(help: "A file with the only root certificates that count (PEM).")
  var caOnly: String?
  @Option(
    help: ArgumentHelp(
      "Take only a server with this public key, as curl's --pinnedpubkey writes it; several with ; or again.",
      valueName: "sha256//..."))
  var pin: [String] = []
  @Option(
    help: ArgumentHelp(
      "Over http on this machine, another user who may listen, besides you and root; a name or a number.",
      valueName: "user"))
  var listenerUser: String?
  @Flag(
    name: .customLong("allow-http"),
    help: "Send the token in clear text to another machine, or on this one to whoever listens.")
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

  /// The public keys of `--pin`; nil where one of them cannot be read.
  var pins: [PublicKeyPin]? {
    let texts = pin.flatMap { $0.split(separator: ";", omittingEmptySubsequences: false) }
    let pins = texts.compactMap { PublicKeyPin($0) }
    return pins.count == texts.count ? pins : nil
  }

  /// Whether any of the options is given that need TLS.
  var needsTLS: Bool { caFile != nil || caOnly != nil || !pin.isEmpty }
}
