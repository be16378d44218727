import APIKeyClient
import ArgumentParser

extension ListOrder: ExpressibleByArgument {}

/// Parameters of every request for keys, and its log.
struct RequestOptions: ParsableArguments {
  @Option(help: "Order by creation date to request: asc or desc.")
  var order: ListOrder = .descending
  @Option(help: "Name of the server's limit parameter.")
  var limitParam = "limit"
  @Option(help: "Name of the server's order parameter.")
  var orderParam = "order"
  @Option(help: "Append a line for each request to this file: status, length, counts; no token, no keys.")
  var logFile: String?

  func validate() throws { try ParameterName.check([limitParam, orderParam]) }
}
