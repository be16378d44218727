import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import ArgumentParser
import CTerminalSupport
import Glibc
import KeyExport
import TerminalCore

/// `apikeys-tui doctor`: checks one thing after the other and shows what to fix.
struct Doctor: AsyncParsableCommand, SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the address, token, connection, first page and terminal, and show what to fix.")

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Token") var token: TokenOptions
  @OptionGroup(title: "Requests") var request: RequestOptions
  @OptionGroup(title: "Trusted servers") var trust: TrustOptions
  @OptionGroup(title: "Time limits") var timeLimits: TimeLimitOptions
  @OptionGroup(title: "Display") var mode: ModeOptions
  @OptionGroup var text: TextOptions

  func validate() throws { try connection.validate() }

  func run() async throws {
    var report = DoctorReport()
    checkTerminal(&report)
    if source.from == nil, !source.demo { checkConfiguration(&report) }
    if report.status == .success { await checkFirstPage(&report) }
    report.line(report.status == .success ? "Everything works." : "Fix the first problem, then run this again.")
    do throws(OutputError) {
      try report.writer.flush()
    } catch {
      throw CommandFailure.output(error)
    }
    if report.status != .success { throw ExitCode(report.status.rawValue) }
  }

  private func checkTerminal(_ report: inout DoctorReport) {
    let term = Environment.value("TERM") ?? ""
    var columns: Int32 = 0
    var rows: Int32 = 0
    if isatty(STDOUT_FILENO) == 0 {
      report.good("Terminal", "standard output is not a terminal: it cannot show the dashboard")
    } else if term.isEmpty || term == "dumb" {
      report.good("Terminal", "TERM is \(term.isEmpty ? "not set" : term): it cannot show the dashboard")
    } else if apikeys_terminal_size(STDOUT_FILENO, &columns, &rows) {
      report.good("Terminal", "\(term), \(columns) columns by \(rows) rows")
    } else {
      report.good("Terminal", "\(term), size not known")
    }
    report.good("Mode", DisplayMode.choose(mode).finding)
    report.good(
      "Characters",
      OutputCharset.terminal == .utf8 ? "UTF-8" : "ASCII; set LC_ALL to a UTF-8 locale such as C.UTF-8 for more")
  }

  private func checkConfiguration(_ report: inout DoctorReport) {
    do throws(CommandFailure) {
      let address = try ServerChoice.address(connection)
      report.good("Address", address.endpoint)
      report.good("Security", address.isSecure ? "https: the certificate will be checked" : "http: clear text")
    } catch {
      report.bad("Address", error)
    }
    // These can be read only once: the first page does.
    guard token.tokenFile != "-" else { return report.good("Token", "from standard input") }
    guard token.tokenCommand == nil else { return report.good("Token", "from --token-command") }
    do throws(CommandFailure) {
      if let origin = try TokenSupply.find(token, keepsEnvironment: true)?.origin {
        report.good("Token", "from \(origin)")
      } else {
        report.good(
          "Token", "none: give one with APIKEYS_TOKEN, --token-file or --token-command if the server wants it")
      }
    } catch {
      report.bad("Token", error)
    }
  }

  private func checkFirstPage(_ report: inout DoctorReport) async {
    do throws(CommandFailure) {
      let start = ContinuousClock.now
      let page = try await SourceSession.run(connection) { source throws(CommandFailure) in
        do throws(KeySourceError) {
          return try await source.page(PageRequest(limit: 1, order: request.order))
        } catch {
          throw .source(error)
        }
      }
      let took = Int((ContinuousClock.now - start) / .milliseconds(1))
      if page.unreadable > 0 {
        report.bad(
          "First page",
          .unreadableRecords(count: page.unreadable, reason: page.unreadableReason, loaded: page.keys.count))
      } else {
        report.good(
          "First page", page.keys.isEmpty ? "the list is empty (\(took) ms)" : "keys can be listed (\(took) ms)")
      }
    } catch {
      report.bad("First page", error)
    }
  }
}

/// The findings, one line each, and the exit status of the first problem.
struct DoctorReport {
  let writer = ByteWriter.standardOutput()
  private(set) var status = ProgramStatus.success

  func line(_ text: String) { writer.append(DisplayText(text).string + "\n") }
  func good(_ subject: String, _ finding: String) { line("ok       \(subject): \(finding)") }

  mutating func bad(_ subject: String, _ failure: CommandFailure) {
    line("problem  \(subject): \(failure.sentences)")
    if status == .success { status = failure.exitStatus }
  }
}
