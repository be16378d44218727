import Glibc

/// The two ends of a new pipe. Whoever makes it closes both.
package struct PipeEnds: Sendable {
  package let readEnd: Descriptor
  package let writeEnd: Descriptor

  /// Which end never waits.
  package enum Waiting: Sendable { case both, writerOnly, neither }

  /// Makes one whose ends no program that is started later inherits.
  package init(waiting: Waiting = .both) throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    _ = try retrying { pipe(&ends) }
    readEnd = Descriptor(ends[0])
    writeEnd = Descriptor(ends[1])
    // In steps of its own, because Swift does not import pipe2. The system cannot refuse them for a pipe that exists.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    if waiting != .both { _ = fcntl(readEnd.number, F_SETFL, O_NONBLOCK) }
    if waiting == .neither { _ = fcntl(writeEnd.number, F_SETFL, O_NONBLOCK) }
  }

  package func close() {
    readEnd.close()
    writeEnd.close()
  }
}
