import APIKeyClient
import KeyLoading

/// What it takes to read the list.
struct ReadingOptions {
  var connection: ConnectionOptions
  var paging: PagingOptions

  var loadLimits: LoadLimits { paging.loadLimits(memory: connection.source.memoryLimit) }

  /// How a command reads the list from `source`.
  func plan(for source: any KeySource) -> LoadPlan {
    var plan = LoadPlan(order: connection.request.order)
    plan.pageSize = paging.pageSize
    plan.cursorParameter = paging.afterParam
    plan.isFile = connection.source.from != nil
    plan.hasBothOrders = source.hasBothOrders
    plan.isRereadable = source.isRereadable
    // A command ends where a server asks for a longer pause than the source waits itself.
    plan.waits = false
    plan.limits = loadLimits
    return plan
  }
}
