import Glibc

/// Descriptors that are waited for together.
package struct PollSet {
  /// One descriptor, and what of it is waited for. The end, a hang-up and an error are always.
  package struct Entry {
    fileprivate let raw: pollfd

    private init(_ descriptor: Descriptor?, _ events: Int32) {
      // The system passes over a negative one.
      raw = pollfd(fd: descriptor?.number ?? -1, events: Int16(events), revents: 0)
    }

    /// Bytes, or the end. Nil is never ready.
    package static func readable(_ descriptor: Descriptor?) -> Entry { Entry(descriptor, POLLIN) }
    /// Room for bytes.
    package static func writable(_ descriptor: Descriptor?) -> Entry { Entry(descriptor, POLLOUT) }
    /// Only that it is gone.
    package static func gone(_ descriptor: Descriptor?) -> Entry { Entry(descriptor, 0) }
  }

  package enum Outcome: Equatable, Sendable {
    case ready
    case timedOut
    /// A signal came. The caller decides: most look for the signal and wait again.
    case interrupted
    case failed(SystemError)
  }

  private var entries: [pollfd]

  package init(_ entries: [Entry]) { self.entries = entries.map(\.raw) }

  /// Sleeps until one of them is ready; nil waits without limit, 0 not at all.
  package mutating func wait(milliseconds: Int32? = nil) -> Outcome {
    let count = poll(&entries, nfds_t(entries.count), milliseconds.map { max($0, 0) } ?? -1)
    if count > 0 { return .ready }
    // Nothing is ready, and what was before is not any more.
    for index in entries.indices { entries[index].revents = 0 }
    if count == 0 { return .timedOut }
    let error = SystemError.last
    return error.code == EINTR ? .interrupted : .failed(error)
  }

  /// By position: whether it was ready for anything, the end and errors included.
  package func isReady(_ index: Int) -> Bool { entries[index].revents != 0 }
  /// Whether it had bytes, or the end of a pipe that is not yet reported as a hang-up.
  package func isReadable(_ index: Int) -> Bool { entries[index].revents & Int16(POLLIN) != 0 }
  /// Whether the other side hung up, or the descriptor is not usable.
  package func isGone(_ index: Int) -> Bool { entries[index].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 }
}
