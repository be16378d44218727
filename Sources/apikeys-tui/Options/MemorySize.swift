import APIKeyClient
import ArgumentParser

/// A size as people write it: `512M`, `4G`; units of 1,024, with or without `B` or `iB`.
struct MemorySize: ExpressibleByArgument {
  /// The smallest limit, in bytes.
  static let least = LoadLimits.leastMemory

  let bytes: Int

  init?(argument: String) {
    var text = argument.uppercased()[...]
    if text.hasSuffix("IB") { text = text.dropLast(2) } else if text.hasSuffix("B") { text = text.dropLast() }
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
    let shift = text.last.flatMap { units[$0] }
    guard let number = Int(shift == nil ? text : text.dropLast()), number > 0, number <= Int.max >> (shift ?? 0) else {
      return nil
    }
    bytes = number << (shift ?? 0)
  }
}
