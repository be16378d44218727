package import APIKeyClient
import APIKeyHTTPClient
import ArgumentParser
import Glibc
import KeyTable
package import TerminalCore

extension ListOrder: ExpressibleByArgument {}
extension Theme: ExpressibleByArgument {}

/// The options of every command: where the keys come from, and how to show them.
struct ConnectionOptions: ParsableArguments {
  @Option(help: "The server's address (environment: APIKEYS_URL; without a token, http://localhost:3000 by default).")
  var url: String?
  @Option(help: "Read the token from a file that only you may read; - is standard input.")
  var tokenFile: String?
  @Option(help: "Run a program that prints the token.")
  var tokenCommand: String?
  @Flag(help: "Start the reference server with made-up keys, and show those.")
  var demo = false
  @Option(help: "How many keys --demo makes up.")
  var demoKeys = 500
  @Option(help: "Read keys from a saved NDJSON or JSON file instead of a server; - is standard input.")
  var from: String?
  @Option(help: "The server's order by creation date: asc or desc.")
  var order: ListOrder = .descending
  @Option(help: "Keys per request, 1 to 1000.")
  var pageSize: Int?
  // A filter may begin with a hyphen: it is no option then.
  @Option(parsing: .unconditional, help: "Show only keys that match, such as 'access:full created<2024'.")
  var filter: String?
  @Flag(
    help: "Plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).")
  var plain = false
  @Flag(help: "The dashboard, whatever the environment says.")
  var noPlain = false
  @Flag(help: "Write nothing but ASCII.")
  var ascii = false
  @Flag(help: "No colours (environment: NO_COLOR).")
  var noColor = false
  @Option(help: "Colours of the dashboard: default, high-contrast or mono; the one chosen last is kept for each host.")
  var theme: Theme?
  @Flag(help: "Keep the screen still but for the cursor, for screen readers (environment: APIKEYS_CURSOR_FOCUS).")
  var cursorFocus = false
  @Option(help: "The server's name for the parameter after.")
  var afterParam = "after"
  @Option(help: "The server's name for the parameter before; no list is read backwards so far, so it is never sent.")
  var beforeParam = "before"
  @Option(help: "The server's name for the parameter limit.")
  var limitParam = "limit"
  @Option(help: "The server's name for the parameter order.")
  var orderParam = "order"
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
  @Option(help: "Seconds that connecting may take, TLS and proxy included.")
  var connectTimeout = 10
  @Option(help: "Seconds that the server may take to begin its answer.")
  var answerTimeout = 15
  @Option(help: "Seconds that the server may be silent.")
  var idleTimeout = 15
  @Option(help: "Seconds that a request may take in all.")
  var timeout = 30
  @Option(help: "Add a line for each request to this file of your own: status, length, counts; no token, no keys.")
  var logFile: String?
  @Flag(
    name: .customLong("allow-http"),
    help: "Send the token in clear text to another machine, or on this one to whoever listens.")
  var allowHTTP = false
  @Option(help: "Keys that are loaded at most; a longer list is a part, and commands then fail with 65.")
  var maxKeys = LoadLimits.defaultKeys
  @Option(
    help: "Memory the program may use while it loads, such as 512M or 4G (default: half of what the system allows).")
  var maxMemory: MemorySize?
  @Option(
    help: "Seconds that --token-command may take (default: 10, or without limit where it can ask at the terminal).")
  var tokenCommandTimeout: Int?

  func validate() throws {
    if let pageSize, !(1...PageRequest.maximumLimit).contains(pageSize) {
      throw ValidationError("--page-size is a number from 1 to \(PageRequest.maximumLimit).")
    }
    guard (0...10_000_000).contains(demoKeys) else {
      throw ValidationError("--demo-keys is a number from 0 to 10000000.")
    }
    for (name, seconds) in [
      ("connect-timeout", connectTimeout), ("answer-timeout", answerTimeout), ("idle-timeout", idleTimeout),
      ("timeout", timeout),
    ] where !(1...3600).contains(seconds) {
      throw ValidationError("--\(name) is a number of seconds from 1 to 3600.")
    }
    guard (1...1_000_000_000).contains(maxKeys) else {
      throw ValidationError("--max-keys is a number from 1 to 1000000000.")
    }
    if let maxMemory, maxMemory.bytes < LoadLimits.leastMemory {
      throw ValidationError("--max-memory is at least \(LoadLimits.leastMemory >> 20)M.")
    }
    if let tokenCommandTimeout, !(1...3600).contains(tokenCommandTimeout) {
      throw ValidationError("--token-command-timeout is a number of seconds from 1 to 3600.")
    }
    let sources = [url != nil, demo, from != nil].filter { $0 }
    if sources.count > 1 { throw ValidationError("Give one of --url, --demo and --from.") }
    if tokenFile != nil, tokenCommand != nil { throw ValidationError("Give one of --token-file and --token-command.") }
    if caFile != nil, caOnly != nil { throw ValidationError("Give one of --ca-file and --ca-only.") }
    if pins == nil {
      throw ValidationError("--pin is sha256// and the base 64 of 32 bytes, as curl's --pinnedpubkey has it.")
    }
    if let listenerUser, UserName.identifier(of: listenerUser) == nil {
      throw ValidationError("--listener-user \(listenerUser): there is no such user on this machine.")
    }
    if plain, noPlain { throw ValidationError("Give one of --plain and --no-plain.") }
    if from == "-", tokenFile == "-" { throw ValidationError("Standard input cannot be both the keys and the token.") }
    for name in [afterParam, beforeParam, limitParam, orderParam] {
      guard !name.isEmpty, name.utf8.allSatisfy({ isNameByte($0) }) else {
        throw ValidationError("A parameter name is made of letters, digits, hyphens and underscores.")
      }
    }
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  /// The public keys of `--pin`; nil where one of them cannot be read.
  var pins: [PublicKeyPin]? {
    let texts = pin.flatMap { $0.split(separator: ";", omittingEmptySubsequences: false) }
    let pins = texts.compactMap { PublicKeyPin($0) }
    return pins.count == texts.count ? pins : nil
  }

  /// Where a load stops.
  var loadLimits: LoadLimits {
    let memory = maxMemory?.bytes ?? SystemMemory.half
    return LoadLimits(keys: maxKeys, memory: memory) {
      let inUse = KeyTable.memoryInUse
      if inUse <= memory { return inUse }
      // Some of it may be free again, and only not given back.
      KeyTable.returnSpareMemory()
      return KeyTable.memoryInUse
    }
  }

  /// The filter given, or none.
  func parsedFilter() throws(CommandFailure) -> Filter {
    guard let filter else { return .none }
    do throws(FilterError) {
      return try Filter(parsing: filter)
    } catch {
      throw .filter(error)
    }
  }

  /// The filter given to a command that reads the list once: it knows no marks and no changes.
  func filterOfOneReading() throws(CommandFailure) -> Filter {
    let filter = try parsedFilter()
    guard let word = filter.wordOfSession else { return filter }
    throw .usage(
      "The filter asks for \(word), which is known in the dashboard and in plain mode only: a command reads the list once, "
        + "and has no marks and nothing to compare with.")
  }

  /// False with --no-color or a NO_COLOR that is not empty.
  var usesColor: Bool { !noColor && (Environment.value("NO_COLOR") ?? "").isEmpty }
}

/// The process's environment.
enum Environment {
  static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
