import APIKeyHTTPClient

/// Chooses the server's address from the options and the environment.
enum ServerChoice {
  static let defaultURL = "http://localhost:3000"

  /// The server's address. A token is never sent to the default address: any listener there would get it.
  static func address(_ options: ConnectionOptions) throws(CommandFailure) -> ServerAddress {
    let token = options.token
    let hasToken = token.tokenFile != nil || token.tokenCommand != nil || Environment.nonEmpty("APIKEYS_TOKEN") != nil
    let given = options.source.url ?? Environment.nonEmpty("APIKEYS_URL")
    if given == nil, hasToken {
      throw .usage(
        "There is a token, but no address to send it to. Give the address with --url or APIKEYS_URL, such as "
          + "--url https://keys.example.com.")
    }
    let address: ServerAddress
    do throws(ServerAddress.Problem) {
      address = try ServerAddress(parsing: given ?? defaultURL, allowHTTP: options.trust.allowHTTP)
    } catch {
      throw .address(error, origin: options.source.url == nil ? "APIKEYS_URL" : "--url")
    }
    if !address.isSecure, options.trust.needsTLS {
      throw .usage("--ca-file, --ca-only and --pin are for https, and \(address.origin) is not. Give an https address.")
    }
    return address
  }

  /// What settings belong to: the server's host and port, or a word where there is no server.
  static func label(_ options: ConnectionOptions) -> String {
    if options.source.demo { return "demo" }
    if options.source.from != nil { return "file" }
    do throws(CommandFailure) {
      return try address(options).label
    } catch {
      return "unknown"
    }
  }
}
