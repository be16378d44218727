import APIKeyClient
import ArgumentParser
import KeyTable

/// How the list is paginated, and how many keys are loaded.
struct PagingOptions: ParsableArguments {
  @Option(help: "Keys per request, 1 to 1000.")
  var pageSize: Int?
  @Option(help: "Maximum number of keys to load; if the list is longer, commands fail with status 65.")
  var maxKeys = LoadLimits.defaultKeys
  @Option(help: "Name of the server's after parameter.")
  var afterParam = "after"
  @Option(help: "Name of the server's before parameter (reserved; currently never sent).")
  var beforeParam = "before"

  func validate() throws {
    if let pageSize, !(1...PageRequest.maximumLimit).contains(pageSize) {
      throw ValidationError("--page-size must be a number from 1 to \(PageRequest.maximumLimit).")
    }
    guard (1...1_000_000_000).contains(maxKeys) else {
      throw ValidationError("--max-keys must be a number from 1 to 1000000000.")
    }
    try ParameterName.check([afterParam, beforeParam])
  }

  /// Where a load stops; `memory` in bytes.
  func loadLimits(memory: Int) -> LoadLimits {
    LoadLimits(keys: maxKeys, memory: memory) {
      let inUse = KeyTable.memoryInUse
      if inUse <= memory { return inUse }
      // Some of it may be free and not yet returned to the system.
      KeyTable.returnSpareMemory()
      return KeyTable.memoryInUse
    }
  }
}
