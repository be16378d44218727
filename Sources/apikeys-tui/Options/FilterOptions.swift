import ArgumentParser
import KeyTable

/// Which keys to show.
struct FilterOptions: ParsableArguments {
  // A filter can begin with a hyphen; it is not parsed as an option.
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

  /// The filter given to a command that reads the list once: marks and changes do not exist there.
  func parsedForOneReading() throws(CommandFailure) -> Filter {
    let filter = try parsed()
    guard let word = filter.wordOfSession else { return filter }
    throw .usage(
      "The filter asks for \(word), which is known in the dashboard and in plain mode only: a command reads the list once, "
        + "and has no marks and nothing to compare with.")
  }
}
