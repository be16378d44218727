package import APIKeyModel
import SystemIO

/// Why no token could be taken; each with its sentence. None holds any part of a token.
package enum TokenProblem: Error, Equatable, Sendable {
  case noSuchFile(path: String)
  case unreadable(path: String, reason: String)
  case notRegular(path: String)
  case wrongOwner(path: String, owner: UInt32)
  /// `mode` in octal: 644.
  case wrongMode(path: String, mode: String)
  /// What was read is no token; what is wrong with it.
  case notAToken(origin: String, flaw: TokenFlaw)
  case commandFailed(command: String, reason: String)
  /// Found, but only where a relative entry of PATH points to.
  case commandIsRelative(command: String)
  /// This signal is to end the process; the terminal is as it was.
  case interrupted(signal: Int32)

  /// What is wrong and what to do.
  package var message: String {
    switch self {
    case .noSuchFile(let path): "There is no token file \(path). Give another with --token-file."
    case .unreadable(let path, let reason): "The token file \(path) cannot be read: \(reason)."
    case .notRegular(let path): "\(path) is not a plain file. A token file must be one."
    case .wrongOwner(let path, let owner):
      "The token file \(path) belongs to user \(owner). It must be yours, or root's with mode 640 at most."
    case .wrongMode(let path, let mode):
      "The token file \(path) has mode \(mode): others have rights to it. Run: chmod 600 \(path)"
    case .notAToken(let origin, let flaw): "\(origin) \(flaw.message)"
    case .commandIsRelative(let command):
      "The token command \(command) was found only through a relative or empty entry of PATH, which is not used: "
        + "anybody may put a program there. Give its whole path."
    case .interrupted(let number): "Interrupted by signal \(number)."
    case .commandFailed(let command, let reason): "The token command \(command) failed: \(reason)."
    }
  }
}

/// Takes the token from where the user keeps it; never from an argument.
package enum TokenReader {
  /// A token file, checked on the open descriptor: a regular file, ours with no rights for others, or root's with
  /// mode 640 at most. A pipe or directory is refused at once.
  ///
  /// A link is followed: the rules hold for its target. Neither the folders above it nor access control lists,
  /// which may let others read it beyond its mode, are looked at.
  package static func read(file path: String) throws(TokenProblem) -> SecretToken {
    let file: Descriptor
    let status: FileStatus
    do throws(SystemError) {
      file = try Descriptor.open(path, [.readOnly, .nonBlocking, .noControllingTerminal])
    } catch {
      throw error == .notFound ? .noSuchFile(path: path) : .unreadable(path: path, reason: error.text)
    }
    defer { file.close() }
    do throws(SystemError) {
      status = try file.status()
    } catch {
      throw .unreadable(path: path, reason: error.text)
    }
    guard status.isRegular else { throw .notRegular(path: path) }
    guard status.isOurs || status.owner == 0 else { throw .wrongOwner(path: path, owner: status.owner) }
    // Root's file may be read by a group that was given it.
    guard (status.isOurs && status.mode & 0o077 == 0) || (status.owner == 0 && status.mode & 0o137 == 0) else {
      throw .wrongMode(path: path, mode: String(status.mode, radix: 8))
    }
    return try token(in: readAll(file, origin: path), origin: path)
  }

  /// One line of standard input; at a terminal ``TokenPrompt`` asks for it.
  package static func readStandardInput() throws(TokenProblem) -> SecretToken {
    try token(in: readAll(.standardInput, origin: "Standard input"), origin: "Standard input")
  }

  /// The value of an environment variable.
  package static func read(environmentValue value: String, name: String) throws(TokenProblem) -> SecretToken {
    try token(in: Array(value.utf8), origin: name)
  }

  /// One line: a final line break is dropped, anything else that is not visible is refused.
  static func token(in bytes: [UInt8], origin: String) throws(TokenProblem) -> SecretToken {
    var line = bytes[...]
    if line.last == 0x0A { line.removeLast() }
    if line.last == 0x0D { line.removeLast() }
    if let flaw = TokenFlaw.of(line) { throw .notAToken(origin: origin, flaw: flaw) }
    guard let token = SecretToken(utf8: line) else { throw .notAToken(origin: origin, flaw: .notVisible) }
    return token
  }

  /// At most a little more than a token may have.
  static func readAll(_ descriptor: Descriptor, origin: String) throws(TokenProblem) -> [UInt8] {
    do throws(SystemError) {
      return try descriptor.readToEnd(limit: SecretToken.maximumLength + 2, pieceSize: 4096)
    } catch {
      // The bytes until an error are not the token.
      throw .unreadable(path: origin, reason: error.text)
    }
  }
}
