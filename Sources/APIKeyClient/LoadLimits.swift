/// How much one load may hold: beyond it the list is a part, and is shown as one.
package struct LoadLimits: Sendable {
  /// Keys that are kept.
  package var keys: Int
  /// Memory of the whole process, in bytes, beyond which no further page is asked for.
  package var memory: Int
  /// Bytes of memory that the process has now.
  package var memoryInUse: @Sendable () -> Int

  package init(
    keys: Int = LoadLimits.defaultKeys, memory: Int = .max, memoryInUse: @escaping @Sendable () -> Int = { 0 }
  ) {
    self.keys = keys
    self.memory = memory
    self.memoryInUse = memoryInUse
  }

  package static let defaultKeys = 10_000_000
  /// The least that `--max-memory` takes, in bytes: the program itself needs a part of it.
  package static let leastMemory = 64 << 20
}
