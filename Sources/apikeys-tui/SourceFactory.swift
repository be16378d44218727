import APIKeyClient
import APIKeyFileSource
import APIKeyHTTPClient
import APIKeyModel
import CTerminalSupport
import Glibc
import KeyExport
import KeyJSON
import TerminalCore
import TokenSource

/// Makes the source of keys that the options ask for. Nothing is sent before the first page is wanted.
enum SourceFactory {
  static let defaultURL = "http://localhost:3000"

  static func make(_ options: ConnectionOptions) throws(CommandFailure) -> any KeySource {
    guard let path = options.logFile else { return try unlogged(options) }
    // First, so that a log that cannot be had is said before a token is asked for.
    let log: RequestLog
    do throws(LogFileProblem) { log = try RequestLog(path: path) } catch { throw .logFile(error) }
    return LoggedKeySource(try unlogged(options), log: log)
  }

  private static func unlogged(_ options: ConnectionOptions) throws(CommandFailure) -> any KeySource {
    if let path = options.from {
      return FileKeySource(path: path, memoryLimit: options.loadLimits.memory) { KeyJSON.append($0, to: &$1) }
    }
    if options.demo {
      let server = try DemoServer(keys: options.demoKeys)
      var http = httpOptions(options)
      http.token = server.token
      SessionSecrets.note(server.token)
      return DemoKeySource(HTTPKeySource(address: server.address, options: http), server: server)
    }
    let address = try address(options)
    var http = httpOptions(options)
    if let found = try token(options) {
      http.token = found.token
      http.tokenOrigin = origin(options)
      http.tokenRenewal = renewal(options)
    }
    do throws(ProxyAddress.Problem) {
      http.proxy = try ProxyAddress.choose(for: address, environment: Environment.value)
    } catch {
      throw .proxy(error)
    }
    return HTTPKeySource(address: address, options: http)
  }

  /// The address as typed or as the environment has it; nil where neither gives one.
  private static func givenURL(_ options: ConnectionOptions) -> String? {
    options.url ?? nonEmpty("APIKEYS_URL")
  }

  private static func nonEmpty(_ variable: String) -> String? {
    Environment.value(variable).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The server's address. A token is not sent to one that nobody named: whoever listens there would get it.
  static func address(_ options: ConnectionOptions) throws(CommandFailure) -> ServerAddress {
    let hasToken = options.tokenFile != nil || options.tokenCommand != nil || nonEmpty("APIKEYS_TOKEN") != nil
    let given = givenURL(options)
    if given == nil, hasToken {
      throw .usage(
        "There is a token, but no address to send it to. Give the address with --url or APIKEYS_URL, such as "
          + "--url https://keys.example.com.")
    }
    let address: ServerAddress
    do throws(ServerAddress.Problem) {
      address = try ServerAddress(parsing: given ?? defaultURL, allowHTTP: options.allowHTTP)
    } catch {
      throw .address(error, origin: options.url == nil ? "APIKEYS_URL" : "--url")
    }
    if !address.isSecure, options.caFile != nil || options.caOnly != nil || !options.pin.isEmpty {
      throw .usage("--ca-file, --ca-only and --pin are for https, and \(address.origin) is not. Give an https address.")
    }
    return address
  }

  /// The token and where it was found; nil when there is none. APIKEYS_TOKEN leaves the environment for good, unless
  /// it is to be read again.
  static func token(
    _ options: ConnectionOptions, keepsEnvironment: Bool = false
  ) throws(CommandFailure) -> (token: SecretToken, origin: String)? {
    let value = Environment.value("APIKEYS_TOKEN")
    if !keepsEnvironment { unsetenv("APIKEYS_TOKEN") }
    // A secret even where another token is used.
    if let unused = value.flatMap({ SecretToken(utf8: $0.utf8) }) { SessionSecrets.note(unused) }
    let found = try foundToken(options, environmentValue: value)
    if let found { SessionSecrets.note(found.token) }
    return found
  }

  private static func foundToken(
    _ options: ConnectionOptions, environmentValue value: String?
  ) throws(CommandFailure) -> (token: SecretToken, origin: String)? {
    do throws(TokenProblem) {
      if let path = options.tokenFile {
        if path == "-" { return (try standardInputToken(), "standard input") }
        return (try TokenReader.read(file: path), "the file \(path)")
      }
      if let command = options.tokenCommand {
        let token = try commandToken(command, seconds: options.tokenCommandTimeout)
        return (token, "--token-command")
      }
      guard let value, !value.isEmpty else { return nil }
      return (try TokenReader.read(environmentValue: value, name: "APIKEYS_TOKEN"), "APIKEYS_TOKEN")
    } catch .interrupted(let number) {
      apikeys_signals_die(number)
    } catch {
      throw .token(error)
    }
  }

  /// At a terminal the token is asked for, and not shown.
  private static func standardInputToken() throws(TokenProblem) -> SecretToken {
    guard isatty(STDIN_FILENO) == 1 else { return try TokenReader.readStandardInput() }
    defer { apikeys_signals_remove() }
    return try TokenPrompt.read(signals: apikeys_signals_install())
  }

  private static func commandToken(_ command: String, seconds: Int?) throws(TokenProblem) -> SecretToken {
    guard let helper = Helper.running else {
      throw .commandFailed(command: command, reason: "there is no process that could run it")
    }
    var complaints = Complaints()
    // A signal that ends this process ends the command first.
    defer { apikeys_signals_remove() }
    return try TokenCommand.run(
      command, helper: helper, milliseconds: seconds.map { $0 * 1000 }, signals: apikeys_signals_install(),
      complain: { complaints.say($0) })
  }

  private static func origin(_ options: ConnectionOptions) -> TokenOrigin {
    if let path = options.tokenFile { return path == "-" ? .standardInput : .file(path: path) }
    if let command = options.tokenCommand { return .command(program: TokenCommand.split(command).first ?? command) }
    return .environment
  }

  /// How the token is read again; nil where it was typed, or stood in the environment, which does not change.
  private static func renewal(_ options: ConnectionOptions) -> TokenRenewal? {
    if let path = options.tokenFile {
      guard path != "-" else { return nil }
      return TokenRenewal { _ in
        do throws(TokenProblem) {
          let token = try TokenReader.read(file: path)
          SessionSecrets.note(token)
          return .success(token)
        } catch {
          return .failure(TokenRenewal.Refusal(sentence: error.message))
        }
      }
    }
    guard let command = options.tokenCommand else { return nil }
    let milliseconds = options.tokenCommandTimeout.map { $0 * 1000 }
    return TokenRenewal { cancellation in commandTokenAgain(command, milliseconds, cancellation) }
  }

  /// Apart from the terminal, which shows the keys by now: what the command writes to standard error is part of the
  /// sentence where it fails.
  private static func commandTokenAgain(
    _ command: String, _ milliseconds: Int?, _ cancellation: Int32
  ) -> Result<SecretToken, TokenRenewal.Refusal> {
    guard let helper = Helper.running else {
      return .failure(TokenRenewal.Refusal(sentence: "There is no process that could run the token command."))
    }
    var lastLine = ""
    do throws(TokenProblem) {
      let token = try TokenCommand.run(
        command, helper: helper, milliseconds: milliseconds, signals: cancellation, isApart: true,
        complain: { lastLine = String($0.prefix(200)) })
      SessionSecrets.note(token)
      return .success(token)
    } catch {
      let words = lastLine.isEmpty ? "" : " Its last words: \(lastLine)\(lastLine.last == "." ? "" : ".")"
      return .failure(
        TokenRenewal.Refusal(
          sentence: "\(error.message)\(words) It cannot ask at the terminal now: if it has to, start again."))
    }
  }

  /// What a token command writes to standard error, for the user: sanitized, and no more than one reads.
  private struct Complaints {
    /// Bytes printed at most, words of ours and escapes included.
    private var bytesLeft = 8192
    private var isCut = false

    mutating func say(_ line: String) {
      let text = "the token command says: " + DisplayText(line).truncated(to: 400)
      bytesLeft -= text.string.utf8.count + 16
      if bytesLeft > 0 {
        StandardError.say(text)
      } else if !isCut {
        isCut = true
        StandardError.say("the token command says more, which is left out.")
      }
    }
  }

  private static func httpOptions(_ options: ConnectionOptions) -> HTTPOptions {
    var http = HTTPOptions()
    http.parameters.after = options.afterParam
    http.parameters.limit = options.limitParam
    http.parameters.order = options.orderParam
    http.caFile = options.caFile
    http.caOnly = options.caOnly
    // What cannot be read was refused with the command line.
    http.pins = options.pins ?? []
    http.listenerUser = options.listenerUser.flatMap { UserName.identifier(of: $0) }
    http.allowsHTTP = options.allowHTTP
    http.limits.connect = options.connectTimeout * 1000
    http.limits.head = options.answerTimeout * 1000
    http.limits.idle = options.idleTimeout * 1000
    http.limits.whole = options.timeout * 1000
    return http
  }
}
