import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Errors of the command line", .serialized, .timeLimit(.minutes(5)))
struct CommandLineErrorTests {
  @Test("Command line errors have one form: program name, cause, next step", .tags(.t20))
  func oneForm() async throws {
    for (arguments, environment, status, words) in [
      (
        ["list", "--url", "keys.example.com"], [:], 78,
        "The address in --url has no scheme. Give https://keys.example.com."
      ),
      (
        ["list"], ["APIKEYS_URL": "localhost:3000"], 78,
        "The address in APIKEYS_URL has no scheme. Give http://localhost:3000."
      ),
      (
        ["list", "--url", "https://h"], ["APIKEYS_TOKEN": "\"tok\""], 78, "APIKEYS_TOKEN holds quotes around the token."
      ),
      (["list", "--nonsense"], [:], 64, "Unknown option '--nonsense'"),
      (["--nonsense"], [:], 64, "Unknown option '--nonsense'"),
      (["list", "--page-size", "0"], [:], 64, "--page-size must be a number from 1 to 1000."),
      (["list", "--pin", "abc"], [:], 64, "--pin is sha256//"),
      (["list", "--filter", "("], ["APIKEYS_URL": "https://h"], 64, "The filter is not understood"),
    ] as [([String], [String: String], Int32, String)] {
      let run = try await ProgramRun(arguments, environment: environment)
      #expect(run.status == status && run.errors.hasPrefix("apikeys-tui: \(words)"), "\(arguments): \(run.errors)")
      #expect(!run.errors.contains("Error: ") && run.output.isEmpty)
    }
  }
}
