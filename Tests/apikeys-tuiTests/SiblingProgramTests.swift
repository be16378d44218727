import Foundation
import TestSupport
import Testing

/// What `--demo` starts: only a program that nobody else can have put beside the dashboard.
@Suite(.timeLimit(.minutes(5))) struct SiblingProgramTests {
  /// The dashboard's program in a folder of its own, with something else for a server.
  private struct Installed {
    let folder: URL
    let program: String

    init() throws {
      let parent = FileManager.default.temporaryDirectory.appendingPathComponent("beside-\(UUID().uuidString)")
      folder = parent.appendingPathComponent("bin").resolvingSymlinksInPath()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let copy = folder.appendingPathComponent("apikeys-tui")
      let original = try TestProducts.path("apikeys-tui")
      // Hard links share a mode, which this changes; and a copy of a program that says who it was is as good as a server.
      try FileManager.default.copyItem(at: URL(filePath: original), to: copy)
      program = copy.path
      let script = "#!/bin/sh\ntouch '\(folder.path)/ran'\n"
      try Data(script.utf8).write(to: server)
      for path in [folder.path, program, server.path, parent.path] { chmod(path, 0o755) }
    }

    var server: URL { folder.appendingPathComponent("apikeys-server") }
    var hasRun: Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent("ran").path) }
    func remove() throws { try FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
  }

  enum Danger: CaseIterable {
    case file, fileOfAGroup, folder, stickyFolder, folderAbove, fileOfAnother, folderOfAnother, linkToOutside

    /// Root alone can give a file away.
    var needsRoot: Bool { self == .fileOfAnother || self == .folderOfAnother || self == .fileOfAGroup }
  }

  @Test("--demo starts no program that another user could have placed", .tags(.s4), arguments: Danger.allCases)
  func planted(danger: Danger) async throws {
    if danger.needsRoot, getuid() != 0 { return }
    let installed = try Installed()
    let folder = installed.folder.path
    var place = folder
    switch danger {
    case .file:
      place = installed.server.path
      chmod(place, 0o757)
    case .fileOfAGroup:
      place = installed.server.path
      chown(place, 0, 65_534)
      chmod(place, 0o775)
    case .folder: chmod(folder, 0o777)
    case .stickyFolder: chmod(folder, 0o1777)
    case .folderAbove:
      place = installed.folder.deletingLastPathComponent().path
      chmod(place, 0o777)
    case .fileOfAnother:
      place = installed.server.path
      chown(place, 65_534, 65_534)
    case .folderOfAnother: chown(folder, 65_534, 65_534)
    case .linkToOutside:
      let outside = installed.folder.deletingLastPathComponent().appendingPathComponent("elsewhere")
      try FileManager.default.moveItem(at: installed.server, to: outside)
      chmod(outside.path, 0o757)
      try FileManager.default.createSymbolicLink(at: installed.server, withDestinationURL: outside)
      place = outside.path
    }
    let run = try await ProgramRun(["list", "--demo"], program: installed.program)
    #expect(run.status == 78, "\(run.errors)")
    #expect(run.errors.contains("\(place) ") && run.errors.contains("Install both programs where only root can write"))
    #expect(!installed.hasRun)
    try installed.remove()
  }

  @Test("--demo starts the server program in our own folder")
  func own() async throws {
    let installed = try Installed()
    let run = try await ProgramRun(["list", "--demo"], program: installed.program)
    // It is no server, but it ran.
    #expect(installed.hasRun && run.errors.contains("did not print its address"))
    try installed.remove()
  }
}
