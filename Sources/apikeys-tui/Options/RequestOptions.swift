import APIKeyClient
import ArgumentParser

extension ListOrder: ExpressibleByArgument {}

/// What every request for keys says, and where it is logged.
struct RequestOptions: ParsableArguments {
  @Option(help: "The server's order by creation date: asc or desc.")
  var order: ListOrder = .descending
  @Option(help: "The server's name for the parameter limit.")
  var limitParam = "limit"
  @Option(help: "The server's name for the parameter order.")
  var orderParam = "order"
  @Option(help: "Add a line for each request to this file of your own: status, length, counts; no token, no keys.")
  var logFile: String?

  func validate() throws { try ParameterName.check([limitParam, orderParam]) }
}
