import Foundation
import Testing

@testable import SystemIO

@Suite struct FileSystemTests {
  @Test("A directory has exactly the permissions that were asked for")
  func makeDirectory() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/inner"
    let old = umask(0o777)
    defer { umask(old) }
    try FileSystem.makeDirectory(path, mode: 0o700)
    let status = try FileStatus(path: path)
    #expect(status.kind == .directory && status.mode == 0o700 && status.isOurs && !status.isSticky)
    #expect(throws: SystemError.exists) { try FileSystem.makeDirectory(path, mode: 0o700) }
    #expect(throws: SystemError.notFound) { try FileSystem.makeDirectory(path + "/a/b", mode: 0o700) }
  }

  @Test("What a file is: kind, size, names, device")
  func status() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.file("a", "12345")
    #expect(Glibc.link(path, directory.path + "/b") == 0)
    let status = try FileStatus(path: path)
    #expect(status.isRegular && status.size == 5 && status.linkCount == 2)
    #expect(abs(status.modified - Int(Date().timeIntervalSince1970)) < 60)
    let null = try FileStatus(path: "/dev/null")
    #expect(null.kind == .characterDevice && null.device == (1, 3))
    #expect(try FileStatus(path: "/tmp").isSticky)
  }

  @Test("A nameless file gets a name that replaces nothing; a rename replaces")
  func nameless() throws {
    let directory = try TemporaryDirectory()
    let folder = try Descriptor.open(directory.path, [.readOnly, .directory])
    defer { folder.close() }
    _ = try directory.file("taken", "old")
    let file = try folder.open(".", [.writeOnly, .nameless])
    try #require(file.hasProcessPath)
    try file.writeAll(Array("new".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["taken"])
    #expect(throws: SystemError.exists) { try folder.link(file, as: "taken") }
    try folder.link(file, as: "hidden")
    file.close()
    #expect(throws: SystemError.exists) { try folder.link("hidden", as: "taken") }
    try folder.link("hidden", as: "second")
    try folder.rename("hidden", to: "taken")
    #expect(try String(contentsOfFile: directory.path + "/taken", encoding: .utf8) == "new")
    #expect(try folder.status(of: "taken").linkCount == 2)
    folder.remove("second")
    folder.remove("second")
    #expect(throws: SystemError.notFound) { try folder.status(of: "second") }
  }

  @Test("A lock is one open file's at a time")
  func lock() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.file("lock")
    let (first, second) = (try Descriptor.open(path, .readWrite), try Descriptor.open(path, .readWrite))
    #expect(try first.lockWithoutWaiting())
    #expect(try !second.lockWithoutWaiting())
    first.close()
    #expect(try second.lockWithoutWaiting())
    second.close()
  }

  @Test("A path without its links")
  func resolved() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.file("a")
    #expect(symlink(path, directory.path + "/link") == 0)
    #expect(FileSystem.resolved(directory.path + "/link") == FileSystem.resolved(path))
    #expect(FileSystem.resolved(directory.path + "/none") == nil)
    #expect(FileSystem.isExecutable("/bin/sh") && !FileSystem.isExecutable(path))
  }
}

@Suite struct ChildProcessTests {
  /// Runs a shell's text with a pipe at both ends; gives what it printed and its wait status.
  private func run(_ text: String, environment: [String] = [], input: String = "") throws -> (String, Int32) {
    let (to, from) = (try PipeEnds(), try PipeEnds())
    let child = try ChildProcess(
      program: "/bin/sh", arguments: ["-c", text], environment: environment, input: to.readEnd, output: from.writeEnd)
    to.readEnd.close()
    from.writeEnd.close()
    try to.writeEnd.writeAll(Array(input.utf8))
    to.writeEnd.close()
    let output = try from.readEnd.readToEnd(limit: 1 << 20)
    from.readEnd.close()
    return (String(decoding: output, as: UTF8.self), child.wait())
  }

  @Test("A program reads and writes its pipes, and its status is told")
  func pipes() throws {
    let (text, status) = try run("cat; exit 3", input: "hello")
    #expect(text == "hello")
    #expect(status & 0x7F == 0 && status >> 8 & 0xFF == 3)
  }

  @Test("A program has the environment it was given, no error output of ours, and a group of its own")
  func surroundings() throws {
    setenv("SYSTEMIO_SECRET", "1", 1)
    let (text, _) = try run(
      "echo ${SYSTEMIO_SECRET-none} $GIVEN; readlink /proc/self/fd/2; ps -o pgid= -p $$ | tr -d ' '; echo $$",
      environment: ["GIVEN=yes", "PATH=/usr/bin:/bin"])
    let lines = text.split(separator: "\n")
    #expect(lines.prefix(2) == ["none yes", "/dev/null"])
    #expect(lines.count == 4 && lines[2] == lines[3])
  }

  @Test("A program inherits no descriptor that was opened here")
  func inheritsNothing() throws {
    let directory = try TemporaryDirectory()
    let file = try Descriptor.open(try directory.file("a"), .readOnly)
    defer { file.close() }
    let (text, _) = try run("ls /proc/$$/fd", environment: ["PATH=/usr/bin:/bin"])
    #expect(!text.split(separator: "\n").contains("\(file.number)"))
  }

  @Test("What is no program is refused with the system's number")
  func refused() throws {
    let pipe = try PipeEnds()
    defer { pipe.close() }
    #expect(throws: SystemError.notFound) {
      try ChildProcess(
        program: "/nonexistent/program", arguments: [], environment: [], input: pipe.readEnd, output: pipe.writeEnd)
    }
  }

  @Test("A program can be ended by a signal")
  func signalled() throws {
    let (to, from) = (try PipeEnds(), try PipeEnds())
    let child = try ChildProcess(
      program: "/bin/cat", arguments: [], environment: [], input: to.readEnd, output: from.writeEnd)
    child.signal(SIGTERM)
    #expect(child.wait() & 0x7F == SIGTERM)
    to.close()
    from.close()
  }
}
