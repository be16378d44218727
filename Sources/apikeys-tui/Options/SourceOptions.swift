import ArgumentParser

/// Where the keys come from.
struct SourceOptions: ParsableArguments {
  @Option(help: "The server's address (environment: APIKEYS_URL; without a token, http://localhost:3000 by default).")
  var url: String?
  @Flag(help: "Start the reference server with made-up keys, and show those.")
  var demo = false
  @Option(help: "How many keys --demo makes up.")
  var demoKeys = 500
  @Option(help: "Read keys from a saved NDJSON or JSON file instead of a server; - is standard input.")
  var from: String?
  @Option(
    help: "Memory the program may use while it loads, such as 512M or 4G (default: half of what the system allows).")
  var maxMemory: MemorySize?

  func validate() throws {
    guard (0...10_000_000).contains(demoKeys) else {
      throw ValidationError("--demo-keys is a number from 0 to 10000000.")
    }
    if let maxMemory, maxMemory.bytes < MemorySize.least {
      throw ValidationError("--max-memory is at least \(MemorySize.least >> 20)M.")
    }
    if [url != nil, demo, from != nil].count(where: { $0 }) > 1 {
      throw ValidationError("Give one of --url, --demo and --from.")
    }
  }

  /// Bytes that the keys may take.
  var memoryLimit: Int { maxMemory?.bytes ?? SystemMemory.half }
}
