import Foundation
import TestSupport
import Testing

/// The commands as a shell sees them: output, complaints and exit status.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct CommandTests {
  @Test("list writes every key of a file unchanged")
  func listIsLossless() async throws {
    let file = try KeyFile(count: 2500)
    let run = try await ProgramRun(["list", "--from", file.path, "--format", "ndjson"])
    #expect(run.status == 0)
    #expect(run.output == (try String(contentsOfFile: file.path, encoding: .utf8)))
  }

  @Test("list filters, sorts, limits and selects columns")
  func listOptions() async throws {
    let file = try KeyFile(count: 30)
    let run = try await ProgramRun([
      "list", "--from", file.path, "--filter", "access:full", "--sort", "id:desc", "--limit", "2", "--columns",
      "name,access",
    ])
    #expect(run.output == "name\taccess\nkey 25\tfull\nkey 20\tfull\n")
    #expect(run.status == 0)
  }

  @Test("Command line and file errors have their exit statuses")
  func statuses() async throws {
    let file = try KeyFile(count: 3)
    let notKeys = file.directory.appendingPathComponent("x.json").path
    try "<html>".write(toFile: notKeys, atomically: false, encoding: .utf8)
    let table: [([String], Int32)] = [
      (["list", "--from", file.path], 0),
      (["list", "--from", file.path, "--filter", "name:nobody"], 1),
      (["show", "nobody", "--from", file.path], 1),
      (["show", "key 1", "--from", file.path], 0),
      (["list", "--format", "xml"], 64),
      (["list", "--from", file.path, "--filter", "colour:red"], 64),
      (["list", "--from", notKeys], 65),
      (["list", "--from", file.path + ".none"], 66),
      (["list", "--url", "http://127.0.0.1:1"], 69),
      (["list", "--from", file.path, "--output", "/nowhere/at/all.csv"], 73),
      (["list", "--from", file.path, "--output", file.path], 73),
      (["list", "--url", "http://example.com"], 78),
      (["list", "--url", "http://127.0.0.1:1", "--token-file", file.path + ".none"], 66),
      (["list", "--token-file", file.path + ".none"], 64),
    ]
    for (arguments, status) in table {
      let run = try await ProgramRun(arguments)
      #expect(run.status == status, "\(arguments): \(run.errors)")
      if status > 1 {
        #expect(run.output.isEmpty, "\(arguments)")
        #expect(!run.errors.isEmpty, "\(arguments)")
      }
    }
  }

  @Test(
    "Server errors have their exit statuses",
    arguments: [
      ("401 Unauthorized", "{\"detail\":\"Not authenticated\"}", Int32(77)),
      ("403 Forbidden", "{\"detail\":\"no api_keys.view\"}", 77), ("404 Not Found", "{}", 69),
      ("422 Unprocessable Entity", "{\"detail\":\"limit\"}", 65), ("200 OK", "<html></html>", 65),
    ])
  func faults(_ status: String, _ body: String, _ expected: Int32) async throws {
    let server = try await FaultServer { _, _ in
      FaultServer.Answer(
        bytes: Array(
          "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            .utf8))
    }
    let run = try await ProgramRun(["list", "--url", server.url], environment: ["APIKEYS_TOKEN": "sekrit-token-1"])
    await server.close()
    #expect(run.status == expected, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.filter { $0 == "\n" }.count == 1)
    #expect(!run.errors.contains("sekrit"))
  }

  @Test("list never writes part of a list as the whole")
  func partialLoadFails() async throws {
    let id = "00000000-0000-4000-8000-000000000001"
    let page =
      "{\"data\":[{\"id\":\"\(id)\",\"name\":\"a\"}],\"has_more\":true,\"first_id\":\"\(id)\",\"last_id\":\"\(id)\"}"
    let server = try await FaultServer { _, _ in .http(page) }
    let file = try KeyFile(count: 1)
    let target = file.directory.appendingPathComponent("out.csv").path
    let run = try await ProgramRun(["list", "--url", server.url, "--output", target])
    await server.close()
    #expect(run.status == 65)
    #expect(run.errors.contains("ignored `after`"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: target))
  }

  @Test("Output errors are reported, and a closed pipe is not", .tags(.c5))
  func outputErrors() async throws {
    let file = try KeyFile(count: 20_000)
    let full = try await ProgramRun(["list", "--from", file.path], outputPath: "/dev/full")
    #expect(full.status == 74)
    #expect(full.errors == "apikeys-tui: Standard output cannot be written: No space left on device.\n")

    let process = try ProgramRun.process(["list", "--from", file.path])
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    try output.fileHandleForReading.close()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(complaint.isEmpty, "\(String(decoding: complaint, as: UTF8.self))")
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
  }

  @Test("--demo serves keys and ends with the command")
  func demonstration() async throws {
    let run = try await ProgramRun(["list", "--demo", "--demo-keys", "1500", "--format", "ndjson"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").count == 1500)
    let doctor = try await ProgramRun(["doctor", "--demo"])
    #expect(doctor.status == 0)
    #expect(doctor.output.contains("ok       First page: keys can be listed"))
  }
}
