import Glibc

/// A descriptor: an open file, pipe end, socket or terminal.
///
/// Just a number: copies name the same open file, and the one who opened it calls ``close()`` once. All that are made
/// here are closed in programs that are started later (`O_CLOEXEC`). Calls that a signal interrupts are repeated.
package struct Descriptor: Hashable, Sendable {
  /// The system's number for it.
  package let number: Int32

  package init(_ number: Int32) { self.number = number }

  package static let standardInput = Descriptor(STDIN_FILENO)
  package static let standardOutput = Descriptor(STDOUT_FILENO)
  package static let standardError = Descriptor(STDERR_FILENO)

  // MARK: Opening and closing

  /// Opens a file. `mode` is for one that is made, and is subject to the umask: ``setMode(_:)`` is not.
  package static func open(
    _ path: String, _ options: OpenOptions, mode: UInt32 = 0o600
  ) throws(SystemError) -> Descriptor {
    Descriptor(try retrying { Glibc.open(path, options.rawValue | O_CLOEXEC, mode) })
  }

  /// Opens a file by its name in a directory that is open.
  package func open(
    _ name: String, _ options: OpenOptions, mode: UInt32 = 0o600
  ) throws(SystemError) -> Descriptor {
    Descriptor(try retrying { openat(number, name, options.rawValue | O_CLOEXEC, mode) })
  }

  /// Another number for the same open file.
  package func duplicate() throws(SystemError) -> Descriptor {
    Descriptor(try retrying { fcntl(number, F_DUPFD_CLOEXEC, 0) })
  }

  /// Not repeated where a signal interrupts it: on Linux the number is free all the same.
  package func close() { _ = Glibc.close(number) }

  // MARK: Reading

  /// Reads once, at most as many bytes as `buffer` has; gives how many, 0 at the end.
  ///
  /// Throws ``SystemError/wouldBlock`` where the descriptor does not block and has nothing.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    try retrying { Glibc.read(number, buffer.baseAddress, buffer.count) }
  }

  /// Reads once into the beginning of an array, whose length stays.
  package func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    try buffer.withUnsafeMutableBytes { bytes in
      Result { () throws(SystemError) in try read(into: bytes) }
    }.get()
  }

  /// Reads one byte; nil at the end.
  package func readByte() throws(SystemError) -> UInt8? {
    var byte: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &byte) { bytes throws(SystemError) in try read(into: bytes) }
    return count == 1 ? byte : nil
  }

  /// Reads to the end, or until there are more than `limit` bytes: the caller then knows that it is too much.
  ///
  /// Reads `pieceSize` bytes at a time, so the result has up to `limit + pieceSize` bytes. Throws away what was read
  /// where a read fails.
  package func readToEnd(limit: Int, pieceSize: Int = 65_536) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: pieceSize)
    while bytes.count <= limit {
      let count = try read(into: &piece)
      guard count > 0 else { break }
      bytes += piece[..<count]
    }
    return bytes
  }

  /// Reads and drops what a pipe that does not block holds: the bytes were there to wake a reader.
  package func discardPending() {
    var bytes = [UInt8](repeating: 0, count: 64)
    var count = 1
    // The end, nothing left and a failure all mean that there is no more to drop.
    while count > 0 {
      do throws(SystemError) { count = try read(into: &bytes) } catch { return }
    }
  }

  // MARK: Writing

  /// Writes once; gives how many bytes were taken.
  ///
  /// Throws ``SystemError/wouldBlock`` where the descriptor does not block and is full.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    try retrying { Glibc.write(number, bytes.baseAddress, bytes.count) }
  }

  /// Writes all bytes. Where a descriptor that does not block is full, waits until it takes more: at most `patience`
  /// milliseconds each time, then throws ``SystemError/timedOut``; nil waits without limit.
  package func writeAll(_ bytes: UnsafeRawBufferPointer, patience: Int32? = nil) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      do throws(SystemError) {
        let count = try write(UnsafeRawBufferPointer(rebasing: rest))
        // No device accepts 0 bytes of a write and continues: the loop would never end.
        guard count > 0 else { throw SystemError.deviceGone }
        rest = rest.dropFirst(count)
      } catch {
        guard error == .wouldBlock else { throw error }
        var full = PollSet([.writable(self)])
        if full.wait(milliseconds: patience) == .timedOut { throw SystemError.timedOut }
      }
    }
  }

  package func writeAll(_ bytes: [UInt8], patience: Int32? = nil) throws(SystemError) {
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(SystemError) in try writeAll(bytes, patience: patience) }
    }.get()
  }

  /// Writes a text in one call, whose failure no one is left to report to: a log, standard error.
  package func writeOnce(ignoringErrors text: String) {
    var text = text
    text.withUTF8 { bytes in
      do throws(SystemError) { _ = try write(UnsafeRawBufferPointer(bytes)) } catch { return }
    }
  }

  /// Puts one byte into a pipe that wakes a reader. If it does not fit, there is one to wake it already.
  package func wake(_ byte: UInt8 = 1) {
    withUnsafeBytes(of: byte) { bytes in
      do throws(SystemError) { _ = try write(bytes) } catch { return }
    }
  }

  // MARK: The open file

  /// What the open file is, whatever its path names by now.
  package func status() throws(SystemError) -> FileStatus {
    var status = stat()
    _ = try retrying { fstat(number, &status) }
    return FileStatus(status)
  }

  /// Sets the permission bits exactly, whatever the umask is.
  package func setMode(_ mode: UInt32) throws(SystemError) { _ = try retrying { fchmod(number, mode) } }

  /// Waits until the disk has what was written.
  package func synchronize() throws(SystemError) { _ = try retrying { fsync(number) } }

  /// Takes the lock of the file for this open file alone; false where another one has it.
  package func lockWithoutWaiting() throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try retrying { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      guard error == .wouldBlock else { throw error }
      return false
    }
  }

  package var isTerminal: Bool { isatty(number) == 1 }
}

/// How a file is opened; `O_CLOEXEC` is always set.
package struct OpenOptions: OptionSet, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  package static let readOnly = OpenOptions(rawValue: O_RDONLY)
  package static let writeOnly = OpenOptions(rawValue: O_WRONLY)
  package static let readWrite = OpenOptions(rawValue: O_RDWR)
  package static let append = OpenOptions(rawValue: O_APPEND)
  /// Makes the file where there is none.
  package static let create = OpenOptions(rawValue: O_CREAT)
  /// Fails with ``SystemError/exists`` where there is one, a link included.
  package static let exclusive = OpenOptions(rawValue: O_EXCL)
  /// Fails with ``SystemError/isLink`` where the last part of the path is a link.
  package static let noFollow = OpenOptions(rawValue: O_NOFOLLOW)
  /// Does not wait for the other end of a named pipe, and no read or write waits.
  package static let nonBlocking = OpenOptions(rawValue: O_NONBLOCK)
  /// A terminal that is opened does not become this process's.
  package static let noControllingTerminal = OpenOptions(rawValue: O_NOCTTY)
  /// Fails with ``SystemError/notADirectory`` where it is none.
  package static let directory = OpenOptions(rawValue: O_DIRECTORY)
  /// A file without a name in the directory that is opened. `O_TMPFILE` is a macro that Swift does not import.
  package static let nameless = OpenOptions(rawValue: 0o20_000_000 | O_DIRECTORY)
}
