import ArgumentParser

/// Where the keys come from.
struct SourceOptions: ParsableArguments {
  @Option(help: "Address of the server (environment: APIKEYS_URL; default without a token: http://localhost:3000).")
  var url: String?
  @Flag(help: "Start the reference server with generated keys and read those.")
  var demo = false
  @Option(help: "Number of keys that --demo generates.")
  var demoKeys = 500
  @Option(help: "Read keys from an NDJSON or JSON file instead of a server; - is standard input.")
  var from: String?
  @Option(
    help: "Memory limit for loading, such as 512M or 4G (default: half of what the system allows).")
  var maxMemory: MemorySize?

  func validate() throws {
    guard (0...10_000_000).contains(demoKeys) else {
      throw ValidationError("--demo-keys must be a number from 0 to 10000000.")
    }
    if let maxMemory, maxMemory.bytes < MemorySize.least {
      throw ValidationError("--max-memory must be at least \(MemorySize.least >> 20)M.")
    }
    if [url != nil, demo, from != nil].count(where: { $0 }) > 1 {
      throw ValidationError("Give one of --url, --demo and --from.")
    }
  }

  /// Bytes that the keys may take.
  var memoryLimit: Int { maxMemory?.bytes ?? SystemMemory.half }
}
