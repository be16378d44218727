import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import CProcessSupport
import DashboardCore
import KeyExport
import KeyTable
import TokenSource

/// Why a command ends early: one case a cause, each with a sentence or two and an exit status.
enum CommandFailure: Error {
  case source(KeySourceError)
  /// The load stopped after some keys: none of them is shown as the whole.
  case partial(KeySourceError, loaded: Int)
  case unreadableRecords(count: Int, reason: String?, loaded: Int)
  /// A file that states that it holds a part; in its own words.
  case partInFile(String)
  /// The keys that there were are written, or what `done` says, and why they are a part.
  indirect case partWritten(count: Int, done: String = "written", because: CommandFailure)
  /// `origin`: what the address was given with.
  case address(ServerAddress.Problem, origin: String)
  case proxy(ProxyAddress.Problem)
  case token(TokenProblem)
  case filter(FilterError)
  /// The keys are known, and the filter cannot be meant for them.
  case filterDoubt(FilterDoubt)
  case output(OutputError)
  case terminal(String)
  case demo(String)
  case logFile(LogFileProblem)
  /// The system refuses a resource.
  case lack(apikeys_lack)
  case usage(String)
  case nothingMatched(String)

  /// What happened and what to do. Not yet sanitized.
  var sentences: String {
    switch self {
    case .source(let error): "\(error.message) \(error.nextStep)"
    case .partial(let error, let loaded):
      "\(error.message) Only \(Count.keys(loaded)) arrived, so nothing was written. \(error.nextStep)"
    case .unreadableRecords(let count, let reason, let loaded):
      "\(NumberText.count(count, "record")) could not be read beside \(Count.keys(loaded))"
        + (reason.map { " (\($0))" } ?? "") + ". The list would be incomplete, so nothing was written. "
        + "--allow-partial writes what could be read."
    case .partInFile(let sentence): "\(sentence). Nothing was written; --allow-partial writes them."
    case .partWritten(let count, let done, let reason):
      "\(reason.cause) The \(Count.keys(count)) \(done) \(count == 1 ? "is" : "are") a part."
    case .address(let problem, let origin): problem.message(origin: origin)
    case .proxy(let problem): problem.message
    case .token(let problem): problem.message
    case .filter(let error):
      "The filter is not understood at character \(error.column): \(error.message)"
        + hint(error.suggestions)
    case .filterDoubt(let doubt): doubt.sentence
    // Of the commands only list creates a file, and it has the option.
    case .output(.exists(let path)): "\(OutputError.exists(path: path).sentence) --force replaces it."
    case .output(let error): error.sentence
    case .terminal(let message): "\(message) Use --plain, or a command such as `apikeys-tui list`."
    case .demo(let reason): "The demonstration server did not start: \(reason)."
    case .logFile(let problem): problem.sentence
    case .lack(let lack): String(cString: apikeys_lack_sentence(lack))
    case .usage(let sentence), .nothingMatched(let sentence): sentence
    }
  }

  /// What happened, of the failures that leave a part.
  private var cause: String {
    switch self {
    case .source(let error), .partial(let error, _): error.message
    case .unreadableRecords(let count, let reason, _):
      "\(NumberText.count(count, "record")) could not be read" + (reason.map { " (\($0))" } ?? "") + "."
    case .partInFile(let sentence): "\(sentence)."
    default: sentences
    }
  }

  /// One suggestion is what was meant; several are what there is.
  private func hint(_ suggestions: [String]) -> String {
    guard let first = suggestions.first else { return "" }
    return suggestions.count == 1 ? " Did you mean \(first)?" : " Try \(suggestions.prefix(4).joined(separator: ", "))."
  }

  var exitStatus: ProgramStatus {
    switch self {
    case .source(let error), .partial(let error, _): error.exitStatus
    case .partWritten(_, _, let reason): reason.exitStatus
    case .unreadableRecords, .partInFile: .badData
    case .address, .proxy, .token(.notAToken), .token(.commandFailed), .token(.commandIsRelative), .token(.wrongMode),
      .token(.wrongOwner),
      .token(.notRegular), .token(.interrupted), .terminal, .demo:
      .badConfiguration
    case .token(.noSuchFile), .token(.unreadable): .noInput
    case .filterDoubt(let doubt):
      doubt.kind == .ambiguous ? .nothingMatched : .usage
    case .filter, .usage: .usage
    case .output(let error): error.exitStatus
    case .logFile: .cannotCreate
    case .lack: .lackOfResources
    case .nothingMatched: .nothingMatched
    }
  }

  /// True if there is nothing to show: the reader of the output went away.
  var isQuiet: Bool {
    if case .output(.closedPipe) = self { true } else { false }
  }
}
