import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import CTerminalSupport
import Glibc
import TerminalCore
import TokenSource

/// Finds the token where the options or the environment have it, and reads it again when the server wants another.
enum TokenSupply {
  /// The token and where it was found; nil when there is none. APIKEYS_TOKEN leaves the environment for good, unless
  /// it is to be read again.
  static func find(
    _ options: TokenOptions, keepsEnvironment: Bool = false
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
    _ options: TokenOptions, environmentValue value: String?
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
    var messages = CommandMessages()
    // A signal that ends this process ends the command first.
    defer { apikeys_signals_remove() }
    return try TokenCommand.run(
      command, helper: helper, milliseconds: seconds.map { $0 * 1000 }, signals: apikeys_signals_install(),
      report: { messages.show($0) })
  }

  static func origin(_ options: TokenOptions) -> TokenOrigin {
    if let path = options.tokenFile { return path == "-" ? .standardInput : .file(path: path) }
    if let command = options.tokenCommand { return .command(program: TokenCommand.split(command).first ?? command) }
    return .environment
  }

  /// How the token is read again; nil where it was typed, or stood in the environment, which does not change.
  static func renewal(_ options: TokenOptions) -> TokenRenewal? {
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
        report: { lastLine = String($0.prefix(200)) })
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
  private struct CommandMessages {
    /// Bytes printed at most, words of ours and escapes included.
    private var bytesLeft = 8192
    private var isCut = false

    mutating func show(_ line: String) {
      let text = "the token command says: " + DisplayText(line).truncated(to: 400)
      bytesLeft -= text.string.utf8.count + 16
      if bytesLeft > 0 {
        StandardError.show(text)
      } else if !isCut {
        isCut = true
        StandardError.show("the token command says more, which is left out.")
      }
    }
  }
}
