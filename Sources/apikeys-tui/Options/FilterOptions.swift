import ArgumentParser
import KeyTable

/// Which keys are wanted.
struct FilterOptions: ParsableArguments {
  // A filter may begin with a hyphen: it is no option then.
  @Option(parsing: .unconditional, help: "Show only keys that match, such as 'access:full created<2024'.")
  var filter: String?

  /// The filter given, or none.
  func parsed() throws(CommandFailure) -> Filter {
    guard let filter else { return .none }
    do throws(FilterError) {
      return try Filter(parsing: filter)
    } catch {
      throw .filter(error)
    }
  }

  /// The filter given to a command that reads the list once: it knows no marks and no changes.
  func parsedForOneReading() throws(CommandFailure) -> Filter {
    let filter = try parsed()
    guard let word = filter.wordOfSession else { return filter }
    throw .usage(
      "The filter asks for \(word), which is known in the dashboard and in plain mode only: a command reads the list once, "
        + "and has no marks and nothing to compare with.")
  }
}
