import APIKeyClient
import ArgumentParser
import KeyTable

/// How the pages of the list are read, and how many keys.
struct PagingOptions: ParsableArguments {
  @Option(help: "Keys per request, 1 to 1000.")
  var pageSize: Int?
  @Option(help: "Keys that are loaded at most; a longer list is a part, and commands then fail with 65.")
  var maxKeys = LoadLimits.defaultKeys
  @Option(help: "The server's name for the parameter after.")
  var afterParam = "after"
  @Option(help: "The server's name for the parameter before; no list is read backwards so far, so it is never sent.")
  var beforeParam = "before"

  func validate() throws {
    if let pageSize, !(1...PageRequest.maximumLimit).contains(pageSize) {
      throw ValidationError("--page-size is a number from 1 to \(PageRequest.maximumLimit).")
    }
    guard (1...1_000_000_000).contains(maxKeys) else {
      throw ValidationError("--max-keys is a number from 1 to 1000000000.")
    }
    try ParameterName.check([afterParam, beforeParam])
  }

  /// Where a load stops; `memory` in bytes.
  func loadLimits(memory: Int) -> LoadLimits {
    LoadLimits(keys: maxKeys, memory: memory) {
      let inUse = KeyTable.memoryInUse
      if inUse <= memory { return inUse }
      // Some of it may be free again, and only not given back.
      KeyTable.returnSpareMemory()
      return KeyTable.memoryInUse
    }
  }
}
