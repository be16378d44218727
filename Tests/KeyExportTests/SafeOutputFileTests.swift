import Foundation
import SystemIO
import TestSupport
import Testing

@testable import KeyExport

/// Files are private, whole, and never in the place of another.
@Suite("Safe output files", .timeLimit(.minutes(5)))
struct SafeOutputFileTests {
  private func contents(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test("A new file is its owner's alone", .tags(.c3))
  func modeIsPrivate() throws {
    let fixture = try ExportFixture()
    let file = try SafeOutputFile(path: fixture.path("a"), force: false)
    file.writer.append("x")
    try file.commit()
    var status = stat()
    #expect(stat(fixture.path("a"), &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o600)
    #expect(status.st_nlink == 1)
  }

  @Test("An existing file is replaced only with force", .tags(.c3))
  func forceIsNeeded() throws {
    let fixture = try ExportFixture()
    let path = fixture.path("a")
    try "old".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(throws: OutputError.exists(path: path)) { _ = try SafeOutputFile(path: path, force: false) }
    #expect(OutputError.exists(path: "a.csv").sentence == "a.csv exists already. Nothing was written.")
    #expect(try contents(path) == "old")
    let file = try SafeOutputFile(path: path, force: true)
    file.writer.append("new")
    #expect(try contents(path) == "old")
    try file.commit()
    #expect(try contents(path) == "new")
  }

  @Test("A file that appears during the export is kept", .tags(.c3))
  func lateFileIsKept() throws {
    let fixture = try ExportFixture()
    let path = fixture.path("a")
    let file = try SafeOutputFile(path: path, force: false)
    file.writer.append("new")
    try "theirs".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(throws: OutputError.exists(path: path)) { try file.commit() }
    #expect(try contents(path) == "theirs")
  }

  @Test(
    "A planted symbolic link is not followed", .tags(.c3), arguments: [false, true], ["file", "nothing", "directory"])
  func linksAreRefused(_ force: Bool, _ target: String) throws {
    let fixture = try ExportFixture()
    try "keep".write(toFile: fixture.path("file"), atomically: false, encoding: .utf8)
    try FileManager.default.createDirectory(atPath: fixture.path("directory"), withIntermediateDirectories: false)
    let path = fixture.path("link")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: fixture.path(target))
    #expect(throws: OutputError.isLink(path: path)) { _ = try SafeOutputFile(path: path, force: force) }
    #expect(try contents(fixture.path("file")) == "keep")
    #expect(!FileManager.default.fileExists(atPath: fixture.path("nothing")))
  }

  @Test("An abandoned export leaves no file", .tags(.c4))
  func abandonedFileIsGone() throws {
    let fixture = try ExportFixture()
    do {
      let file = try SafeOutputFile(path: fixture.path("a"), force: false)
      file.writer.append("half")
      try file.writer.flush()
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.directory.path).isEmpty)
  }

  @Test("A full device is an error", .tags(.c5))
  func fullDevice() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let writer = ByteWriter(descriptor: Descriptor(descriptor), target: "It")
    writer.append("x")
    #expect(throws: OutputError.writeFailed(target: "It", reason: "No space left on device")) { try writer.flush() }
    #expect(OutputError.writeFailed(target: "It", reason: "").exitCode == 74)
  }
}
