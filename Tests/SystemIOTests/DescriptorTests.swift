import Foundation
import Synchronization
import Testing

@testable import SystemIO

/// Set once, and seen by every thread.
private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}

/// A directory for one test, removed with it.
final class TemporaryDirectory {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("SystemIOTests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record("\(path) stays: \(error)") }
  }

  func file(_ name: String, _ text: String = "") throws -> String {
    let path = self.path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }
}

@Suite struct DescriptorTests {
  private func isClosedOnExec(_ descriptor: Descriptor) -> Bool { fcntl(descriptor.number, F_GETFD) & FD_CLOEXEC != 0 }
  private func blocks(_ descriptor: Descriptor) -> Bool { fcntl(descriptor.number, F_GETFL) & O_NONBLOCK == 0 }

  @Test("Everything that is opened is closed in programs that are started")
  func closeOnExec() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.file("a")
    let folder = try Descriptor.open(directory.path, [.readOnly, .directory])
    let all = [
      folder, try Descriptor.open(path, .readOnly), try folder.open("a", .readOnly),
      try folder.open(".", [.writeOnly, .nameless]), try folder.duplicate(),
    ]
    for descriptor in all { #expect(isClosedOnExec(descriptor)) }
    let pipes = [try PipeEnds(), try PipeEnds(waiting: .writerOnly), try PipeEnds(waiting: .neither)]
    for pipe in pipes {
      #expect(isClosedOnExec(pipe.readEnd) && isClosedOnExec(pipe.writeEnd))
      pipe.close()
    }
    for descriptor in all { descriptor.close() }
  }

  @Test("A pipe waits at the ends that were asked for")
  func waiting() throws {
    let (both, writer, neither) = (try PipeEnds(), try PipeEnds(waiting: .writerOnly), try PipeEnds(waiting: .neither))
    #expect(blocks(both.readEnd) && blocks(both.writeEnd))
    #expect(!blocks(writer.readEnd) && blocks(writer.writeEnd))
    #expect(!blocks(neither.readEnd) && !blocks(neither.writeEnd))
    for pipe in [both, writer, neither] { pipe.close() }
  }

  @Test("A file is made for its owner alone, and only where there is none")
  func exclusive() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/new"
    let old = umask(0o777)
    defer { umask(old) }
    let made = try Descriptor.open(path, [.writeOnly, .create, .exclusive])
    defer { made.close() }
    #expect(try made.status().mode == 0)
    try made.setMode(0o600)
    #expect(try made.status().mode == 0o600)
    #expect(throws: SystemError.exists) { try Descriptor.open(path, [.writeOnly, .create, .exclusive]) }
  }

  @Test("A link is not followed where that is asked")
  func noFollow() throws {
    let directory = try TemporaryDirectory()
    let target = try directory.file("target")
    let link = directory.path + "/link"
    #expect(symlink(target, link) == 0)
    #expect(throws: SystemError.isLink) { try Descriptor.open(link, [.readOnly, .noFollow]) }
    try Descriptor.open(link, .readOnly).close()
    #expect(try FileStatus(path: link, followsLinks: false).kind == .link)
    #expect(try FileStatus(path: link).kind == .regular)
  }

  @Test("What is missing has the system's number and words")
  func missing() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: SystemError.notFound) { try Descriptor.open(directory.path + "/none", .readOnly) }
    #expect(SystemError.notFound.text == "No such file or directory")
    let file = try directory.file("a")
    #expect(throws: SystemError.notADirectory) { try Descriptor.open(file, [.readOnly, .directory]) }
    #expect(throws: SystemError.notADirectory) { try Descriptor.open(file + "/", .readOnly) }
  }

  @Test("A named pipe does not keep the caller")
  func namedPipe() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let opened = try Descriptor.open(path, [.readOnly, .nonBlocking])
    defer { opened.close() }
    #expect(try opened.status().kind == .pipe)
  }

  @Test("Reading to the end gives the bytes, and stops soon after the limit")
  func readToEnd() throws {
    let directory = try TemporaryDirectory()
    let text = String(repeating: "0123456789", count: 1000)
    let path = try directory.file("a", text)
    func contents(limit: Int) throws -> [UInt8] {
      let file = try Descriptor.open(path, .readOnly)
      defer { file.close() }
      return try file.readToEnd(limit: limit, pieceSize: 7)
    }
    #expect(try contents(limit: 1 << 20) == Array(text.utf8))
    #expect(try contents(limit: 10_000) == Array(text.utf8))
    let cut = try contents(limit: 100)
    #expect(cut.count > 100 && cut.count <= 107)
    let folder = try Descriptor.open(directory.path, .readOnly)
    defer { folder.close() }
    #expect(throws: SystemError(code: EISDIR)) { try folder.readToEnd(limit: 10) }
  }

  @Test("An empty pipe that does not block says so, and its end is no byte")
  func emptyPipe() throws {
    let pipe = try PipeEnds(waiting: .neither)
    #expect(throws: SystemError.wouldBlock) { try pipe.readEnd.readByte() }
    pipe.writeEnd.wake(7)
    #expect(try pipe.readEnd.readByte() == 7)
    pipe.writeEnd.wake()
    pipe.writeEnd.wake()
    pipe.readEnd.discardPending()
    #expect(throws: SystemError.wouldBlock) { try pipe.readEnd.readByte() }
    pipe.writeEnd.close()
    #expect(try pipe.readEnd.readByte() == nil)
    pipe.readEnd.discardPending()
    pipe.readEnd.close()
  }

  @Test("To wake somebody through a full pipe neither waits nor fails")
  func fullPipe() throws {
    let pipe = try PipeEnds(waiting: .neither)
    defer { pipe.close() }
    for _ in 0..<70_000 { pipe.writeEnd.wake() }
    #expect(throws: SystemError.wouldBlock) {
      try pipe.writeEnd.write(UnsafeRawBufferPointer([1].withUnsafeBytes(\.self)))
    }
  }

  @Test("All bytes arrive through a pipe that does not block and is smaller than they are")
  func writeAll() throws {
    let pipe = try PipeEnds(waiting: .neither)
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 251) }
    let writer = Thread {
      do { try pipe.writeEnd.writeAll(bytes) } catch { Issue.record("\(error)") }
      pipe.writeEnd.close()
    }
    writer.start()
    var received: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 10_000)
    var wanted = PollSet([.readable(pipe.readEnd)])
    while true {
      #expect(wanted.wait() == .ready)
      let count = try pipe.readEnd.read(into: &piece)
      if count == 0 { break }
      received += piece[..<count]
    }
    pipe.readEnd.close()
    #expect(received == bytes)
  }

  @Test("A reader that takes nothing is waited for as long as asked")
  func patience() throws {
    let pipe = try PipeEnds(waiting: .neither)
    defer { pipe.close() }
    let start = ContinuousClock.now
    #expect(throws: SystemError.timedOut) {
      try pipe.writeEnd.writeAll([UInt8](repeating: 1, count: 1 << 20), patience: 50)
    }
    #expect(ContinuousClock.now - start >= .milliseconds(50))
  }

  @Test("A reader that is gone is told")
  func closedPipe() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = try PipeEnds()
    pipe.readEnd.close()
    #expect(throws: SystemError.closedPipe) { try pipe.writeEnd.writeAll([1]) }
    pipe.writeEnd.close()
  }

  @Test("A signal interrupts neither a read nor a write of all bytes, and ends a wait")
  func interruption() throws {
    // Without SA_RESTART, so that the system's own repetition does not hide ours.
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGUSR2, &action, nil)
    // The threads of tests block it.
    var wanted = sigset_t()
    var before = sigset_t()
    sigemptyset(&wanted)
    sigaddset(&wanted, SIGUSR2)
    pthread_sigmask(SIG_UNBLOCK, &wanted, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let pipe = try PipeEnds()
    let thread = pthread_self()
    let isOver = Flag()
    let sender = Thread {
      for _ in 0..<20 {
        usleep(2000)
        pthread_kill(thread, SIGUSR2)
      }
      pipe.writeEnd.wake(9)
      while !isOver.isSet {
        usleep(2000)
        pthread_kill(thread, SIGUSR2)
      }
    }
    sender.start()
    #expect(try pipe.readEnd.readByte() == 9)
    var empty = PollSet([.readable(pipe.readEnd)])
    #expect(empty.wait(milliseconds: 60_000) == .interrupted)
    isOver.set()
    while !sender.isFinished { usleep(1000) }
    pipe.close()
  }
}

@Suite struct PollSetTests {
  @Test("Only what is ready is said to be, and nothing where the time is over")
  func ready() throws {
    let (first, second) = (try PipeEnds(), try PipeEnds())
    var both = PollSet([.readable(first.readEnd), .readable(nil), .readable(second.readEnd), .gone(second.readEnd)])
    #expect(both.wait(milliseconds: 0) == .timedOut)
    second.writeEnd.wake()
    #expect(both.wait() == .ready)
    #expect(!both.isReady(0) && !both.isReady(1) && both.isReadable(2) && !both.isReady(3))
    second.writeEnd.close()
    #expect(both.wait() == .ready)
    #expect(both.isReadable(2) && both.isGone(3))
    second.readEnd.close()
    first.close()
  }

  @Test("What was ready before is not after a wait without result")
  func forgets() throws {
    let pipe = try PipeEnds()
    defer { pipe.close() }
    pipe.writeEnd.wake()
    var wanted = PollSet([.readable(pipe.readEnd)])
    #expect(wanted.wait() == .ready && wanted.isReady(0))
    _ = try pipe.readEnd.readByte()
    #expect(wanted.wait(milliseconds: 1) == .timedOut && !wanted.isReady(0))
  }

  @Test("A descriptor that is closed is gone at once")
  func closed() {
    var wanted = PollSet([.readable(Descriptor(1_000_000))])
    #expect(wanted.wait() == .ready && wanted.isGone(0))
  }
}
