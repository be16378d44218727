import APIKeyModel
import Foundation
import TestSupport
import Testing
import TokenSource

@Suite("The token command", .timeLimit(.minutes(5))) struct TokenCommandTests {
  private func run(
    _ command: String, milliseconds: Int = 20_000
  ) -> (
    token: String?, problem: TokenProblem?, complaints: [String]
  ) {
    var complaints: [String] = []
    do {
      let helper = try ProcessHelper()
      let token = try TokenCommand.run(command, helper: helper, milliseconds: milliseconds) { complaints.append($0) }
      return (token.authorizationHeader, nil, complaints)
    } catch let problem as TokenProblem {
      return (nil, problem, complaints)
    } catch {
      Issue.record("no helper: \(error)")
      return (nil, nil, complaints)
    }
  }

  private func reason(_ problem: TokenProblem?) -> String? {
    if case .commandFailed(_, let reason)? = problem { reason } else { nil }
  }

  @Test("A command's output is the token", .tags(.b4))
  func prints() {
    #expect(run("echo tok").token == "Bearer tok")
    #expect(run("printf tok").token == "Bearer tok")
    #expect(run("printf '%s' \"a'b\"").token == "Bearer a'b")
    #expect(run("printf %s a\\\\b").token == "Bearer a\\b")
  }

  @Test("The command runs without a shell", .tags(.b4))
  func noShell() {
    #expect(run("printf %s $HOME").token == "Bearer $HOME")
    #expect(run("printf %s `id`").token == "Bearer `id`")
    #expect(run("printf %s a;b").token == "Bearer a;b")
    #expect(run("printf %s *").token == "Bearer *")
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    _ = run("echo x > \(path)")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("A command that hangs, floods, fails or prints nothing is ended with its own error", .tags(.b4))
  func failures() {
    let start = ContinuousClock.now
    #expect(reason(run("sleep 600", milliseconds: 300).problem) == "it did not end within 1 seconds")
    // Its output is closed, but it goes on.
    #expect(reason(run("sh -c 'exec >&- 2>&-; sleep 600'", milliseconds: 300).problem)?.contains("end within") == true)
    #expect(reason(run("cat /dev/zero").problem) == "it printed more than a token can be")
    #expect(reason(run("echo \"tok").problem) == "the quote \" in it is never closed")
    #expect(reason(run("sh -c 'echo tok").problem) == "the quote ' in it is never closed")
    #expect(reason(run("echo tok\\").problem) == "nothing follows the backslash at its end")
    #expect(reason(run("false").problem) == "it ended with status 1")
    #expect(reason(run("sh -c 'echo tok; exit 3'").problem) == "it ended with status 3")
    #expect(reason(run("sh -c 'kill -9 $$'").problem) == "it was ended by signal 9")
    #expect(reason(run("true").problem) == "it printed nothing")
    #expect(reason(run("").problem) == "it is empty")
    #expect(reason(run("/nowhere/at/all").problem) == "No such file or directory")
    #expect(run("echo a b").problem == .notAToken(origin: "What echo printed", flaw: .blank))
    #expect(TokenCommand.seconds == 10)
    #expect(ContinuousClock.now - start < .seconds(60))
    print("figure B4: hang, flood, exit 1, nothing printed: each its own sentence, in \(ContinuousClock.now - start)")
  }

  @Test("A command written for a shell gets an error that names the cause", .tags(.t20))
  func meantForShell() {
    for command in [
      "cat /nowhere | head -1", "~/bin/token", "$HOME/token", "false && echo x", "cat /nowhere > x", "false;",
    ] {
      #expect(reason(run(command).problem)?.contains("there is no shell") == true, "\(command)")
    }
    #expect(reason(run("false").problem) == "it ended with status 1")
  }

  @Test("A child that the command leaves running does not block", .tags(.b4))
  func leftOver() {
    #expect(run("sh -c 'echo tok; sleep 5 &'", milliseconds: 4000).token == "Bearer tok")
  }

  @Test("The command's standard error is passed on line by line, at most 8 KiB", .tags(.b4))
  func complaints() {
    let two = run("sh -c 'echo one >&2; printf \"two\\r\\n\" >&2; printf three >&2; echo tok'")
    #expect(two.complaints == ["one", "two", "three"])
    #expect(two.token == "Bearer tok")
    let flood = run("sh -c 'i=0; while [ $i -lt 3000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo tok'")
    #expect(flood.token == "Bearer tok")
    #expect(flood.complaints.joined().utf8.count <= 8192 && flood.complaints.count > 100)
  }
}
