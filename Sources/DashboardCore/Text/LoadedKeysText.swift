import TerminalCore

/// A number of keys, and whether they are all there are.
struct LoadedKeys: Equatable, Sendable {
  let count: Int
  let isComplete: Bool

  /// `500 keys`, `50 keys loaded`
  var text: String { NumberText.count(count, "key") + (isComplete ? "" : " loaded") }
}
