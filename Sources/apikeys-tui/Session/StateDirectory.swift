import SystemIO

/// Where the program keeps what it remembers between sessions: the XDG state directory, readable by its owner alone.
struct StateDirectory {
  /// Why nothing is kept: a sentence.
  struct Problem: Error, Equatable {
    let sentence: String
  }

  let path: String
  /// Directories above it that are made if need be, outermost first; what is above those has to be there.
  private let parents: [String]

  /// `$XDG_STATE_HOME/apikeys-tui`, else `$HOME/.local/state/apikeys-tui`. A value that is not absolute counts as
  /// not set; nil where neither is.
  init?(environment: (String) -> String?) {
    func absolute(_ name: String) -> String? { environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
    if let state = absolute("XDG_STATE_HOME") {
      path = state + "/apikeys-tui"
      parents = [state]
    } else if let home = absolute("HOME") {
      path = home + "/.local/state/apikeys-tui"
      parents = [home + "/.local", home + "/.local/state"]
    } else {
      return nil
    }
  }

  /// The directory of one host inside, made if need be with mode 0700.
  func make(host: String) throws(Problem) -> String {
    let inner = self.path(host: host)
    for directory in parents + [path] { try StateDirectory.create(directory) }
    try StateDirectory.requireOwn(path)
    try StateDirectory.create(inner)
    try StateDirectory.requireOwn(inner)
    return inner
  }

  /// Letters, digits, dots and hyphens stand for themselves; every other byte is `_` and two digits.
  func path(host: String) -> String {
    var name = ""
    for byte in host.lowercased().utf8.prefix(80) {
      switch byte {
      case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"): name.unicodeScalars.append(Unicode.Scalar(byte))
      // A name of dots alone is a directory of the system's.
      case UInt8(ascii: ".") where !name.isEmpty: name += "."
      default: name += "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return path + "/" + (name.isEmpty ? "_" : name)
  }

  private static func create(_ path: String) throws(Problem) {
    do throws(SystemError) {
      try FileSystem.makeDirectory(path, mode: 0o700)
    } catch {
      guard error == .exists else {
        throw Problem(sentence: "Settings are not kept: \(path) cannot be made: \(error.text).")
      }
    }
  }

  private static func requireOwn(_ path: String) throws(Problem) {
    let status: FileStatus?
    do throws(SystemError) { status = try FileStatus(path: path) } catch { status = nil }
    guard let status, status.kind == .directory else {
      throw Problem(sentence: "Settings are not kept: \(path) is not a directory.")
    }
    guard status.isOurs, status.mode & 0o022 == 0 else {
      throw Problem(sentence: "Settings are not kept: others may write in \(path). Give it to yourself with mode 0700.")
    }
  }
}
