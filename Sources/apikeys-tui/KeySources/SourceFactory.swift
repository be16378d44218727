import APIKeyClient
import APIKeyFileSource
import APIKeyHTTPClient
import KeyJSON

/// Makes the source of keys that the options select. Nothing is sent before the first page is requested.
enum SourceFactory {
  /// `cursorParameter` is the server's name for the parameter after; a command that reads one page sends none.
  static func make(
    _ options: ConnectionOptions, cursorParameter: String = HTTPOptions.ParameterNames().after
  ) throws(CommandFailure) -> any KeySource {
    guard let path = options.request.logFile else { return try unlogged(options, cursorParameter) }
    // First, so that a log that cannot be opened is reported before a prompt for the token.
    let log: RequestLog
    do throws(LogFileProblem) { log = try RequestLog(path: path) } catch { throw .logFile(error) }
    return LoggedKeySource(try unlogged(options, cursorParameter), log: log)
  }

  private static func unlogged(
    _ options: ConnectionOptions, _ cursorParameter: String
  ) throws(CommandFailure) -> any KeySource {
    if let path = options.source.from {
      return FileKeySource(path: path, memoryLimit: options.source.memoryLimit) { KeyJSON.append($0, to: &$1) }
    }
    if options.source.demo {
      let server = try DemoServer(keys: options.source.demoKeys)
      var http = httpOptions(options, cursorParameter)
      http.token = server.token
      SessionSecrets.note(server.token)
      return DemoKeySource(HTTPKeySource(address: server.address, options: http), server: server)
    }
    let address = try ServerChoice.address(options)
    var http = httpOptions(options, cursorParameter)
    if let found = try TokenSupply.find(options.token) {
      http.token = found.token
      http.tokenOrigin = TokenSupply.origin(options.token)
      http.tokenRenewal = TokenSupply.renewal(options.token)
    }
    do throws(ProxyAddress.Problem) {
      http.proxy = try ProxyAddress.choose(for: address, environment: Environment.value)
    } catch {
      throw .proxy(error)
    }
    return HTTPKeySource(address: address, options: http)
  }

  private static func httpOptions(_ options: ConnectionOptions, _ cursorParameter: String) -> HTTPOptions {
    var http = HTTPOptions()
    http.parameters.after = cursorParameter
    http.parameters.limit = options.request.limitParam
    http.parameters.order = options.request.orderParam
    http.caFile = options.trust.caFile
    http.caOnly = options.trust.caOnly
    // Invalid pins were rejected with the command line.
    http.pins = options.trust.pins ?? []
    http.listenerUser = options.trust.listenerUser.flatMap { UserName.identifier(of: $0) }
    http.allowsHTTP = options.trust.allowHTTP
    http.limits.connect = options.timeLimits.connectTimeout * 1000
    http.limits.headers = options.timeLimits.answerTimeout * 1000
    http.limits.idle = options.timeLimits.idleTimeout * 1000
    http.limits.whole = options.timeLimits.timeout * 1000
    return http
  }
}
