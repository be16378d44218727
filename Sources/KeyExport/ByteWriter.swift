package import Digests
package import SystemIO

/// Bytes on their way to a descriptor: gathered, written in large pieces, every error reported.
///
/// Whoever writes adds to ``bytes`` and calls ``drain()`` now and then, and ``flush()`` at the end.
package final class ByteWriter {
  package var bytes: [UInt8] = []
  /// Of everything written since it was set; nil if it is not requested.
  package var digest: SHA256?
  private let descriptor: Descriptor
  private let target: String

  private static let pieceSize = 1 << 16

  /// `target` names the output in errors. The descriptor stays its owner's.
  package init(descriptor: Descriptor, target: String) {
    self.descriptor = descriptor
    self.target = target
    bytes.reserveCapacity(ByteWriter.pieceSize * 2)
  }

  /// Standard output.
  package static func standardOutput() -> ByteWriter {
    ByteWriter(descriptor: .standardOutput, target: "Standard output")
  }

  /// Adds the text as it is: only for text that is sanitized already.
  package func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes when enough has gathered.
  package func drain() throws(OutputError) {
    if bytes.count >= ByteWriter.pieceSize { try flush() }
  }

  /// Writes everything gathered so far.
  package func flush() throws(OutputError) {
    digest?.update(bytes)
    defer { bytes.removeAll(keepingCapacity: true) }
    do throws(SystemError) {
      // Another program may have made the terminal non-blocking: it is waited for until it takes more.
      try descriptor.writeAll(bytes)
    } catch {
      throw error == .closedPipe ? .closedPipe : .writeFailed(target: target, reason: error.text)
    }
  }
}
