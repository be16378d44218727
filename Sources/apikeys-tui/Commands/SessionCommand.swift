import ArgumentParser

/// A command that reads keys from somewhere.
protocol SessionCommand: ParsableCommand {
  var source: SourceOptions { get }
  var token: TokenOptions { get }
  var request: RequestOptions { get }
  var trust: TrustOptions { get }
  var timeLimits: TimeLimitOptions { get }
}

extension SessionCommand {
  var connection: ConnectionOptions {
    ConnectionOptions(source: source, token: token, request: request, trust: trust, timeLimits: timeLimits)
  }
}

/// A command that reads the list of keys.
protocol ListCommand: SessionCommand {
  var paging: PagingOptions { get }
  var filter: FilterOptions { get }
}

extension ListCommand {
  var reading: ReadingOptions { ReadingOptions(connection: connection, paging: paging) }
}
