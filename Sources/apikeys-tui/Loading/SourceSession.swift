import APIKeyClient

/// What a command does with a source, which is closed in every case.
enum SourceSession {
  static func run<Value>(
    _ options: ReadingOptions, _ body: (any KeySource) async throws(CommandFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    try await run(SourceFactory.make(options.connection, cursorParameter: options.paging.afterParam), body)
  }

  static func run<Value>(
    _ options: ConnectionOptions, _ body: (any KeySource) async throws(CommandFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    try await run(SourceFactory.make(options), body)
  }

  private static func run<Value>(
    _ source: any KeySource, _ body: (any KeySource) async throws(CommandFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(CommandFailure) {
      let value = try await body(source)
      await source.close()
      return value
    } catch {
      await source.close()
      throw error
    }
  }
}
