import SystemIO

/// A file that is there whole or not at all, readable by its owner alone.
///
/// Bytes go to a new file without a name; ``commit()`` gives it the wanted one. Ended without it, by an error, a signal
/// or a lost machine, the wanted name holds what it held before, and nothing is left over. Where the file system has no
/// nameless files, a hidden one beside the wanted one is used, which only a killed process leaves there.
package final class SafeOutputFile {
  /// Where the contents go.
  package let writer: ByteWriter
  private let path: String
  private let name: String
  /// The hidden file's name while there is one.
  private var temporaryName: String?
  private let force: Bool
  private let isDurable: Bool
  private var isPrepared = false
  private let directory: Descriptor
  private let descriptor: Descriptor

  /// Starts a file. Without `force` an existing file is never replaced; a link never is. `isDurable` waits for the disk
  /// at the end, so that a loss of power leaves a whole file as well.
  package init(path: String, force: Bool, isDurable: Bool = true) throws(OutputError) {
    let (folder, name) = SafeOutputFile.split(path)
    guard !name.isEmpty, name != ".", name != ".." else { throw .isNotAFile(path: path) }
    let directory: Descriptor
    do throws(SystemError) {
      directory = try Descriptor.open(folder, [.readOnly, .directory])
    } catch {
      throw .cannotCreate(path: path, reason: error.text)
    }
    do throws(OutputError) {
      try SafeOutputFile.checkTarget(directory, name, path: path, force: force)
      (descriptor, temporaryName) = try SafeOutputFile.openNew(in: directory, path: path)
    } catch {
      directory.close()
      throw error
    }
    self.path = path
    self.name = name
    self.force = force
    self.isDurable = isDurable
    self.directory = directory
    writer = ByteWriter(descriptor: descriptor, target: path)
  }

  deinit {
    descriptor.close()
    if let temporaryName { directory.remove(temporaryName) }
    directory.close()
  }

  /// Writes what is left, makes it durable, and gives the file its name.
  package func commit() throws(OutputError) {
    if !isPrepared { try prepare() }
    do throws(SystemError) {
      // A link fails where the name exists; a rename would replace it.
      if force { try replaceNamed() } else { try link(as: name) }
    } catch {
      throw error == .exists && !force ? .exists(path: path) : .cannotCreate(path: path, reason: error.text)
    }
    if isDurable {
      // The file is whole and has its name. Some file systems cannot synchronize a directory.
      do throws(SystemError) { try directory.synchronize() } catch { return }
    }
  }

  /// Renames the file to the wanted name, by way of a hidden one where it has none yet.
  private func replaceNamed() throws(SystemError) {
    let source = temporaryName ?? SafeOutputFile.hiddenName()
    if temporaryName == nil {
      try link(as: source)
      temporaryName = source
    }
    try directory.rename(source, to: name)
    temporaryName = nil
  }

  /// Does of ``commit()`` what can fail before the file has its name.
  package func prepare() throws(OutputError) {
    try writer.flush()
    if isDurable {
      do throws(SystemError) {
        try descriptor.synchronize()
      } catch {
        throw .writeFailed(target: path, reason: error.text)
      }
    }
    try SafeOutputFile.checkTarget(directory, name, path: path, force: force)
    isPrepared = true
  }

  /// Whether a file system takes a name of this length; true where that is not known.
  package static func canBeNamed(_ path: String) -> Bool {
    do throws(SystemError) {
      _ = try FileStatus(path: path, followsLinks: false)
      return true
    } catch {
      return error != .nameTooLong
    }
  }

  /// Gives the file one more name.
  private func link(as newName: String) throws(SystemError) {
    if let temporaryName {
      try directory.link(temporaryName, as: newName)
    } else {
      try directory.link(descriptor, as: newName)
    }
  }

  /// A new file with mode 0600 and its hidden name, nil where it needs none.
  private static func openNew(
    in directory: Descriptor, path: String
  ) throws(OutputError) -> (file: Descriptor, hiddenName: String?) {
    do throws(SystemError) {
      let (file, name): (Descriptor, String?)
      if let nameless = openNameless(directory) {
        (file, name) = (nameless, nil)
      } else {
        (file, name) = try openHidden(directory)
      }
      // A umask may have taken the owner's own bits away. Where modes cannot be set, the file has the file system's.
      do throws(SystemError) { try file.setMode(0o600) } catch { return (file, name) }
      return (file, name)
    } catch {
      throw .cannotCreate(path: path, reason: error.text)
    }
  }

  /// A file without a name, which goes away with this process; nil where there are none, or none that can be named
  /// later.
  private static func openNameless(_ directory: Descriptor) -> Descriptor? {
    let file: Descriptor
    do throws(SystemError) {
      file = try directory.open(".", [.writeOnly, .nameless])
    } catch {
      return nil
    }
    if file.hasProcessPath { return file }
    file.close()
    return nil
  }

  /// A file with a hidden name that nothing had.
  private static func openHidden(_ directory: Descriptor) throws(SystemError) -> (Descriptor, String?) {
    for _ in 1..<16 {
      let name = hiddenName()
      do throws(SystemError) {
        return (try directory.open(name, [.writeOnly, .create, .exclusive, .noFollow]), name)
      } catch {
        guard error == .exists else { throw error }
      }
    }
    throw SystemError.exists
  }

  private static func hiddenName() -> String {
    // Short, and without the wanted name: that may be as long as a name can be.
    ".apikeys-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
  }

  private static func checkTarget(
    _ directory: Descriptor, _ name: String, path: String, force: Bool
  ) throws(OutputError) {
    let status: FileStatus
    // Where there is nothing, or nothing that can be seen, the link or the rename decides.
    do throws(SystemError) { status = try directory.status(of: name) } catch { return }
    if status.kind == .link { throw .isLink(path: path) }
    if !status.isRegular { throw .isNotAFile(path: path) }
    if !force { throw .exists(path: path) }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.utf8.startIndex ? "/" : String(path[..<slash]), name)
  }
}
