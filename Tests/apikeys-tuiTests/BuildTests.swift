import Foundation
import TestSupport
import Testing

/// How the programs are built, as far as it can be judged without a release build; `make check-install` judges that.
@Suite(.timeLimit(.minutes(5))) struct BuildTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func run(_ script: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = Self.root.appending(path: script)
    process.arguments = arguments
    process.currentDirectoryURL = Self.root
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test("The release check finds every missing hardening feature", .tags(.s4))
  func hardeningCheck() throws {
    let check = try run("scripts/check-hardening", ["--self-check"])
    #expect(check.status == 0, "\(check.output)")
    print("figure S4: \(check.output.split(separator: ": ").last?.split(separator: "\n").first ?? "")")
  }

  @Test("A program built for development is refused by the check", .tags(.s4))
  func development() throws {
    let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let program = URL(filePath: runner).deletingLastPathComponent().appending(path: "apikeys-tui").path
    let check = try run("scripts/check-hardening", ["--installed", program])
    #expect(check.status == 1 && check.output.contains("RUNPATH") && check.output.contains("needs the library"))
  }

  @Test("Every package has an exact version and a documented purpose", .tags(.s18))
  func exactVersions() throws {
    let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    let named = manifest.split(separator: "\n").filter { $0.contains(".package(url:") }
    let listed = try String(contentsOf: Self.root.appending(path: "docs/dependencies.md"), encoding: .utf8)
    #expect(!named.isEmpty)
    for line in named {
      let parts = line.split(separator: "\"")
      let name = parts[1].split(separator: "/").last.map { $0.lowercased() } ?? ""
      #expect(parts[2] == ", exact: ")
      #expect(listed.contains("| [\(name)](") && listed.contains(" | \(parts[3]) | yes | "), "\(name)")
    }
    print("figure S18: \(named.count) packages named, each with an exact version")
  }
}
