import KeyTable
import TerminalCore

/// What Enter would do with the line of the palette as it stands: one sentence, nothing done.
package enum CommandPreview {
  /// Nothing is searched in a table of more keys than this while the user types.
  private static let searchLimit = 50_000
  /// Nor where it could take more steps than this, of about a nanosecond.
  private static let workLimit = 64_000_000

  package static func sentence(_ line: String, in state: DashboardState) -> String {
    let invocation: CommandInvocation
    switch CommandLineParser.parse(line) {
    case .success(let understood): invocation = understood
    case .failure(let problem):
      // A name that is still being typed is no mistake yet.
      let isWhole = line.contains(" ") || CommandCatalog.idsByName[line.lowercased()] != nil
      return isWhole ? problem.sentence : CommandText.goOnTyping
    }
    let entry = CommandCatalog.entry(invocation.id)
    guard let argument = invocation.argument else {
      // The prompt has the keyboard now, but the command will run in what is behind it.
      var behind = state
      behind.input.prompt = nil
      if case .disabled(let reason) = invocation.id.availability(in: behind) { return CommandText.notNow(reason) }
      return entry.summary
    }
    let isSmall = state.table.count <= searchLimit
    switch invocation.id {
    case .filter where isSmall:
      return counted(argument, in: state, or: entry.summary) { CommandText.wouldShow($0, of: state.loadedKeys) }
        ?? problem(of: line, in: state)
    case .mark where isSmall:
      return counted(argument, in: state, or: entry.summary) { CommandText.wouldMark($0, of: state.loadedKeys) }
        ?? problem(of: line, in: state)
    case .filter, .mark: return FilterProblem.sentence(argument) ?? entry.summary
    case .sort where argument != "server" && argument != "none":
      do throws(SortProblem) {
        return CommandText.wouldSort(by: StatusText.names(of: try SortOrder(parsing: argument)))
      } catch {
        return error.sentence
      }
    case .goTo, .open, .explain, .compare: return isSmall ? problem(of: line, in: state) : entry.summary
    case .columns, .copy, .set, .order: return problem(of: line, in: state)
    case .export: return export(to: argument, in: state)
    default: return entry.summary
    }
  }

  /// What would be exported; without a file, how its name chooses the format too.
  static func export(to file: String? = nil, in state: DashboardState) -> String {
    let count = state.marks.isEmpty ? state.query.visible.count : state.marks.count
    return CommandText.wouldWrite(count, areMarked: !state.marks.isEmpty, to: file)
  }

  private static func counted(
    _ text: String, in state: DashboardState, or summary: String, _ sentence: (Int) -> String
  ) -> String? {
    guard FilterProblem.sentence(text) == nil else { return nil }
    do throws(FilterError) {
      let query = KeyQuery(filter: try Filter(parsing: text))
      let table = state.table(for: query.filter)
      guard table.work(of: query) <= workLimit else { return summary }
      let count = table.rows(matching: query, context: state.context(for: query.filter))?.count ?? 0
      return sentence(count)
    } catch {
      return nil
    }
  }

  /// Runs the line on a copy, for what it would complain of; its summary where it would not.
  private static func problem(of line: String, in state: DashboardState) -> String {
    var copy = state
    copy.input.prompt = nil
    let posted = state.messages.posted
    _ = reduce(&copy, .commandLine(line), now: state.environment.now)
    if let error = copy.messages.since(posted).last, error.isError {
      return NoticeText.sentence(error.notice, state.wording)
    }
    guard case .success(let invocation) = CommandLineParser.parse(line) else { return "" }
    return CommandCatalog.entry(invocation.id).summary
  }
}

/// What is wrong with a filter, as a sentence.
enum FilterProblem {
  static func sentence(_ text: String) -> String? {
    do throws(FilterError) {
      _ = try Filter(parsing: text)
      return nil
    } catch {
      return error.sentence
    }
  }
}
