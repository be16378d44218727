import Digests
import Glibc

/// Bytes on their way to a descriptor: gathered, written in large pieces, every error reported.
///
/// Whoever writes adds to ``bytes`` and calls ``drain()`` now and then, and ``flush()`` at the end.
package final class ByteWriter {
  package var bytes: [UInt8] = []
  /// Of everything written since it was set; nil where nobody wants it.
  package var digest: SHA256?
  private let descriptor: Int32
  private let target: String

  private static let pieceSize = 1 << 16

  /// `target` names the output in errors. The descriptor stays its owner's.
  package init(descriptor: Int32, target: String) {
    self.descriptor = descriptor
    self.target = target
    bytes.reserveCapacity(ByteWriter.pieceSize * 2)
  }

  /// Standard output.
  package static func standardOutput() -> ByteWriter {
    ByteWriter(descriptor: STDOUT_FILENO, target: "Standard output")
  }

  /// Adds the text as it is: only for text that is inert already.
  package func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes when enough has gathered.
  package func drain() throws(OutputError) {
    if bytes.count >= ByteWriter.pieceSize { try flush() }
  }

  /// Writes everything gathered so far.
  package func flush() throws(OutputError) {
    digest?.update(bytes)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count > 0 {
        written += count
        continue
      }
      let code = errno
      if count < 0, code == EINTR { continue }
      if count < 0, code == EAGAIN {
        // Somebody else made the terminal non-blocking: wait until it takes more.
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wanted, 1, -1)
        continue
      }
      bytes.removeAll(keepingCapacity: true)
      if code == EPIPE { throw .closedPipe }
      throw .writeFailed(target: target, reason: OutputError.reason(code))
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
