import ArgumentParser
import Foundation
import ReferenceServer

extension DeletedCursor: ExpressibleByArgument {}

/// `serve`: serves requests until it is stopped.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve a database over HTTP until SIGTERM or SIGINT.")

  @Option(help: "The port to listen on; 0 for any free one.")
  var port = 3000
  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"
  @Option(help: "The SQLite file, created when missing; or :memory:.")
  var database: String
  @Option(help: "Seconds after which a connection without a whole request is closed.")
  var idleTimeout: Int64 = 30
  @Flag(help: "Report current_page and total_pages, and read the parameter page.")
  var withTotals = false
  @Option(
    help: "What a cursor gets whose key was deleted: 404, 400, 410, 422, empty (a page without keys) or skip (go on).")
  var deletedCursor = DeletedCursor.notFound

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
    guard (1...3600).contains(idleTimeout) else { throw ValidationError("--idle-timeout is a number from 1 to 3600.") }
  }

  func run() async throws {
    var options = KeyServer.Options()
    options.host = host
    options.port = port
    options.idleSeconds = idleTimeout
    options.totals = withTotals
    options.deletedCursor = deletedCursor
    let server = KeyServer(database: try KeyDatabase(path: database), options: options)
    let host = host
    try await server.run { port in
      FileHandle.standardError.write(Data("apikeys-server: listening on http://\(host):\(port)\n".utf8))
    }
  }
}
